extension LabShape {
  static let underlay = Shape.object(
    ObjectShape(
      "underlay", about: "The physical network between the hypervisors.",
      keys: [
        .init(
          "prefix", prefix,
          about:
            "Where hosts without an address take theirs. Default: the first network's, or"
            + " 172.16.0.0/12."
        ),
        .init("mtu", mtu, about: "The largest packet it carries. Default: 1500."),
        .init("latency", time, about: "How long a packet takes from a host to the middle."),
        .init(
          "networks", .list(of: underlayNetwork),
          about: "The networks it consists of. Default: one switch for all."),
        .init("routers", .list(of: underlayRouter), about: "The routers between its networks."),
      ]))

  private static let mtu = Shape.number(1280...65535, about: "Bytes.")

  private static let underlayNetwork = Shape.object(
    ObjectShape(
      "underlay network",
      about: "A network of the underlay. Those of one VLAN are one segment; each without a VLAN is"
        + " a segment of its own.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init("prefix", prefix, required: true, about: "The addresses that belong to it."),
        .init(
          "vlan", .number(1...4094, about: "A VLAN."),
          about: "The VLAN it is tagged with. Default: untagged."),
        .init(
          "mtu", mtu, about: "The largest packet its switches carry. Default: the underlay's."),
      ]))

  private static let underlayRouter = Shape.object(
    ObjectShape(
      "underlay router", about: "A router between networks of the underlay.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init(
          "addresses", .list(of: interfaceAddress), required: true,
          about: "Its addresses, one an interface; each lies in a network."),
        .init(
          "mtu", mtu,
          about: "The largest packet it forwards. Default: what each network carries."),
        .init(
          "routes", .list(of: route),
          about: "Its routes. Default: by the fewest routers to every network."),
      ]))

  private static let interfaceAddress = Shape.text(
    about: "An address with its prefix length. Default: the network's.",
    examples: ["172.16.1.1/24", "fd00:16:1::1/64"])

  static let providerAddress = Shape.object(
    ObjectShape(
      "provider address", about: "A NetVirtualizationProviderAddress.",
      keys: [
        .init("host", name, required: true, about: "The host that has it."),
        .init("providerAddress", address, required: true, about: "-ProviderAddress."),
        .init(
          "prefixLength", .number(0...128, about: "Bits."),
          about: "-PrefixLength. Default: that of its underlay network."),
        .init(
          "vlanID", .number(0...4094, about: "A VLAN, 0 for none."),
          about: "-VlanID. Default: that of its underlay network."),
        .init(
          "macAddress", .text(about: "A MAC."),
          about: "-MACAddress. Default: that of the host's adapter."),
      ]))

  static let providerRoute = Shape.object(
    ObjectShape(
      "provider route", about: "A NetVirtualizationProviderRoute.",
      keys: [
        .init("host", name, required: true, about: "The host that has it."),
        .init("to", prefix, required: true, about: "-DestinationPrefix."),
        .init("via", address, about: "-NextHop, an underlay router. Default: on-link."),
        .init(
          "metric", .number(0...UInt64(UInt32.max), about: "Lower is better."),
          about: "-Metric. Default: 0."),
      ]))
}
