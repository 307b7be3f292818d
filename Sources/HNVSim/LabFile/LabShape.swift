/// What a lab file may hold: the one declaration from which the reader's checks and the published
/// schema both come.
enum LabShape {
  /// The whole file.
  static let lab = Shape.object(
    ObjectShape(
      "lab",
      about: "A network: what should exist, and what should reach what.",
      keys: [
        .init(
          "$schema", schemaReference, about: "The schema, for editors that complete and check."),
        .init("name", .text(about: "A name."), required: true, about: "The lab's name."),
        .init(
          "about", .text(about: "Prose."), about: "What the lab shows, in a sentence or two."),
        .init("hosts", .list(of: host), required: true, about: "The hypervisors."),
        .init(
          "underlay", LabShape.underlay, about: "The physical network between the hypervisors."),
        .init(
          "networks", .list(of: network), required: true,
          about: "The isolated networks; HNV makes each a routing domain."),
        .init(
          "outside", .list(of: outside), about: "The networks beyond the forwarding machines."),
        .init("machines", .list(of: machine), required: true, about: "VMs and gateway VMs."),
        .init("expect", .list(of: LabShape.expectation), about: "What should be true."),
        .init("timeline", .list(of: LabShape.event), about: "What happens at which time."),
        .init(
          "model", .oneOf(ForwardingModels.names, about: "A forwarding model."),
          about: "The model that the lab is about. Default: hnv."),
        .init("hnv", LabShape.hnv, about: "What only Hyper-V Network Virtualization has."),
        .init("vlan", LabShape.vlan, about: "What only VLANs with a layer-3 switch have."),
        .init("vxlan", LabShape.vxlan, about: "What only VXLAN with a router VM has."),
        .init("vpc", LabShape.vpc, about: "What only Amazon VPC has."),
        .init("contrail", LabShape.contrail, about: "What only the OpenContrail vRouter has."),
        .init("nsx", LabShape.nsx, about: "What only NSX for vSphere has."),
        .init("azure", LabShape.azure, about: "What only an Azure virtual network has."),
        .init("ovn", LabShape.ovn, about: "What only OVN has."),
      ]))

  private static let schemaReference = Shape.text(
    about: "A path or URL.", examples: ["lab.schema.json"])

  static let address = Shape.text(
    about: "An IPv4 or IPv6 address.", examples: ["10.0.1.11", "fd00:1::11"])
  static let prefix = Shape.text(
    about: "An address prefix without host bits.", examples: ["10.0.1.0/24", "fd00:1::/64"])
  static let name = Shape.text(about: "A name that the lab declares.")
  static let time = Shape.text(
    about: "A whole number and its unit: ns, us, ms or s.", examples: ["10ms"])
  static let names = Shape.list(of: name)
  static let addresses = Shape.list(of: address)
  static let prefixes = Shape.list(of: prefix)

  private static let host = Shape.object(
    ObjectShape(
      "host", about: "A hypervisor.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init(
          "address", address,
          about: "Its address on the underlay. Default: the next free one of the underlay."),
      ]))

  private static let network = Shape.object(
    ObjectShape(
      "network", about: "An isolated network: subnets that a router joins.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init("subnets", .list(of: subnet), required: true, about: "Its subnets."),
        .init(
          "routes", .list(of: route),
          about: "The routes of its router, beside those to its own subnets."),
      ]))

  private static let subnet = Shape.object(
    ObjectShape(
      "subnet", about: "A subnet. The lowest usable address of a prefix is its router's.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init(
          "prefixes", prefixes, required: true,
          about: "Its prefixes, at most one for each address family."),
      ]))

  static let route = Shape.object(ObjectShape("route", about: "A route.", keys: routeKeys))

  static let routeKeys: [ObjectShape.Key] = [
    .init("to", prefix, required: true, about: "The destinations it leads to."),
    .init("via", address, required: true, about: "The next hop."),
    .init(
      "metric", .number(0...UInt64(UInt32.max), about: "Lower is better."),
      about: "Decides among routes of one prefix. Default: 0."),
  ]

  private static let outside = Shape.object(
    ObjectShape(
      "outside network",
      about: "A network beyond the lab: a wire to the gateways, a router on it, the rest behind.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init(
          "link", prefixes, required: true,
          about: "The prefixes of the wire; their lowest usable addresses are the outside router."),
        .init(
          "addresses", addresses, required: true,
          about: "The addresses that stand for the network when it is named as a peer."),
        .init(
          "reaches", prefixes,
          about: "The destinations behind it. Default: everything but the lab's own."),
        .init(
          "routes", .list(of: route),
          about: "The way back. Default: by the first forwarding machine on the wire."),
        .init("latency", time, about: "How long a frame takes between the wire and a machine."),
        .init(
          "tunnel", tunnel,
          about: "The site-to-site tunnel by which machines reach it. Default: a wire."),
      ]))

  private static let machine = Shape.object(
    ObjectShape(
      "machine", about: "A VM, or a machine that forwards for others.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init("host", name, required: true, about: "The hypervisor it runs on."),
        .init(
          "forwards", .bool, about: "Whether it forwards what is not its own. Default: false."),
        .init("interfaces", .list(of: interface), required: true, about: "Its adapters."),
        .init(
          "gateways", addresses,
          about: "Its default gateways. Default: the router addresses of its first subnet."),
        .init("routes", .list(of: machineRoute), about: "Its other routes."),
        .init(
          "open",
          .list(of: .text(about: "A protocol and port.", examples: ["tcp/80", "udp/53"])),
          about: "The ports it answers on. Default: all."),
        .init(
          "mtu", .number(576...65535, about: "Bytes."),
          about: "The largest packet it sends. Default: what its release chooses."),
        .init(
          "groups", addresses,
          about: "The multicast groups it listens to, beside that of all machines."),
        .init(
          "acceptsRedirects", .bool,
          about: "Whether it follows ICMP redirects of its gateway. Default: true."),
      ]))

  private static let interface = Shape.object(
    ObjectShape(
      "interface", about: "An adapter, in a subnet or on the wire of an outside network.",
      keys: [
        .init("subnet", name, about: "The subnet it is in; write this or outside."),
        .init("outside", name, about: "The outside network it is on; write this or subnet."),
        .init(
          "addresses", addresses, required: true,
          about: "Its addresses, with the guest's own prefix length where it differs."),
        .init("compartment", compartment, about: "The compartment it is in."),
        .init(
          "nat", .bool,
          about: "Whether packets that leave here get its address as their source."
            + " Default: false."),
        .init(
          "publish", .list(of: publication),
          about: "The ports of its address that lead to machines behind it."),
        .init(
          "mac",
          .text(about: "A MAC address.", examples: ["00-15-5D-00-00-01", "00155D000001"]),
          about: "Its MAC address. Adapters with one MAC address are one. Default: derived."),
        .init(
          "rules", .list(of: rule),
          about: "The access rules of its port; the first that matches decides."),
        .init(
          "virtualRouters", .list(of: virtualRouter),
          about: "The VRRP virtual routers that it is part of."),
      ]))

  private static let rule = Shape.object(
    ObjectShape(
      "access rule", about: "An access rule; a missing key matches anything.",
      keys: [
        .init(
          "action", .oneOf(["allow", "deny"], about: "What to do."), required: true,
          about: "What happens to a packet that matches."),
        .init(
          "direction", .oneOf(["inbound", "outbound"], about: "As the machine sees it."),
          required: true, about: "Which packets the rule is for."),
        .init("remote", prefix, about: "The peer's addresses."),
        .init("local", prefix, about: "The machine's own addresses."),
        .init("protocol", protocolName, about: "The protocol."),
        .init("remotePorts", ports, about: "The peer's ports."),
        .init("localPorts", ports, about: "The machine's own ports."),
        .init(
          "stateful", .bool,
          about: "Whether it allows the whole connection from then on, in both directions."
            + " Default: false."),
        .init(
          "idleTimeout", time,
          about: "After how long without a packet the connection is forgotten, in whole seconds."
            + " Default: 255s."),
      ]))

  static let protocolName = Shape.text(
    about: "icmp, udp, tcp or a number.", examples: ["icmp", "udp", "tcp"])

  static let ports = Shape.text(
    about: "A port or a range.", examples: ["80", "1024-65535"])
}
