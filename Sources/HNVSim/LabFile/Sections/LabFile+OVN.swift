extension LabShape {
  static let ovn = Shape.object(
    ObjectShape(
      "ovn section", about: "What only OVN has; all may be left out.",
      keys: [
        .init(
          "portSecurity", .bool,
          about: "Whether ports may send only from their own addresses. Default: false."),
        .init(
          "acls", .list(of: ovnACL),
          about: "Access lists of switches, beside the interfaces' rules."),
      ]))

  private static let ovnACL = Shape.object(
    ObjectShape(
      "access list row",
      about: "A row of a switch's access list; a missing key matches anything.",
      keys: [
        .init("subnet", name, required: true, about: "The subnet, whose switch has the list."),
        .init(
          "direction",
          .oneOf(OVNAccessList.Direction.allCases.map(\.rawValue), about: "As the switch sees it."),
          required: true, about: "As packets enter the switch, or as they leave it."),
        .init(
          "priority", .number(0...32767, about: "The highest decides."), required: true,
          about: "Its rank."),
        .init(
          "action", .oneOf(OVNAccessList.Action.allCases.map(\.rawValue), about: "What to do."),
          required: true, about: "What happens to a packet that matches."),
        .init("machine", name, about: "The machine whose port it is for. Default: all ports."),
        .init("source", prefix, about: "The packet's source."),
        .init("destination", prefix, about: "The packet's destination."),
        .init("protocol", protocolName, about: "The packet's protocol."),
        .init("sourcePorts", ports, about: "Its source ports."),
        .init("destinationPorts", ports, about: "Its destination ports."),
      ]))
}

extension LabReader {
  func ovnSection(_ value: JSON5Value) -> OVNSection {
    OVNSection(
      portSecurity: value["portSecurity"]?.boolean ?? false,
      acls: items(value, "acls").map { row in
        OVNSection.ACL(
          subnet: written(row, "subnet"), direction: written(row, "direction"),
          priority: row["priority"]?.integer ?? 0, action: written(row, "action"),
          machine: optional(row, "machine"), source: optional(row, "source"),
          destination: optional(row, "destination"), ipProtocol: optional(row, "protocol"),
          sourcePorts: optional(row, "sourcePorts"),
          destinationPorts: optional(row, "destinationPorts"))
      })
  }
}
