@testable import HNVCore

/// Provider addresses and outer headers.
extension GoldenRouter {
  func isOurs(_ provider: IPAddress) -> Bool {
    host.providerAddresses.contains { $0.address == provider }
  }

  /// The provider address that the host sends from.
  private func source(
    towards provider: IPAddress, _ origin: Origin
  ) throws(Refusal) -> IPAddress {
    let fitting = host.providerAddresses.map(\.address).filter { $0.family == provider.family }
    var source = fitting.first
    if settings.sourceProviderAddress == .senderRecord, let own = origin.record {
      source = records[own].providerAddress
    }
    guard let source else { throw .foreignProviderAddress(provider) }
    guard isOurs(source) else { throw .foreignProviderAddress(source) }
    return source
  }

  func tunnel(
    _ frame: EthernetFrame, to record: LookupRecord, _ origin: Origin
  ) throws(Refusal) -> Tunnel {
    let provider = record.providerAddress
    let source = try source(towards: provider, origin)
    let tunnel = outer(frame, record.virtualSubnetID, source, provider)
    // Outer IP header, GRE with its key or UDP and VXLAN, and the customer's Ethernet header.
    let overhead =
      (source.family == .v4 ? 20 : 40) + (settings.encapsulation == .nvgre ? 8 : 16) + 14
    let room = host.underlayMTU - overhead
    if settings.icmpErrors == .sent, tunnel.dontFragment, let packet = frame.packet,
      packet.byteCount > room
    {
      throw .packetTooBig(byteCount: packet.byteCount, room: room)
    }
    return tunnel
  }

  private func outer(
    _ frame: EthernetFrame, _ subnet: VirtualSubnetID, _ source: IPAddress,
    _ destination: IPAddress
  ) -> Tunnel {
    var (service, mayNotFragment) = (UInt8(0), true)
    switch frame.packet {
    case .v4(let packet):
      (service, mayNotFragment) = (packet.differentiatedServices, packet.dontFragment)
    case .v6(let packet): service = packet.trafficClass
    case nil: break
    }
    return Tunnel(
      virtualSubnetID: subnet, source: source, destination: destination,
      encapsulation: settings.encapsulation,
      entropy: settings.flowID == .hashed ? frame.packet?.hashOfFlow ?? 0 : 0,
      differentiatedServices: settings.outerDSCP == .copied ? service : 0,
      dontFragment: settings.outerDontFragment == .copied
        ? mayNotFragment : settings.outerDontFragment == .set)
  }

  /// One copy for each machine of the subnet here, and one for each provider address elsewhere.
  func copies(
    of frame: EthernetFrame, to providers: [IPAddress], _ origin: Origin
  ) throws(Refusal) -> Replication {
    var tunnels: [Tunnel] = []
    for provider in providers where !isOurs(provider) {
      let source = try source(towards: provider, origin)
      tunnels.append(outer(frame, origin.subnet, source, provider))
    }
    let ports = ports(in: origin.subnet).filter { $0 != origin.port }
    if ports.isEmpty, tunnels.isEmpty { throw .noReceivers(frame.destination, origin.subnet) }
    return Replication(ports: ports, tunnels: tunnels)
  }

  /// Rules Nat and None: no tunnel.
  func translation(
    to index: Int, _ packet: IPPacket, _ origin: Origin
  ) throws(Refusal) -> Translation {
    let record = records[index]
    var translation = Translation(nextHop: record.providerAddress)
    if record.rule == .none {
      if settings.untranslated == .refused { throw .untranslated(record: index) }
      return translation
    }
    let family = packet.source.family
    guard record.providerAddress.family == family else { throw .familiesDiffer(record: index) }
    let source = try source(towards: record.providerAddress, origin)
    guard source.family == family else { throw .familiesDiffer(record: index) }
    translation.source = source
    if let own = origin.record, records[own].usesVMMACAddress {
      translation.sourceMAC = records[own].macAddress
    }
    return translation
  }
}

extension IPPacket {
  var isPing: Bool {
    switch transport {
    case .icmp(.echoRequest), .icmpv6(.echoRequest): true
    default: false
    }
  }

  /// FNV-1a over the bytes of what identifies a flow, the least significant first, in 16 bits.
  fileprivate var hashOfFlow: UInt16 {
    func bytes(_ bits: UInt128, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(bits >> UInt128($0 * 8) & 0xff) }
    }
    func bytes(_ address: IPAddress) -> [UInt8] {
      switch address {
      case .v4(let address): bytes(UInt128(address.bits), 4)
      case .v6(let address): bytes(address.bits, 16)
      }
    }
    var flow = bytes(source) + bytes(destination) + [transport.ipProtocol.number]
    if let ports = transport.ports {
      flow += bytes(UInt128(ports.source), 2) + bytes(UInt128(ports.destination), 2)
    }
    let hash = flow.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return UInt16(hash >> 16) ^ UInt16(hash & 0xffff)
  }
}
