extension LabShape {
  static let contrail = Shape.object(
    ObjectShape(
      "contrail section", about: "What only the OpenContrail vRouter has; all may be left out.",
      keys: [
        .init(
          "era", .oneOf(ContrailSettings.Era.texts, about: "A date of the source code."),
          about: "Which vRouter: 2013 routes all IPv4 and keeps the TTL. Default: 2014-11."),
        .init(
          "mode", mode, about: "What networks do that do not choose themselves. Default: l2_l3."),
        .init(
          "encapsulation",
          .oneOf(ContrailSettings.Encapsulation.texts, about: "An encapsulation."),
          about: "How packets travel between hosts; VXLAN only where they are bridged. Default:"
            + " MPLSoGRE."),
        .init(
          "rpf", toggle,
          about: "Whether a packet must arrive by the interface that its source is routed to."
            + " Default: on."),
        .init(
          "floodUnknownUnicast", toggle,
          about: "Whether frames to unknown MAC addresses are flooded. Default: off."),
        .init(
          "labelTimeToLive", .oneOf(ContrailSettings.LabelTimeToLive.texts, about: "A source."),
          about: "What the TTL of a label is. Default: copied from the packet."),
        .init(
          "ipv6HopLimit", .oneOf(ContrailSettings.HopLimit.texts, about: "A treatment."),
          about: "What routing does to an IPv6 hop limit. Default: kept."),
        .init(
          "networks", .list(of: contrailNetwork), about: "Networks that differ."),
      ]))

  private static let contrailNetwork = Shape.object(
    ObjectShape(
      "contrail network", about: "How one network differs.",
      keys: [
        .init("network", name, required: true, about: "The network."),
        .init("mode", mode, about: "What it does."),
        .init("rpf", toggle, about: "Whether sources are checked there."),
        .init("floodUnknownUnicast", toggle, about: "Whether unknown MAC addresses are flooded."),
      ]))

  private static let mode = Shape.oneOf(
    ContrailSettings.Mode.texts, about: "A forwarding mode of a virtual network.")

  private static let toggle = Shape.oneOf(ContrailSettings.Toggle.texts, about: "A switch.")
}

extension LabReader {
  func contrailSection(_ value: JSON5Value) -> ContrailSection {
    ContrailSection(
      era: optional(value, "era"), mode: optional(value, "mode"),
      encapsulation: optional(value, "encapsulation"), rpf: optional(value, "rpf"),
      floodUnknownUnicast: optional(value, "floodUnknownUnicast"),
      labelTimeToLive: optional(value, "labelTimeToLive"),
      ipv6HopLimit: optional(value, "ipv6HopLimit"),
      networks: items(value, "networks").map { network in
        ContrailSection.Network(
          network: written(network, "network"), mode: optional(network, "mode"),
          rpf: optional(network, "rpf"),
          floodUnknownUnicast: optional(network, "floodUnknownUnicast"))
      })
  }
}
