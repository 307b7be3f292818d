public import HNVCore

/// The rules that a lab is held to beside those of the policy that is derived from it.
extension DiagnosticRule {
  /// A file can be opened.
  public static let unreadableFile = DiagnosticRule(
    "unreadable-file", .error, "A file that is named exists and can be read.",
    source: "this library",
    fix: "check the path and its permissions")

  /// Every name that is used is declared.
  public static let unknownName = DiagnosticRule(
    "unknown-name", .error, "A name that a lab uses is declared in it.", source: "this library",
    fix: "declare it, or correct the name")

  /// Every name is declared once.
  public static let duplicateName = DiagnosticRule(
    "duplicate-name", .error,
    "Hosts, machines, underlay routers and outside networks have names of their own; so have"
      + " networks, subnets and networks of the underlay.",
    source: "this library, which names them in its answers", fix: "rename one of the two")

  /// Names are readable.
  public static let nameForm = DiagnosticRule(
    "name-form", .error, "A name is not empty and is no address.",
    source: "this library, which tells names from addresses where it expects either",
    fix: "write a name such as web1")

  /// Every subnet has a prefix.
  public static let missingPrefix = DiagnosticRule(
    "missing-prefix", .error, "A subnet has a prefix, and so has the link of an outside network.",
    source: "this library, which has no other way to tell what belongs to it",
    fix: "give it a prefix such as 10.0.1.0/24")

  /// An adapter is somewhere.
  public static let interfaceForm = DiagnosticRule(
    "interface-form", .error,
    "An adapter is in one subnet, or on the link of one outside network.", source: "this library",
    fix: "write either subnet or outside")

  /// An expectation is of one thing.
  public static let expectationForm = DiagnosticRule(
    "expectation-form", .error,
    "An expectation is of a packet, with a sender and a receiver, or of a diagnostic alone.",
    source: "this library", fix: "write from and to, or diagnostic in an object of its own")

  /// An event is one thing.
  public static let eventForm = DiagnosticRule(
    "event-form", .error,
    "In an event one thing happens; a delivery is of one record or one route, a link has two ends.",
    source: "this library", fix: "write one event for each thing that happens")

  /// Groups are groups.
  public static let groupAddress = DiagnosticRule(
    "group-address", .error, "A machine joins multicast groups.", source: "RFC 5771; RFC 4291, 2.7",
    fix: "name an address of 224.0.0.0/4 or ff00::/8")

  /// Times have a unit.
  public static let timeSyntax = DiagnosticRule(
    "time-syntax", .error, "A time is a whole number with its unit: ns, us, ms or s.",
    source: "this library", fix: "write it like 10ms")

  /// Ports are numbers or ranges of them.
  public static let portSyntax = DiagnosticRule(
    "port-syntax", .error, "Ports are a number, or two joined by a hyphen, up to 65535.",
    source: "Add-VMNetworkAdapterExtendedAcl, -LocalPort", fix: "write it like 80 or 1024-65535")

  /// Protocols have a name or a number.
  public static let protocolSyntax = DiagnosticRule(
    "protocol-syntax", .error, "A protocol is icmp, udp, tcp or a number up to 255.",
    source: "Add-VMNetworkAdapterExtendedAcl, -Protocol", fix: "write icmp, udp or tcp")

  /// A packet can be sent as described.
  public static let packetForm = DiagnosticRule(
    "packet-form", .error,
    "A packet goes from a machine to a unicast address of a family that the machine has, and its"
      + " fields fit its protocol.",
    source: "this library", fix: "correct the packet")

  /// MAC addresses of a subnet differ.
  public static let duplicateMAC = DiagnosticRule(
    "duplicate-mac", .error,
    "The adapters of a subnet have different unicast MAC addresses, and so have hosts.",
    source: "IEEE 802; a port is found by its MAC address and virtual subnet",
    fix: "leave the MAC address out, or give another")

  /// A machine's next hops are its neighbours.
  public static let gatewayOffLink = DiagnosticRule(
    "gateway-off-link", .warning,
    "A machine's gateways and next hops lie in a prefix of one of its own adapters.",
    source: "RFC 1122, section 3.3.1.2: a host reaches its gateway over a connected network",
    fix: "name a gateway in the machine's own subnet")

  /// A machine's next hops exist.
  public static let gatewayUnowned = DiagnosticRule(
    "gateway-unowned", .warning,
    "A machine's gateways and next hops are addresses of machines or of a subnet's router.",
    source: "RFC 826: an address that nobody has is answered by nobody",
    fix: "name the subnet's router or a machine, or give a machine the address")

  /// A network's next hops forward.
  public static let nextHopDoesNotForward = DiagnosticRule(
    "next-hop-does-not-forward", .warning,
    "The machine that a network's route leads to forwards for others.",
    source: "RFC 1122, section 3.1: a host that is no gateway does not forward",
    fix: "let the machine forward, or name another next hop")

  /// Subnets have room.
  public static let subnetSize = DiagnosticRule(
    "subnet-size", .error, "A subnet has room for its router and for a machine.",
    source: "HNV technical details (2016): the lowest usable address is HNV's gateway",
    fix: "give the subnet a prefix of at most /30, or /126 for IPv6")

  /// Outside networks know one way back.
  public static let ambiguousReturn = DiagnosticRule(
    "ambiguous-return", .warning,
    "An outside network has one way back to every prefix of the lab.",
    source: "this library: without routes of its own the first machine that fits is taken",
    fix: "give the outside network its routes")

  /// Packets leave.
  public static let forwardingLoop = DiagnosticRule(
    "forwarding-loop", .warning,
    "A forwarding machine does not send packets back to where they come to it again.",
    source: "the article: why a gateway does not use the route that leads to itself",
    fix: "give the forwarding machine a route that leads out, or remove the network's route to it")

  /// Gateways know the way back.
  public static let noWayBack = DiagnosticRule(
    "no-way-back", .warning,
    "A machine that a network's route leads to has routes back to all subnets of the network.",
    source: "the article: its gateway reaches the inside by the router of its own subnet",
    fix: "give the machine a route to the subnet by the router of its own")

  /// Translation has what it needs.
  public static let translationForm = DiagnosticRule(
    "translation-form", .error,
    "An adapter that translates is on a machine that forwards, has an address to translate to, and"
      + " publishes each port of tcp or udp once.",
    source: "RFC 3022, section 2.2: a translator replaces addresses of what it forwards",
    fix: "correct the adapter")

  /// Machines that share addresses agree on them.
  public static let virtualRouterForm = DiagnosticRule(
    "virtual-router-form", .error,
    "The machines of a virtual router are on one wire, each with an IPv4 address of its own, and share"
      + " the same IPv4 addresses under one number.",
    source: "RFC 9568, section 5.2.9 and section 6.1",
    fix: "correct the virtual router")

  /// A tunnel has two ends.
  public static let tunnelForm = DiagnosticRule(
    "tunnel-form", .error,
    "A tunnel runs between the address of a site's gateway behind an outside network and a machine"
      + " with an adapter on that network.",
    source: "RFC 4301, section 4.4.1: a tunnel goes from one outer address to another",
    fix: "give the machine an adapter on the network that carries the tunnel")

  /// One adapter keeps its networks apart.
  public static let sharedAdapter = DiagnosticRule(
    "shared-adapter", .error,
    "Adapters of one machine with one MAC address are one adapter, which has a compartment for each"
      + " network that it serves.",
    source: "Add-VMNetworkAdapterRoutingDomainMapping; a compartment of its own for each RDID",
    fix: "give each network a compartment of its own, or the adapters different MAC addresses")

  /// A forwarding gateway has one tenant.
  public static let sharedForwardingGateway = DiagnosticRule(
    "shared-forwarding-gateway", .warning,
    "A machine forwards to an outside network for one compartment, unless it translates.",
    source: "Microsoft, Deploy highly scalable tenant network infrastructure for hosting providers:"
      + " a separate forwarding gateway per tenant",
    fix: "give each tenant a forwarding gateway of its own, or translate")

  /// The networks of the underlay are told apart by their prefixes.
  public static let underlayOverlap = DiagnosticRule(
    "underlay-overlap", .error, "The networks of the underlay do not overlap.",
    source: "RFC 4632, section 5.1: a prefix leads to one place",
    fix: "change one of the two prefixes")

  /// What has an address on the underlay is on one of its networks.
  public static let outsideUnderlay = DiagnosticRule(
    "outside-underlay", .warning,
    "A provider address, and each address of an underlay router, lies in a network of the underlay.",
    source: "RFC 1122, section 3.3.1.1: what is not on a connected network is not reached directly",
    fix: "correct the address, or declare a network that it lies in")

  /// A provider address is where its network is.
  public static let providerVLAN = DiagnosticRule(
    "pa-vlan", .warning,
    "A provider address has the VLAN of its network; without one, it lies in its host's network.",
    source: "New-NetVirtualizationProviderAddress, -VlanID: the tag on the underlay",
    fix: "correct the VLAN of the provider address")

  /// The underlay is one.
  public static let underlaySplit = DiagnosticRule(
    "underlay-split", .warning,
    "Routers join the networks of the underlay in which machines of one network live.",
    source: "Microsoft's gateway sample: provider routes lead by way of physical routers",
    fix: "declare a router with addresses in both, or in networks between them")

  /// The underlay has room for the encapsulation.
  public static let underlayMTU = DiagnosticRule(
    "underlay-mtu", .warning,
    "Whatever a packet crosses on the underlay carries the largest that a machine sends, and its"
      + " encapsulation.",
    source:
      "RFC 7637, section 4.1, and RFC 7348, section 4.3: the underlay's MTU should fit; \"NVGRE MTU"
      + " reduction\", TechNet; Microsoft's SDN planning guide: 1674 bytes with Ethernet's header;"
      + " VMware, NSX 6.4 installation guide: at least 1600",
    fix: "raise the MTU of the underlay, or lower that of the machine")

  /// VLANs keep subnets apart.
  public static let duplicateVLAN = DiagnosticRule(
    "duplicate-vlan", .error, "Every subnet has a VLAN of its own.",
    source: "IEEE 802.1Q: a VLAN is one broadcast domain", fix: "give the subnet another VLAN")

  /// Segments are told apart by their VNIs.
  public static let duplicateVNI = DiagnosticRule(
    "duplicate-vni", .error, "The subnets of an overlay have different VNIs.",
    source: "RFC 7348, section 4: a VNI is one segment", fix: "give one of the two another number")

  /// A section does not contradict itself.
  public static let statedTwice = DiagnosticRule(
    "stated-twice", .error, "Of which a thing has one, a section states one.",
    source: "this library: of two statements neither is the one that is meant",
    fix: "leave one of the two out, or join them")

  /// A lab can ask for what a model does not have.
  public static let notInModel = DiagnosticRule(
    "not-in-model", .warning,
    "What a lab states can be had under the model that it runs under.",
    source: "this library: a lab is neutral, and models differ",
    fix: "state it in another way, or run the lab under another model")

  /// What this version does not simulate is said.
  public static let limit = DiagnosticRule(
    "limit", .error, "An analysis stays within the limits of this library.",
    source: "this library", fix: "ask for less at once")

  package static let labRules: [DiagnosticRule] = [
    unreadableFile, unknownName, duplicateName, nameForm, missingPrefix, interfaceForm,
    expectationForm, eventForm, groupAddress, timeSyntax, portSyntax, protocolSyntax, packetForm,
    duplicateMAC,
    gatewayOffLink, gatewayUnowned, nextHopDoesNotForward, subnetSize, ambiguousReturn,
    forwardingLoop, noWayBack, translationForm, virtualRouterForm, tunnelForm, sharedAdapter,
    sharedForwardingGateway, underlayOverlap, outsideUnderlay, providerVLAN, underlaySplit,
    underlayMTU, duplicateVLAN, duplicateVNI, statedTwice, notInModel,
    limit,
  ]

  /// The rules that a lab may only seem to break where a part of its file could not be read.
  package static let rulesOfAbsence: Set<DiagnosticRule> = [
    unknownName, packetForm, missingPrefix, externalGatewaySubnet,
  ]

  /// Every rule of HNVCore and HNVSim: the list to which every diagnostic points.
  public static let all: [DiagnosticRule] =
    core + json5Rules + labRules + captureRules
}
