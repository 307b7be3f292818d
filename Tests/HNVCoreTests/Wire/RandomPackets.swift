import HNVCore

/// Canonical frames of every kind, at random.
struct RandomPackets {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  static func bytes(upTo limit: Int, _ random: inout SplitMix64) -> [UInt8] {
    let count = Int.random(in: 0...limit, using: &random)
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  /// A frame with at most some tunnels within each other.
  mutating func frame(tunnels: Int = 4) throws -> EthernetFrame {
    let tag =
      hits(4)
      ? VLANTag(
        identifier: number(), priority: UInt8.random(in: 0...7, using: &random),
        isDropEligible: hits(2)) : nil
    return EthernetFrame(
      destination: MACAddress(bits: number()), source: MACAddress(bits: number()), tag: tag,
      payload: try payload(tunnels))
  }

  private mutating func payload(_ tunnels: Int) throws -> EthernetFrame.Payload {
    switch choice(of: 10) {
    case 0:
      .arp(
        ARPMessage(
          operation: hits(2) ? .request : .reply, senderMAC: MACAddress(bits: number()),
          senderAddress: IPv4Address(bits: number()), targetMAC: MACAddress(bits: number()),
          targetAddress: IPv4Address(bits: number())))
    // A length of IEEE 802.3, LLDP, MPLS.
    case 1: .other(etherType: one(of: [0x26, 0x88cc, 0x8847]), data: bytes(upTo: 60))
    default: .ip(try hits(2) ? v4(tunnels) : v6(tunnels))
    }
  }

  mutating func v4(_ tunnels: Int) throws -> IPPacket {
    var packet = IPv4Packet(
      source: IPv4Address(bits: number()), destination: IPv4Address(bits: number()),
      timeToLive: number(), dontFragment: hits(2), differentiatedServices: number(),
      identification: number(), options: hits(4) ? words(upTo: 10) : [],
      transport: try transport(.v4, tunnels))
    if hits(8) {
      packet.moreFragments = hits(2)
      packet.fragmentOffset = UInt16.random(
        in: packet.moreFragments ? 0...0x1fff : 1...0x1fff, using: &random)
      packet.transport = .other(IPProtocol(number: number()), data: bytes(upTo: 80))
    }
    return .v4(packet)
  }

  mutating func v6(_ tunnels: Int) throws -> IPPacket {
    var packet = IPv6Packet(
      source: IPv6Address(bits: wide()), destination: IPv6Address(bits: wide()),
      hopLimit: number(), trafficClass: number(), flowLabel: number(),
      transport: try transport(.v6, tunnels))
    while hits(4) {
      packet.extensionHeaders.append(
        hits(4)
          // A fragment that is all there is (RFC 6946).
          ? .fragment(Fragment(identification: number(), offset: 0, moreFollow: false))
          : .options(
            IPProtocol(number: one(of: [0, 43, 60])),
            bytes(exactly: 6 + 8 * choice(of: 4))))
    }
    if hits(8) {
      let more = hits(2)
      let offset = UInt16.random(in: more ? 0...0x1fff : 1...0x1fff, using: &random)
      packet.extensionHeaders.append(
        .fragment(Fragment(identification: number(), offset: offset, moreFollow: more)))
      packet.transport = .other(IPProtocol(number: number()), data: bytes(upTo: 80))
    }
    return .v6(packet)
  }

  private mutating func transport(_ family: IPFamily, _ tunnels: Int) throws -> Transport {
    switch choice(of: 10) {
    case 0, 1: family == .v4 ? .icmp(try icmp(tunnels)) : .icmpv6(try icmpv6(tunnels))
    case 2:
      .udp(
        UDPDatagram(
          sourcePort: number(), destinationPort: number(), data: bytes(upTo: 80)))
    case 3:
      .tcp(
        TCPSegment(
          sourcePort: number(), destinationPort: number(), sequence: number(),
          acknowledgment: number(), flags: TCPSegment.Flags(rawValue: number()),
          window: number(), urgentPointer: number(), options: words(upTo: 10),
          data: bytes(upTo: 80)))
    case 4...7 where tunnels > 0: try tunnel(tunnels - 1)
    case 8 where family == .v4:
      .vrrp(
        VRRPAdvertisement(
          virtualRouterID: number(), priority: number(), maxAdvertisementInterval: number(),
          addresses: (0..<choice(of: 20)).map { _ in IPv4Address(bits: number()) }))
    default: .other(IPProtocol(number: one(of: [2, 50, 59, 89, 255])), data: bytes(upTo: 80))
    }
  }

  private mutating func tunnel(_ tunnels: Int) throws -> Transport {
    switch choice(of: 4) {
    case 0:
      .nvgre(
        NVGREHeader(virtualSubnetID: try subnet(), flowID: number()), try frame(tunnels: tunnels))
    case 1:
      .vxlan(
        VXLANHeader(virtualSubnetID: try subnet(), sourcePort: number()),
        try frame(tunnels: tunnels))
    case 2:
      .geneve(
        GeneveHeader(
          networkIdentifier: number(), sourcePort: number(),
          logicalPorts: hits(2)
            ? GeneveHeader.LogicalPorts(ingress: number(), egress: number()) : nil),
        try frame(tunnels: tunnels))
    default:
      .mpls(
        MPLSHeader(
          label: number(), trafficClass: number(), timeToLive: number(),
          in: hits(2) ? .gre : .udp(sourcePort: number())), try labelled(tunnels))
    }
  }

  /// A packet, or a frame whose first four bits are no version of IP.
  private mutating func labelled(_ tunnels: Int) throws -> MPLSPayload {
    if hits(2) { return .packet(try hits(2) ? v4(tunnels) : v6(tunnels)) }
    var frame = try frame(tunnels: tunnels)
    while [4, 6].contains(frame.destination.bits >> 44) {
      frame.destination = MACAddress(bits: number())
    }
    return .frame(frame)
  }

  private mutating func subnet() throws -> VirtualSubnetID {
    try VirtualSubnetID(UInt64(UInt32.random(in: VirtualSubnetID.range, using: &random)))
  }
}

/// Numbers and bytes.
extension RandomPackets {
  mutating func hits(_ count: Int) -> Bool { choice(of: count) == 0 }

  mutating func choice(of count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  mutating func number<Number: FixedWidthInteger & UnsignedInteger>() -> Number {
    Number.random(in: .min ... .max, using: &random)
  }

  mutating func wide() -> UInt128 {
    UInt128(number() as UInt64) << 64 | UInt128(number() as UInt64)
  }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[choice(of: elements.count)]
  }

  mutating func bytes(upTo limit: Int) -> [UInt8] { Self.bytes(upTo: limit, &random) }

  mutating func bytes(exactly count: Int) -> [UInt8] { (0..<count).map { _ in number() } }

  mutating func words(upTo limit: Int) -> [UInt8] { bytes(exactly: 4 * choice(of: limit + 1)) }
}
