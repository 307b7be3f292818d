import HNVCore
import Testing

/// A quote that is translated equals the quote of the packet as its sender had sent it, to the last
/// byte of its checksums (RFC 5508, section 4.2).
struct QuotedTranslationTests {
  private static func transport(_ number: Int, port: UInt16, peer: UInt16, _ v6: Bool) -> Transport
  {
    let data = (0..<(number % 90)).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ number) }
    switch number % 3 {
    case 0: return .udp(UDPDatagram(sourcePort: port, destinationPort: peer, data: data))
    case 1:
      return .tcp(
        TCPSegment(
          sourcePort: port, destinationPort: peer, sequence: UInt32(number) &* 77, flags: .syn))
    default:
      return v6
        ? .icmpv6(.echoRequest(identifier: port, sequence: 9, data: data))
        : .icmp(.echoRequest(identifier: port, sequence: 9, data: data))
    }
  }

  private static func packet(
    _ family: IPFamily, _ source: Int, _ destination: Int, _ transport: Transport
  ) throws -> IPPacket {
    let prefix = family == .v4 ? "10.9.8." : "fd00::"
    return try #require(
      IPPacket(
        from: try IPAddress(parsing: "\(prefix)\(source)"),
        to: try IPAddress(parsing: "\(prefix)\(destination)"), timeToLive: 61,
        transport: transport))
  }

  @Test(arguments: IPFamily.allCases, 0..<60)
  func `a translated quote is that of the packet behind`(family: IPFamily, number: Int) throws {
    var random = SplitMix64(seed: UInt64(number))
    let (port, other) = (UInt16.random(in: 1...65535, using: &random), UInt16(number) &+ 60000)
    let isV6 = family == .v6
    let isEcho = number % 3 == 2
    let outside = QuotedPacket(
      try Self.packet(family, 2, 77, Self.transport(number, port: other, peer: 80, isV6)))
    let inside = QuotedPacket(
      try Self.packet(family, 11, 77, Self.transport(number, port: port, peer: 80, isV6)))
    let restored = try #require(outside.replacing(.source, by: inside.source, port: port))
    #expect(restored == inside)
    #expect(restored.echoIdentifier == (isEcho ? port : nil))
    // And the other end.
    let inward = QuotedPacket(
      try Self.packet(family, 77, 11, Self.transport(number, port: 53, peer: port, isV6)))
    let hidden = QuotedPacket(
      try Self.packet(
        family, 77, 2, Self.transport(number, port: isEcho ? other : 53, peer: other, isV6)))
    let translated = try #require(
      inward.replacing(.destination, by: hidden.destination, port: other))
    #expect(translated == hidden)
  }

  @Test func `what shows no ports is not translated`() throws {
    let other = QuotedPacket(
      try Self.packet(.v4, 1, 2, .other(IPProtocol(number: 89), data: [1, 2])))
    let address = try IPAddress(parsing: "10.0.0.1")
    #expect(other.replacing(.source, by: address, port: 1) == nil)
    #expect(other.echoIdentifier == nil)
    let udp = QuotedPacket(
      try Self.packet(.v4, 1, 2, .udp(UDPDatagram(sourcePort: 1, destinationPort: 2))))
    #expect(udp.replacing(.source, by: try IPAddress(parsing: "fd00::1"), port: 1) == nil)
  }
}
