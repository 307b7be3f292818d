import HNVCore

extension LabShape {
  static let vxlan = Shape.object(
    ObjectShape(
      "vxlan section", about: "What only VXLAN with a router VM has; all may be left out.",
      keys: [
        .init("vnis", vnis, about: "The VNIs of subnets. Default: from 5001."),
        .init("groups", underlayGroups, about: "The groups of subnets. Default: derived."),
        setting(VXLANReplication.self),
        setting(ARPSuppression.self),
        setting(MoveAnnouncement.self, default: .announced),
        .init(
          "macAgeing", time,
          about: "How long a host remembers where a MAC address is. Default: 300s."),
        .init("routers", .list(of: router), about: "Where router VMs run."),
      ]))

  /// The VNIs of an overlay.
  static let vnis = Shape.dictionary(
    of: .number(4096...16_777_214, about: "A VNI."), about: "By subnet.")

  /// The groups of the underlay that stand for subnets.
  static let underlayGroups = Shape.dictionary(
    of: .text(about: "A multicast address.", examples: ["239.0.19.137"]), about: "By subnet.")

  /// A setting of a model as a key of its section.
  static func setting<Value: ModelSetting>(_ type: Value.Type) -> ObjectShape.Key {
    ObjectShape.Key(
      Value.name, .oneOf(Value.allCases.map(\.rawValue), about: ""),
      about: "\(Value.about) \(Value.evidence)")
  }

  /// A setting of a model with its default.
  static func setting<Value: ModelSetting>(
    _ choice: Value.Type, default value: Value
  ) -> ObjectShape.Key {
    .init(
      Value.name, .oneOf(Value.allCases.map(\.rawValue), about: ""),
      about: "\(Value.about) Default: \(value.rawValue). \(Value.evidence)")
  }

  private static let router = Shape.object(
    ObjectShape(
      "router VM", about: "Where the router VM of a network runs.",
      keys: [
        .init("network", name, required: true, about: "The network."),
        .init(
          "host", name, required: true,
          about: "The host. Default: the first, for a network that is not named."),
      ]))
}

extension LabReader {
  func vxlanSection(_ value: JSON5Value) -> VXLANSection {
    VXLANSection(
      vnis: named(value, "vnis"), groups: named(value, "groups"),
      replication: optional(value, "replication"),
      arpSuppression: optional(value, "arpSuppression"),
      moves: optional(value, MoveAnnouncement.name), macAgeing: optional(value, "macAgeing"),
      routers: items(value, "routers").map { router in
        VXLANSection.Router(network: written(router, "network"), host: written(router, "host"))
      })
  }
}
