import HNVCore

extension RandomPackets {
  mutating func icmp(_ tunnels: Int) throws -> ICMPMessage {
    switch choice(of: 7) {
    case 0: .echoRequest(identifier: number(), sequence: number(), data: bytes(upTo: 60))
    case 1: .echoReply(identifier: number(), sequence: number(), data: bytes(upTo: 60))
    case 2:
      .destinationUnreachable(
        one(of: [.network, .host, .protocol, .port, .policy, .prohibited]),
        quoting: try quoted(tunnels))
    case 3: .fragmentationNeeded(mtu: number(), quoting: try quoted(tunnels))
    case 4:
      .redirect(
        hits(2) ? .host : .movedMachine, gateway: IPv4Address(bits: number()),
        quoting: try quoted(tunnels))
    case 5: .timeExceeded(quoting: try quoted(tunnels))
    // Source quench, a router's advertisement, a timestamp.
    default: .other(type: one(of: [4, 9, 13]), code: number(), body: bytes(upTo: 40))
    }
  }

  mutating func icmpv6(_ tunnels: Int) throws -> ICMPv6Message {
    switch choice(of: 10) {
    case 0: .echoRequest(identifier: number(), sequence: number(), data: bytes(upTo: 60))
    case 1: .echoReply(identifier: number(), sequence: number(), data: bytes(upTo: 60))
    case 2:
      .destinationUnreachable(
        one(of: [.noRoute, .prohibited, .address, .port]), quoting: try quoted(tunnels))
    case 3: .packetTooBig(mtu: number(), quoting: try quoted(tunnels))
    case 4: .timeExceeded(quoting: try quoted(tunnels))
    case 5: .routerAdvertisement(body: bytes(upTo: 40))
    case 6:
      .neighborSolicitation(
        target: IPv6Address(bits: wide()), sender: hits(2) ? nil : MACAddress(bits: number()))
    case 7:
      .neighborAdvertisement(
        target: IPv6Address(bits: wide()), targetMAC: MACAddress(bits: number()),
        solicited: hits(2))
    case 8:
      .redirect(
        hits(2) ? .betterHop : .movedMachine, target: IPv6Address(bits: wide()),
        destination: IPv6Address(bits: wide()),
        quoting: QuotedPacket(redirecting: try packet(tunnels)))
    // A parameter problem, a router solicitation, a multicast report.
    default: .other(type: one(of: [4, 133, 143]), code: number(), body: bytes(upTo: 40))
    }
  }

  private mutating func quoted(_ tunnels: Int) throws -> QuotedPacket {
    QuotedPacket(try packet(tunnels))
  }

  /// A packet to quote, sometimes too long to be quoted whole.
  private mutating func packet(_ tunnels: Int) throws -> IPPacket {
    if hits(4) {
      return .v6(
        IPv6Packet(
          source: IPv6Address(bits: wide()), destination: IPv6Address(bits: wide()),
          hopLimit: number(), transport: .other(.udp, data: bytes(exactly: 1300))))
    }
    return try hits(2) ? v4(min(tunnels, 1)) : v6(min(tunnels, 1))
  }
}
