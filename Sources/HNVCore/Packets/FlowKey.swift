/// What forwarding reads of a frame: a row without a reference, read once, after which neither the
/// frame nor its payload is looked at again.
///
/// It is the flow key of a switch (Pfaff and others, "The Design and Implementation of Open
/// vSwitch", 2015, section 3).
///
/// Keep it beside a frame about which one decides more than once.
public struct FlowKey: Hashable, Sendable, BitwiseCopyable {
  /// The MAC address the frame is sent to.
  public internal(set) var destinationMAC = MACAddress(bits: 0)
  /// The MAC address the frame is sent from.
  public internal(set) var sourceMAC = MACAddress(bits: 0)

  /// The addresses as numbers; those of IPv4 are the lowest.
  var sourceBits: AddressWords
  var destinationBits: AddressWords
  /// The address that a message of neighbour discovery names beside those of its packet.
  var neighborBits = AddressWords(0)

  /// The ports, or what stands in their place (`flowPorts`).
  var sourcePort: UInt16 = 0
  var destinationPort: UInt16 = 0

  /// The number by which the frame names what it carries.
  public internal(set) var etherType: UInt16 = 0
  var traits: Traits = []
  /// The class of its protocol in access lists.
  let protocolClass: ProtocolClass
  /// The bytes of the packet, header included.
  var byteCount: UInt32

  let family: IPFamily
  var kind: Kind
  let ipProtocol: IPProtocol
  var timeToLive: UInt8
  /// The field that both families have under different names (RFC 2474).
  var differentiatedServices: UInt8

  /// The 802.1Q tag; `nil` for an untagged frame.
  public internal(set) var tag: VLANTag?

  /// What a host treats in a way of its own.
  enum Kind: Sendable {
    /// An IP packet of which nothing else is to be said.
    case plain
    /// Part of address resolution, which access rules on IP do not see.
    case neighborDiscovery
    /// By which a machine presents itself as a router (RFC 4861, section 4.2).
    case routerAdvertisement
    /// Not IP: ARP.
    case arp
    /// Neither IP nor ARP.
    case other
  }

  struct Traits: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    /// Routers must not fragment the packet.
    static let dontFragment = Traits(rawValue: 1)
    /// There are ports.
    static let ports = Traits(rawValue: 2)
    /// The packet belongs to a flow.
    static let flow = Traits(rawValue: 4)
    /// The packet asks for an echo.
    static let echoRequest = Traits(rawValue: 8)
    /// Only a router says such a thing (RFC 1256 and RFC 792; RFC 4861).
    static let routersWord = Traits(rawValue: 16)
    /// A neighbour message asks; otherwise it answers.
    static let asks = Traits(rawValue: 32)
    /// A machine announces its own address to everyone (RFC 5227, section 2.3; RFC 4861, section
    /// 7.2.6).
    static let isGratuitous = Traits(rawValue: 64)
    /// A neighbour message names the frame's own source MAC address as that of its sender.
    static let namesOwnMAC = Traits(rawValue: 128)
    /// The packet is a part of a larger one.
    static let fragment = Traits(rawValue: 256)
  }

  /// Reads a frame.
  public init(_ frame: EthernetFrame) {
    switch frame.payload {
    case .ip(let packet): self.init(packet)
    case .arp(let message): self.init(message, isToGroup: frame.destination.isMulticast)
    case .other:
      self.init(.other, from: IPv4Address(bits: 0), to: IPv4Address(bits: 0))
    }
    destinationMAC = frame.destination
    sourceMAC = frame.source
    etherType = frame.etherType
    tag = frame.tag
    if frame.neighborMAC == frame.source { traits.insert(.namesOwnMAC) }
  }

  /// Reads a packet; there are no MAC addresses.
  init(_ packet: IPPacket) {
    self.init(
      from: packet.source, to: packet.destination, timeToLive: packet.timeToLive,
      packet.transport.ipProtocol, byteCount: packet.byteCount)
    switch packet {
    case .v4(let packet):
      differentiatedServices = packet.differentiatedServices
      if !packet.dontFragment { traits.remove(.dontFragment) }
      read(packet.transport, in: packet.fragment)
    case .v6(let packet):
      differentiatedServices = packet.trafficClass
      read(packet.transport, in: packet.fragment)
    }
  }

  /// An IP packet of which nothing else is to be said; what is of IPv6 no router may fragment
  /// (RFC 8200, section 5), and guests forbid it over IPv4.
  init(
    from source: IPAddress, to destination: IPAddress, timeToLive: UInt8,
    _ ipProtocol: IPProtocol, byteCount: Int
  ) {
    kind = .plain
    family = source.family
    sourceBits = AddressWords(source)
    destinationBits = AddressWords(destination)
    self.ipProtocol = ipProtocol
    protocolClass = ProtocolClass(ipProtocol)
    self.timeToLive = timeToLive
    self.byteCount = UInt32(truncatingIfNeeded: byteCount)
    etherType = family == .v4 ? 0x0800 : 0x86DD
    differentiatedServices = 0
    traits = .dontFragment
  }

  init(_ message: ARPMessage, isToGroup: Bool) {
    self.init(.arp, from: message.senderAddress, to: message.targetAddress)
    if message.operation == .request { traits.insert(.asks) }
    if isToGroup, message.senderAddress == message.targetAddress { traits.insert(.isGratuitous) }
  }

  private init(_ kind: Kind, from source: IPv4Address, to destination: IPv4Address) {
    self.kind = kind
    etherType = 0x0806
    family = .v4
    sourceBits = AddressWords(.v4(source))
    destinationBits = AddressWords(.v4(destination))
    (ipProtocol, timeToLive, differentiatedServices) = (IPProtocol(number: 0), 0, 0)
    // What is no IP packet travels in a tunnel that must not be fragmented.
    (traits, byteCount, protocolClass) = (.dontFragment, 0, .other)
  }

  /// Where the packet comes from; the sender's address of ARP; without a meaning for the rest.
  @inline(__always)
  var source: IPAddress { sourceBits.address(family) }

  /// Where the packet goes to; the target's address of ARP; without a meaning for the rest.
  @inline(__always)
  var destination: IPAddress { destinationBits.address(family) }

  /// Whether this is an IP packet.
  var isIP: Bool { kind != .arp && kind != .other }

  /// Whether there are addresses of a sender and a target.
  var hasAddresses: Bool { kind != .other }

  /// Whether something is to be said of the packet.
  func has(_ trait: Traits) -> Bool { traits.contains(trait) }

  /// The ports of UDP and TCP; `nil` for what has none.
  var ports: (source: UInt16, destination: UInt16)? {
    has(.ports) ? (sourcePort, destinationPort) : nil
  }

  /// What tells the packet's flow from others between its addresses: ports, the identifier of an
  /// echo, or zeros; `nil` for what belongs to no flow.
  var flowPorts: (source: UInt16, destination: UInt16)? {
    has(.flow) ? (sourcePort, destinationPort) : nil
  }

  /// The key of the same packet to another machine; `nil` for an address of another family.
  public func sent(to address: IPAddress, at mac: MACAddress) -> FlowKey? {
    guard address.family == family else { return nil }
    var key = self
    key.destinationMAC = mac
    key.destinationBits = AddressWords(address)
    return key
  }

  /// The key of the frame with a rewrite applied, as far as MAC addresses go.
  func applying(_ rewrite: Rewrite) -> FlowKey {
    var key = self
    key.destinationMAC = rewrite.destinationMAC
    key.sourceMAC = rewrite.sourceMAC
    return key
  }
}

/// What a key says of what its packet carries.
extension FlowKey {
  /// Reads what a packet, or a fragment of one, carries.
  mutating func read(_ transport: Transport, in fragment: Fragment?) {
    if fragment != nil { traits.insert(.fragment) }
    switch transport {
    case .icmp(let message): read(message)
    case .icmpv6(let message): read(message)
    case .udp, .tcp, .nvgre, .vxlan, .geneve, .mpls, .esp, .vrrp, .other:
      readPorts(transport, in: fragment)
    }
  }

  private mutating func read(_ message: ICMPMessage) {
    switch message {
    case .echoRequest(let identifier, _, _):
      echo(identifier)
      traits.insert(.echoRequest)
    case .echoReply(let identifier, _, _): echo(identifier)
    case .redirect: traits.insert(.routersWord)
    // ICMP's router advertisement, which the simulator's elements do not send.
    case .other(let type, _, _): if type == 9 { traits.insert(.routersWord) }
    case .destinationUnreachable, .fragmentationNeeded, .timeExceeded: break
    }
  }

  private mutating func read(_ message: ICMPv6Message) {
    switch message {
    case .echoRequest(let identifier, _, _):
      echo(identifier)
      traits.insert(.echoRequest)
    case .echoReply(let identifier, _, _): echo(identifier)
    case .neighborSolicitation(let target, _):
      kind = .neighborDiscovery
      neighborBits = AddressWords(.v6(target))
      traits.insert(.asks)
    case .neighborAdvertisement(let announced, _, _):
      kind = .neighborDiscovery
      neighborBits = AddressWords(.v6(announced))
      if destination.isMulticast { traits.insert(.isGratuitous) }
    case .routerAdvertisement:
      kind = .routerAdvertisement
      traits.insert(.routersWord)
    case .redirect: traits.insert(.routersWord)
    case .destinationUnreachable, .packetTooBig, .timeExceeded, .other: break
    }
  }

  private mutating func echo(_ identifier: UInt16) {
    traits.insert(.flow)
    (sourcePort, destinationPort) = (identifier, identifier)
  }

  /// A fragment without the ports of its packet belongs to no flow; what never has any does.
  private mutating func readPorts(_ transport: Transport, in fragment: Fragment?) {
    if let ports = transport.ports(in: fragment) {
      traits.formUnion([.ports, .flow])
      (sourcePort, destinationPort) = (ports.source, ports.destination)
    } else if fragment == nil, ipProtocol != .tcp, ipProtocol != .udp {
      traits.insert(.flow)
    }
  }
}

extension FlowKey {
  /// The same number for all packets of a flow: FNV-1a over addresses, protocol and ports; 0 for
  /// what is no IP packet.
  var flowHash: UInt16 {
    guard isIP else { return 0 }
    var hash: UInt32 = 0x811c_9dc5
    func add(_ bits: UInt64, _ byteCount: UInt64) {
      for index in 0..<byteCount {
        let byte = UInt32(truncatingIfNeeded: bits &>> (8 &* index)) & 0xff
        hash = (hash ^ byte) &* 0x0100_0193
      }
    }
    func add(address: AddressWords) {
      add(address.low, family == .v4 ? 4 : 8)
      if family == .v6 { add(address.high, 8) }
    }
    add(address: sourceBits)
    add(address: destinationBits)
    add(UInt64(ipProtocol.number), 1)
    if let ports {
      add(UInt64(ports.source), 2)
      add(UInt64(ports.destination), 2)
    }
    return UInt16(truncatingIfNeeded: hash >> 16 ^ hash)
  }
}
