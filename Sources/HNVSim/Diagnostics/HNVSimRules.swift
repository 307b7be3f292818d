public import HNVCore

/// The rules that labs, files and captures are held to, beside those of HNVCore.
extension DiagnosticRule {
  // MARK: Files

  package static let json5Syntax = DiagnosticRule(
    "json5-syntax", .error, "A file follows the grammar of JSON5.",
    source: "JSON5 1.0.0, section 9", fix: "correct what is written there")

  package static let duplicateKey = DiagnosticRule(
    "duplicate-key", .error, "The keys of an object are all different.",
    source: "JSON5 1.0.0, section 3, where the names within an object should be unique",
    fix: "remove one of the two, or give it another key")

  package static let unknownKey = DiagnosticRule(
    "unknown-key", .error, "An object has only keys that its format knows.",
    source: "this library: a misspelt key would silently do nothing",
    fix: "correct the key or remove it")

  package static let missingKey = DiagnosticRule(
    "missing-key", .error, "An object has every key that its format requires.",
    source: "this library's file formats", fix: "add the key")

  package static let wrongType = DiagnosticRule(
    "wrong-type", .error, "A value is of the kind that its key expects.",
    source: "this library's file formats", fix: "write a value of the kind that is expected")

  package static let notAChoice = DiagnosticRule(
    "not-a-choice", .error, "A value with a list of choices is one of them.",
    source: "this library's file formats", fix: "write one of the choices")

  package static let numberOutOfRange = DiagnosticRule(
    "number-out-of-range", .error,
    "A number is whole, written in decimal digits only, and within its range.",
    source: "this library's file formats", fix: "write a whole number within the range")

  package static let emptyFile = DiagnosticRule(
    "empty-file", .error, "A file holds one value.", source: "JSON5 1.0.0, section 9.2",
    fix: "write the value, usually an object in braces")

  package static let binaryFile = DiagnosticRule(
    "binary-file", .error, "A file holds text in UTF-8.",
    source: "RFC 8259, section 8.1, which JSON5 extends", fix: "save the file as UTF-8 text")

  package static let tooLarge = DiagnosticRule(
    "too-large", .error, "A file is no larger than 512 MiB.",
    source: "this library: larger files would fill the memory", fix: "divide the file")

  package static let tooDeep = DiagnosticRule(
    "too-deep", .error, "Lists and objects nest at most 64 deep.",
    source: "JSON5 1.0.0, section 10, which lets a parser limit the depth of nesting",
    fix: "nest less deep")

  package static let tooManyDiagnostics = DiagnosticRule(
    "too-many-faults", .error, "A file has at most 1000 diagnostics.",
    source: "this library: reports of a broken file stay readable",
    fix: "fix those reported first, then try again")

  // MARK: Labs

  package static let unreadableFile = DiagnosticRule(
    "unreadable-file", .error, "A named file exists and can be read.",
    source: "this library",
    fix: "check the path and its permissions")

  package static let unknownName = DiagnosticRule(
    "unknown-name", .error, "A name that a lab uses is declared in it.", source: "this library",
    fix: "declare it, or correct the name")

  package static let duplicateName = DiagnosticRule(
    "duplicate-name", .error,
    "Hosts, machines, underlay routers and outside networks have different names; so have"
      + " networks, subnets and networks of the underlay.",
    source: "this library, which names them in its answers", fix: "rename one of the two")

  package static let nameForm = DiagnosticRule(
    "name-form", .error, "A name is not empty and is not an IP address.",
    source: "this library, which tells names from addresses where it expects either",
    fix: "write a name such as web1")

  package static let missingPrefix = DiagnosticRule(
    "missing-prefix", .error, "A subnet has a prefix, and so has the link of an outside network.",
    source: "this library: nothing else says which addresses belong to it",
    fix: "give it a prefix such as 10.0.1.0/24")

  package static let interfaceForm = DiagnosticRule(
    "interface-form", .error,
    "An adapter is in one subnet, or on the link of one outside network.", source: "this library",
    fix: "write either subnet or outside")

  package static let expectationForm = DiagnosticRule(
    "expectation-form", .error,
    "An expectation names a packet's sender and receiver, or else a rule of the check.",
    source: "this library", fix: "write from and to, or fault in an object of its own")

  package static let eventForm = DiagnosticRule(
    "event-form", .error,
    "An event does one thing; a delivery names one record or one route, a link two ends.",
    source: "this library", fix: "write one event for each thing that happens")

  package static let groupAddress = DiagnosticRule(
    "group-address", .error, "A group that a machine joins has a multicast address.",
    source: "RFC 5771; RFC 4291, 2.7",
    fix: "name an address of 224.0.0.0/4 or ff00::/8")

  package static let timeSyntax = DiagnosticRule(
    "time-syntax", .error, "A time is a whole number with its unit: ns, us, ms or s.",
    source: "this library", fix: "write it like 10ms")

  package static let portSyntax = DiagnosticRule(
    "port-syntax", .error, "Ports are a number, or two joined by a hyphen, up to 65535.",
    source: "Add-VMNetworkAdapterExtendedAcl, -LocalPort", fix: "write it like 80 or 1024-65535")

  package static let protocolSyntax = DiagnosticRule(
    "protocol-syntax", .error, "A protocol is icmp, udp, tcp or a number up to 255.",
    source: "Add-VMNetworkAdapterExtendedAcl, -Protocol", fix: "write icmp, udp or tcp")

  package static let packetForm = DiagnosticRule(
    "packet-form", .error,
    "A packet goes from a machine to a unicast address of a family that the machine has, and its"
      + " fields fit its protocol.",
    source: "this library", fix: "correct the packet")

  package static let duplicateMAC = DiagnosticRule(
    "duplicate-mac", .error,
    "The adapters of a subnet have different unicast MAC addresses, and so have hosts.",
    source: "IEEE 802; a port is found by its MAC address and virtual subnet",
    fix: "leave the MAC address out, or give another")

  package static let gatewayOffLink = DiagnosticRule(
    "gateway-off-link", .warning,
    "A machine's gateways and next hops lie in a prefix of one of its own adapters.",
    source: "RFC 1122, section 3.3.1.2: a host reaches its gateway over a connected network",
    fix: "name a gateway in the machine's own subnet")

  package static let gatewayUnowned = DiagnosticRule(
    "gateway-unowned", .warning,
    "A machine's gateways and next hops are addresses of machines or of a subnet's router.",
    source: "RFC 826: a machine answers for its own addresses",
    fix: "name the subnet's router or a machine, or give a machine the address")

  package static let nextHopDoesNotForward = DiagnosticRule(
    "next-hop-does-not-forward", .warning,
    "The machine that a network's route leads to forwards for others.",
    source: "RFC 1122, section 3.1: a host that is no gateway does not forward",
    fix: "let the machine forward, or name another next hop")

  package static let subnetSize = DiagnosticRule(
    "subnet-size", .error, "A subnet has room for its router and for a machine.",
    source: "HNV technical details (2016): the lowest usable address is HNV's gateway",
    fix: "give the subnet a prefix of at most /30, or /126 for IPv6")

  package static let ambiguousReturn = DiagnosticRule(
    "ambiguous-return", .warning,
    "An outside network has one way back to every prefix of the lab.",
    source: "this library: without routes of its own the first machine that fits is taken",
    fix: "give the outside network its routes")

  package static let forwardingLoop = DiagnosticRule(
    "forwarding-loop", .warning,
    "A forwarding machine does not send packets to where they come back to it.",
    source: "the article: why a gateway does not use the route that leads to itself",
    fix: "give the forwarding machine a route that leads out, or remove the network's route to it")

  package static let noWayBack = DiagnosticRule(
    "no-way-back", .warning,
    "A machine that a network's route leads to has routes back to all subnets of the network.",
    source: "the article: its gateway reaches the inside via the router of its own subnet",
    fix: "give the machine a route to the subnet via the router of its own")

  package static let translationForm = DiagnosticRule(
    "translation-form", .error,
    "An adapter that translates is on a machine that forwards, has an address to translate to, and"
      + " publishes each port of tcp or udp once.",
    source: "RFC 3022, section 2.2: a translator replaces addresses of what it forwards",
    fix: "correct the adapter")

  package static let virtualRouterForm = DiagnosticRule(
    "virtual-router-form", .error,
    "The machines of a virtual router are on one wire, each with an IPv4 address of its own, and"
      + " share the same IPv4 addresses under one number.",
    source: "RFC 9568, section 5.2.9 and section 6.1",
    fix: "correct the virtual router")

  package static let tunnelForm = DiagnosticRule(
    "tunnel-form", .error,
    "A tunnel runs between the address of a site's gateway behind an outside network and a machine"
      + " with an adapter on that network.",
    source: "RFC 4301, section 4.4.1: a tunnel goes from one outer address to another",
    fix: "give the machine an adapter on the network that carries the tunnel")

  package static let sharedAdapter = DiagnosticRule(
    "shared-adapter", .error,
    "Adapters of one machine with one MAC address are one adapter, which has a compartment for each"
      + " network that it serves.",
    source: "Add-VMNetworkAdapterRoutingDomainMapping; a compartment of its own for each RDID",
    fix: "give each network a compartment of its own, or the adapters different MAC addresses")

  package static let sharedForwardingGateway = DiagnosticRule(
    "shared-forwarding-gateway", .warning,
    "A machine forwards to an outside network for one compartment, unless it translates.",
    source: "Microsoft, Deploy highly scalable tenant network infrastructure for hosting providers:"
      + " a separate forwarding gateway per tenant",
    fix: "give each tenant a forwarding gateway of its own, or translate")

  package static let underlayOverlap = DiagnosticRule(
    "underlay-overlap", .error, "The networks of the underlay do not overlap.",
    source: "RFC 4632, section 5.1: a prefix leads to one place",
    fix: "change one of the two prefixes")

  package static let outsideUnderlay = DiagnosticRule(
    "outside-underlay", .warning,
    "A provider address, and each address of an underlay router, lies in a network of the"
      + " underlay.",
    source: "RFC 1122, section 3.3.1.1: what is not on a connected network is not reached directly",
    fix: "correct the address, or declare a network that it lies in")

  package static let providerVLAN = DiagnosticRule(
    "pa-vlan", .warning,
    "A provider address has the VLAN of its network; without one, it lies in its host's network.",
    source: "New-NetVirtualizationProviderAddress, -VlanID: the tag on the underlay",
    fix: "correct the VLAN of the provider address")

  package static let underlaySplit = DiagnosticRule(
    "underlay-split", .warning,
    "Routers connect the underlay networks in which machines of one network run.",
    source: "Microsoft's gateway sample: provider routes lead by way of physical routers",
    fix: "declare a router with addresses in both, or in networks between them")

  package static let underlayMTU = DiagnosticRule(
    "underlay-mtu", .warning,
    "The underlay carries the largest packet that a machine sends, with its encapsulation.",
    source:
      "RFC 7637, section 4.1, and RFC 7348, section 4.3: the underlay's MTU should fit; \"NVGRE MTU"
      + " reduction\", TechNet; Microsoft's SDN planning guide: 1674 bytes with Ethernet's header;"
      + " VMware, NSX 6.4 installation guide: at least 1600",
    fix: "raise the MTU of the underlay, or lower that of the machine")

  package static let duplicateVLAN = DiagnosticRule(
    "duplicate-vlan", .error, "Every subnet has a VLAN of its own.",
    source: "IEEE 802.1Q: a VLAN is one broadcast domain", fix: "give the subnet another VLAN")

  package static let duplicateVNI = DiagnosticRule(
    "duplicate-vni", .error, "The subnets of an overlay have different VNIs.",
    source: "RFC 7348, section 4: a VNI is one segment", fix: "give one of the two another number")

  package static let statedTwice = DiagnosticRule(
    "stated-twice", .error, "A lab sets each value once.",
    source: "this library: nothing says which of two statements is meant",
    fix: "leave one of the two out, or join them")

  /// For models to report what they cannot do for a lab.
  public static let notInModel = DiagnosticRule(
    "not-in-model", .warning,
    "Every feature that a lab uses is supported by its model.",
    source: "this library: a lab is neutral, and models differ",
    fix: "state it in another way, or run the lab under another model")

  package static let limit = DiagnosticRule(
    "limit", .error, "An analysis stays within the limits of this library.",
    source: "this library", fix: "ask for less at once")

  // MARK: Captures

  package static let captureFormat = DiagnosticRule(
    "capture-format", .error, "A capture is written as pcapng 1 or as pcap 2.",
    source: "draft-ietf-opsawg-pcapng, section 4.1; draft-ietf-opsawg-pcap, section 4",
    fix: "save the capture as pcapng")

  package static let captureCutOff = DiagnosticRule(
    "capture-cut-off", .error, "A capture ends at the end of its last block or record.",
    source: "draft-ietf-opsawg-pcapng, section 3.1; draft-ietf-opsawg-pcap, section 5",
    fix: "copy the capture again, or save what an analyser can still read of it")

  package static let captureLength = DiagnosticRule(
    "capture-length", .error, "The lengths that a block states agree with one another.",
    source: "draft-ietf-opsawg-pcapng, section 3.1",
    fix: "open the capture in an analyser and save it again")

  package static let captureInterface = DiagnosticRule(
    "capture-interface", .error,
    "A capture describes every interface that its packets, or a command, name.",
    source: "draft-ietf-opsawg-pcapng, section 4.2", fix: "name an interface of the capture")

  package static let captureLinkType = DiagnosticRule(
    "capture-link-type", .error, "The frames of a capture are Ethernet's, link type 1.",
    source: "this library, whose machines have Ethernet adapters",
    fix: "capture at an Ethernet interface, or leave the other interfaces out")

  package static let unwritableFile = DiagnosticRule(
    "unwritable-file", .error,
    "A capture is written to a new file, or over an empty file or another capture.",
    source: "this library: a mistake overwrites nothing but a capture",
    fix: "name another file")

  // MARK: Lists

  /// The rules above, in the order of the documentation.
  private static let simulationRules: [DiagnosticRule] = [
    json5Syntax, duplicateKey, unknownKey, missingKey, wrongType, notAChoice, numberOutOfRange,
    emptyFile, binaryFile, tooLarge, tooDeep, tooManyDiagnostics, unreadableFile, unknownName,
    duplicateName, nameForm, missingPrefix, interfaceForm, expectationForm, eventForm,
    groupAddress, timeSyntax, portSyntax, protocolSyntax, packetForm, duplicateMAC,
    gatewayOffLink, gatewayUnowned, nextHopDoesNotForward, subnetSize, ambiguousReturn,
    forwardingLoop, noWayBack, translationForm, virtualRouterForm, tunnelForm, sharedAdapter,
    sharedForwardingGateway, underlayOverlap, outsideUnderlay, providerVLAN, underlaySplit,
    underlayMTU, duplicateVLAN, duplicateVNI, statedTwice, notInModel, limit, captureFormat,
    captureCutOff, captureLength, captureInterface, captureLinkType, unwritableFile,
  ]

  /// The rules that a lab may only seem to break where a part of its file could not be read.
  package static let rulesOfAbsence: Set<DiagnosticRule> = [
    unknownName, packetForm, missingPrefix, externalGatewaySubnet,
  ]

  /// Every rule of HNVCore and HNVSim; the rule of every diagnostic is one of them.
  public static let all: [DiagnosticRule] = core + simulationRules
}
