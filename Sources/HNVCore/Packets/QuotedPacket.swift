/// The start of a packet that an ICMP error is about: enough to know whose packet it was.
public struct QuotedPacket: Hashable, Sendable {
  /// The quoted bytes, from the IP header on.
  public let bytes: [UInt8]

  /// The quoted packet's source: the error's receiver.
  public let source: IPAddress

  /// The quoted packet's destination.
  public let destination: IPAddress

  /// What it carried; of an IPv6 packet that is cut within its extension headers, the next of them.
  public let ipProtocol: IPProtocol

  /// The source port of UDP or TCP; `nil` for what has none, for a fragment that is not the first,
  /// and where it is not quoted.
  public let sourcePort: UInt16?

  /// The destination port likewise.
  public let destinationPort: UInt16?

  /// Quotes a packet: as much of it as lets the error stay within 576 bytes over IPv4 (RFC 1812,
  /// section 4.3.2.3) or 1280 over IPv6 (RFC 4443, section 2.4).
  ///
  /// An ICMPv6 redirect has room for less: `init(redirecting:)`.
  public init(_ packet: IPPacket) {
    let limit =
      switch packet {
      case .v4: 576 - IPv4Packet.headerByteCount - 8
      case .v6: 1280 - IPv6Packet.headerByteCount - 8
      }
    self.init(packet, upTo: limit)
  }

  /// Quotes a packet as an ICMPv6 redirect can: within the option "redirected header", behind two
  /// addresses, and within 1280 bytes (RFC 4861, section 4.6.3).
  public init(redirecting packet: IPPacket) { self.init(packet, upTo: Self.optionLimit) }

  private init(_ packet: IPPacket, upTo limit: Int) {
    self.init(
      Array(packet.wireBytes.prefix(limit)), source: packet.source,
      destination: packet.destination)
  }

  /// Everything else is read off the bytes, so that a quotation is what its receiver reads.
  init(_ bytes: [UInt8], source: IPAddress, destination: IPAddress) {
    self.bytes = bytes
    self.source = source
    self.destination = destination
    var (ipProtocol, reader) = Self.carried(by: bytes[...], source.family)
    let hasPorts = ipProtocol == .udp || ipProtocol == .tcp
    self.ipProtocol = ipProtocol
    sourcePort = hasPorts ? reader?.take(UInt16.self) : nil
    destinationPort = hasPorts ? reader?.take(UInt16.self) : nil
  }

  /// The most bytes that fit into the option "redirected header": a multiple of eight.
  static let optionLimit = 1280 - IPv6Packet.headerByteCount - 40 - 8

  /// The bytes as the option "redirected header" holds them, padded to a multiple of eight; more
  /// than `optionLimit` are cut.
  var bytesInOption: [UInt8] {
    let bytes = bytes.prefix(Self.optionLimit)
    return bytes + Array(repeating: 0, count: (8 - bytes.count % 8) % 8)
  }
}
