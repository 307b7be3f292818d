/// What forwarding reads of an IP packet, flat: to copy it touches neither payload nor reference
/// count, and no decision looks at the packet itself.
struct PacketHeader: Sendable {
  let source: IPAddress
  let destination: IPAddress
  let ipProtocol: IPProtocol
  let timeToLive: UInt8
  /// The field that both families have under different names (RFC 2474).
  let differentiatedServices: UInt8
  /// Whether routers must not fragment the packet; those of IPv6 never may (RFC 8200, section 5).
  let dontFragment: Bool
  let kind: Kind
  private let hasPorts: Bool
  private let sourcePort: UInt16
  private let destinationPort: UInt16

  /// What a host treats in a way of its own.
  enum Kind: Sendable {
    case plain
    /// Part of address resolution, which access rules on IP do not see.
    case neighborDiscovery
    /// By which a machine presents itself as a router (RFC 4861, section 4.2).
    case routerAdvertisement

    @inline(__always)
    init(_ transport: Transport) {
      switch transport {
      case .icmpv6(.neighborSolicitation), .icmpv6(.neighborAdvertisement):
        self = .neighborDiscovery
      case .icmpv6(.routerAdvertisement): self = .routerAdvertisement
      default: self = .plain
      }
    }
  }

  /// `nil` for a frame without an IP packet.
  @inline(__always)
  init?(_ frame: EthernetFrame) {
    guard case .ip(let packet) = frame.payload else { return nil }
    self.init(packet)
  }

  @inline(__always)
  init(_ packet: IPPacket) {
    let ports: (source: UInt16, destination: UInt16)?
    switch packet {
    case .v4(let packet):
      source = .v4(packet.source)
      destination = .v4(packet.destination)
      ipProtocol = packet.transport.ipProtocol
      timeToLive = packet.timeToLive
      differentiatedServices = packet.differentiatedServices
      dontFragment = packet.dontFragment
      kind = Kind(packet.transport)
      ports = packet.isFragment ? IPPacket.v4(packet).ports : packet.transport.ports
    case .v6(let packet):
      source = .v6(packet.source)
      destination = .v6(packet.destination)
      ipProtocol = packet.transport.ipProtocol
      timeToLive = packet.hopLimit
      differentiatedServices = packet.trafficClass
      dontFragment = true
      kind = Kind(packet.transport)
      ports = packet.fragment == nil ? packet.transport.ports : IPPacket.v6(packet).ports
    }
    hasPorts = ports != nil
    sourcePort = ports?.source ?? 0
    destinationPort = ports?.destination ?? 0
  }

  /// The ports of UDP and TCP; `nil` for what has none.
  var ports: (source: UInt16, destination: UInt16)? {
    hasPorts ? (sourcePort, destinationPort) : nil
  }

  /// The same number for all packets of a flow: FNV-1a over addresses, protocol and ports.
  var flowHash: UInt16 {
    var hash: UInt32 = 0x811c_9dc5
    func add(_ bits: UInt64, _ byteCount: UInt64) {
      for index in 0..<byteCount {
        let byte = UInt32(truncatingIfNeeded: bits &>> (8 &* index)) & 0xff
        hash = (hash ^ byte) &* 0x0100_0193
      }
    }
    func add(_ address: IPAddress) {
      switch address {
      case .v4(let address): add(UInt64(address.bits), 4)
      case .v6(let address):
        add(UInt64(truncatingIfNeeded: address.bits), 8)
        add(UInt64(truncatingIfNeeded: address.bits >> 64), 8)
      }
    }
    add(source)
    add(destination)
    add(UInt64(ipProtocol.number), 1)
    if hasPorts {
      add(UInt64(sourcePort), 2)
      add(UInt64(destinationPort), 2)
    }
    return UInt16(truncatingIfNeeded: hash >> 16 ^ hash)
  }
}

extension IPPacket {
  /// The same number for all packets of a flow: FNV-1a over addresses, protocol and ports.
  public var flowHash: UInt16 { PacketHeader(self).flowHash }
}

extension IPv4Packet {
  fileprivate var isFragment: Bool { moreFragments || fragmentOffset > 0 }
}
