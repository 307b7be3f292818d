/// The start of a packet that an ICMP error is about: enough to know whose packet it was.
public struct QuotedPacket: Hashable, Sendable {
  /// The quoted bytes, from the IP header on.
  public let bytes: [UInt8]

  /// The quoted packet's source: the error's receiver.
  public let source: IPAddress

  /// The quoted packet's destination.
  public let destination: IPAddress

  /// What it carried.
  public let ipProtocol: IPProtocol

  /// The first 16 bits behind its IP header, where UDP and TCP have their source port and an echo
  /// its type and code; `nil` where they are not quoted.
  public let sourcePort: UInt16?

  /// The destination port likewise.
  public let destinationPort: UInt16?

  /// Quotes a packet: as much of it as lets the error stay within 576 bytes over IPv4 (RFC 1812,
  /// section 4.3.2.3) or 1280 over IPv6 (RFC 4443, section 2.4), and whole words where it is cut.
  public init(_ packet: IPPacket) {
    let limit =
      switch packet {
      case .v4: 576 - IPv4Packet.headerByteCount - 8
      case .v6: 1280 - IPv6Packet.headerByteCount - 8
      }
    bytes = Array(packet.wireBytes.prefix(limit))
    source = packet.source
    destination = packet.destination
    ipProtocol = packet.transport.ipProtocol
    sourcePort = packet.transport.ports?.source
    destinationPort = packet.transport.ports?.destination
  }

  /// The bytes as the option "redirected header" holds them, padded to a multiple of eight; the
  /// redirect stays within 1280 bytes (RFC 4861, section 4.6.3).
  var bytesInOption: [UInt8] {
    let bytes = bytes.prefix(1280 - IPv6Packet.headerByteCount - 40 - 8)
    return bytes + Array(repeating: 0, count: (8 - bytes.count % 8) % 8)
  }
}
