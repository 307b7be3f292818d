extension LabShape {
  static let port = Shape.object(
    ObjectShape(
      "port", about: "The switch port of an adapter: Set-VMNetworkAdapter and its access lists.",
      keys: [
        .init("machine", name, required: true, about: "The machine."),
        .init(
          "interface", .number(0...UInt64(UInt16.max), about: "From 0."),
          about: "Its adapter. Default: the first."),
        .init(
          "basicRules", .list(of: basicRule), about: "Add-VMNetworkAdapterAcl. Default: none."),
        .init(
          "extendedRules", .list(of: extendedRule),
          about: "Add-VMNetworkAdapterExtendedAcl, beside the interface's own \"rules\"."),
        .init("macAddressSpoofing", onOff, about: "-MacAddressSpoofing. Default: Off."),
        .init("dhcpGuard", onOff, about: "-DhcpGuard. Default: Off."),
        .init("routerGuard", onOff, about: "-RouterGuard. Default: Off."),
      ]))

  private static let onOff = Shape.oneOf(["On", "Off"], about: "A switch.")

  private static let basicRule = Shape.object(
    ObjectShape(
      "basic rule", about: "An Add-VMNetworkAdapterAcl; it names one of the four addresses.",
      keys: [
        .init(
          "action", .oneOf(["Allow", "Deny", "Meter"], about: "An action."), required: true,
          about: "-Action; Meter counts and does not decide."),
        .init(
          "direction", .oneOf(["Inbound", "Outbound", "Both"], about: "A direction."),
          required: true, about: "-Direction; Both makes two entries."),
        .init("localIPAddress", ipOrAny, about: "-LocalIPAddress."),
        .init("remoteIPAddress", ipOrAny, about: "-RemoteIPAddress."),
        .init("localMacAddress", macOrAny, about: "-LocalMacAddress."),
        .init("remoteMacAddress", macOrAny, about: "-RemoteMacAddress."),
      ]))

  private static let extendedRule = Shape.object(
    ObjectShape(
      "extended rule",
      about: "An Add-VMNetworkAdapterExtendedAcl; a missing key, or ANY, matches anything.",
      keys: [
        .init(
          "action", .oneOf(["Allow", "Deny"], about: "An action."), required: true,
          about: "-Action."),
        .init(
          "direction", .oneOf(["Inbound", "Outbound"], about: "As the machine sees it."),
          required: true, about: "-Direction."),
        .init("localIPAddress", ipOrAny, about: "-LocalIPAddress."),
        .init("remoteIPAddress", ipOrAny, about: "-RemoteIPAddress."),
        .init("localPort", ports, about: "-LocalPort."),
        .init("remotePort", ports, about: "-RemotePort."),
        .init(
          "protocol",
          .text(about: "TCP, UDP, ICMP or a number.", examples: ["TCP", "UDP", "ICMP"]),
          about: "-Protocol."),
        .init(
          "weight", .number(0...UInt64(UInt16.max), about: "Higher comes first."), required: true,
          about: "-Weight."),
        .init(
          "stateful", .bool, about: "-Stateful: allows the whole connection, in both directions."),
        .init(
          "idleSessionTimeout", .number(0...UInt64(UInt16.max), about: "Seconds."),
          about: "-IdleSessionTimeout. Default: 255."),
        .init(
          "isolationID", .number(0...UInt64(UInt32.max), about: "A VSID, or 0."),
          about: "-IsolationID: the only VSID whose ports it is for. Default: any."),
      ]))

  private static let ipOrAny = Shape.text(
    about: "An address, a prefix, or ANY.", examples: ["10.0.1.11", "10.0.0.0/8", "ANY"])

  private static let macOrAny = Shape.text(
    about: "A MAC address, or ANY.", examples: ["00-15-5D-00-00-01", "ANY"])
}
