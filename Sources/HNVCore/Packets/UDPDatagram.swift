/// A UDP datagram (RFC 768).
public struct UDPDatagram: Hashable, Sendable {
  /// The port it comes from.
  public var sourcePort: UInt16

  /// The port it goes to.
  public var destinationPort: UInt16

  /// Its payload.
  public var data: [UInt8]

  /// Creates a datagram.
  public init(sourcePort: UInt16, destinationPort: UInt16, data: [UInt8] = []) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.data = data
  }

  /// The bytes of a header.
  public static let headerByteCount = 8
}
