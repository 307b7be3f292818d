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

  /// The most bytes that fit into the option "redirected header": a multiple of eight.
  static let optionLimit = 1280 - IPv6Packet.headerByteCount - 40 - 8

  /// The bytes as the option "redirected header" holds them, padded to a multiple of eight; more
  /// than `optionLimit` are cut.
  var bytesInOption: [UInt8] {
    let bytes = bytes.prefix(Self.optionLimit)
    return bytes + Array(repeating: 0, count: (8 - bytes.count % 8) % 8)
  }
}
