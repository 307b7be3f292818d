/// What forwarding reads of what a frame carries, flat: to copy it touches neither payload nor
/// reference count, and no decision looks at the packet itself.
struct PacketHeader: Sendable {
  /// The addresses as numbers; those of IPv4 are the lowest.
  let sourceBits: UInt128
  private(set) var destinationBits: UInt128
  let family: IPFamily
  let kind: Kind
  let ipProtocol: IPProtocol
  let timeToLive: UInt8
  /// The field that both families have under different names (RFC 2474).
  let differentiatedServices: UInt8
  private let traits: Traits
  /// The ports, or what stands in their place (`flowPorts`).
  let sourcePort: UInt16
  let destinationPort: UInt16
  /// The bytes of the packet, header included.
  let byteCount: Int

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

  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8

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
  }

  /// Reads a packet.
  init(_ packet: IPPacket) {
    let marks: Marks
    switch packet {
    case .v4(let packet):
      family = .v4
      sourceBits = UInt128(packet.source.bits)
      destinationBits = UInt128(packet.destination.bits)
      timeToLive = packet.timeToLive
      differentiatedServices = packet.differentiatedServices
      ipProtocol = packet.transport.ipProtocol
      byteCount = packet.byteCount
      marks = Marks(packet.transport, in: packet.fragment)
      traits = packet.dontFragment ? marks.traits.union(.dontFragment) : marks.traits
    case .v6(let packet):
      family = .v6
      sourceBits = packet.source.bits
      destinationBits = packet.destination.bits
      timeToLive = packet.hopLimit
      differentiatedServices = packet.trafficClass
      ipProtocol = packet.transport.ipProtocol
      byteCount = packet.byteCount
      marks = Marks(packet.transport, in: packet.fragment)
      // What is of IPv6 no router may fragment (RFC 8200, section 5).
      traits = marks.traits.union(.dontFragment)
    }
    kind = marks.kind
    (sourcePort, destinationPort) = (marks.sourcePort, marks.destinationPort)
  }

  private init(_ kind: Kind, from source: UInt32 = 0, to destination: UInt32 = 0) {
    self.kind = kind
    family = .v4
    sourceBits = UInt128(source)
    destinationBits = UInt128(destination)
    (ipProtocol, timeToLive, differentiatedServices) = (IPProtocol(number: 0), 0, 0)
    // What is no IP packet travels in a tunnel that must not be fragmented.
    (traits, sourcePort, destinationPort, byteCount) = (.dontFragment, 0, 0, 0)
  }

  /// Reads what a frame carries.
  init(_ payload: EthernetFrame.Payload) {
    switch payload {
    case .ip(let packet): self.init(packet)
    case .arp(let message):
      self.init(.arp, from: message.senderAddress.bits, to: message.targetAddress.bits)
    case .other: self.init(.other)
    }
  }

  /// Where the packet comes from; the sender's address of ARP; without a meaning for the rest.
  @inline(__always)
  var source: IPAddress { address(sourceBits) }

  /// Where the packet goes to; the target's address of ARP; without a meaning for the rest.
  @inline(__always)
  var destination: IPAddress { address(destinationBits) }

  @inline(__always)
  private func address(_ bits: UInt128) -> IPAddress {
    switch family {
    case .v4: .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: bits)))
    case .v6: .v6(IPv6Address(bits: bits))
    }
  }

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

  /// The same packet to another address; `nil` for one of another family.
  @inline(__always)
  func sent(to destination: IPAddress) -> PacketHeader? {
    var header = self
    switch (destination, family) {
    case (.v4(let address), .v4): header.destinationBits = UInt128(address.bits)
    case (.v6(let address), .v6): header.destinationBits = address.bits
    case (.v4, .v6), (.v6, .v4): return nil
    }
    return header
  }
}

extension PacketHeader {
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
    func add(address bits: UInt128) {
      add(UInt64(truncatingIfNeeded: bits), family == .v4 ? 4 : 8)
      if family == .v6 { add(UInt64(truncatingIfNeeded: bits >> 64), 8) }
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

extension IPPacket {
  /// The same number for all packets of a flow: FNV-1a over addresses, protocol and ports.
  package var flowHash: UInt16 { PacketHeader(self).flowHash }
}
