import HNVCore

extension LabShape {
  static let vlan = Shape.object(
    ObjectShape(
      "vlan section", about: "What only VLANs with a layer-3 switch have; all may be left out.",
      keys: [
        .init("switch", .text(about: "A name."), about: "The layer-3 switch. Default: switch."),
        .init(
          "vlans", .dictionary(of: .number(1...4094, about: "A VLAN."), about: "By subnet."),
          about: "The VLANs of subnets. Default: from 101."),
        setting(RedirectRule.self, default: .rfc1812),
        setting(ProxyARP.self, default: .off),
        setting(LocalProxyARP.self, default: .off),
        setting(MoveAnnouncement.self, default: .announced),
        .init(
          "accessLists", .list(of: vlanList),
          about: "Lists on the layer-3 switch; those of ports are the adapters' own rules."),
      ]))

  private static let vlanList = Shape.object(
    ObjectShape(
      "switch list",
      about: "A list of rules on the layer-3 switch; the first that matches decides.",
      keys: [
        .init("subnet", name, required: true, about: "The subnet whose VLAN or SVI it belongs to."),
        .init(
          "at",
          .oneOf(
            VLANLayout.Place.Kind.allCases.map(\.rawValue),
            about: "The VLAN, or the router's interface in it."),
          required: true,
          about: "Where it applies; packets within the subnet do not pass an svi."),
        .init(
          "direction",
          .oneOf(
            VLANLayout.Place.Direction.allCases.map(\.rawValue), about: "As the switch sees it."),
          required: true, about: "in for packets from machines of the subnet, or out."),
        .init("rules", .list(of: vlanRule), required: true, about: "Its rules, in order."),
        .init(
          "otherwise", .oneOf(["deny", "allow"], about: "What to do."),
          about: "What happens to a packet that no rule matches. Default: deny."),
      ]))

  private static let vlanRule = Shape.object(
    ObjectShape(
      "switch rule", about: "A rule of a list; a missing key matches anything.",
      keys: [
        .init(
          "action", .oneOf(["allow", "deny"], about: "What to do."), required: true,
          about: "What happens to a packet that matches."),
        .init("from", prefix, about: "Where packets come from."),
        .init("to", prefix, about: "Where packets go."),
        .init("protocol", protocolName, about: "The protocol."),
        .init("fromPorts", ports, about: "The source ports."),
        .init("toPorts", ports, about: "The destination ports."),
      ]))
}

extension LabReader {
  func vlanSection(_ value: JSON5Value) -> VLANSection {
    VLANSection(
      switchName: optional(value, "switch"),
      vlans: named(value, "vlans").map { VLANSection.VLAN(subnet: $0.name, number: $0.value) },
      redirects: optional(value, RedirectRule.name), proxyARP: optional(value, ProxyARP.name),
      localProxyARP: optional(value, LocalProxyARP.name),
      moves: optional(value, MoveAnnouncement.name),
      accessLists: items(value, "accessLists").map { list in
        VLANSection.AccessList(
          subnet: written(list, "subnet"), at: written(list, "at"),
          direction: written(list, "direction"), rules: items(list, "rules").map(vlanRule),
          otherwise: optional(list, "otherwise"))
      })
  }

  private func vlanRule(_ value: JSON5Value) -> VLANSection.Rule {
    VLANSection.Rule(
      action: written(value, "action"), from: optional(value, "from"), to: optional(value, "to"),
      ipProtocol: optional(value, "protocol"), fromPorts: optional(value, "fromPorts"),
      toPorts: optional(value, "toPorts"))
  }
}
