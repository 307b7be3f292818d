/// The header of ESP in tunnel mode (RFC 4303) without encryption (RFC 2410) and without an
/// integrity check value: what a site-to-site tunnel looks like with its secrets left out.
///
/// Behind the header stand a whole IP packet, padding to a multiple of four bytes, the padding's
/// length and the number of the packet's protocol.
public struct ESPHeader: Hashable, Sendable, BitwiseCopyable {
  /// What names the tunnel to its receiver; 256 and up, lower numbers are reserved (RFC 4303,
  /// section 2.1).
  public var securityParametersIndex: UInt32

  /// The number of the packet in the tunnel, from 1.
  public var sequence: UInt32

  /// Creates a header.
  public init(securityParametersIndex: UInt32, sequence: UInt32) {
    self.securityParametersIndex = securityParametersIndex
    self.sequence = sequence
  }

  /// The bytes of the header itself.
  public static let byteCount = 8

  /// The bytes behind the padding: its length, and the number of the protocol inside.
  public static let trailerByteCount = 2

  /// The bytes that a packet of a size takes with header, padding and trailer.
  public static func byteCount(around packetByteCount: Int) -> Int {
    byteCount + packetByteCount + paddingByteCount(around: packetByteCount) + trailerByteCount
  }

  /// The largest packet that, with everything that ESP adds, takes no more than some bytes.
  ///
  /// - Returns: at least 0.
  public static func capacity(of limit: Int) -> Int {
    max(0, (limit - byteCount) / 4 * 4 - trailerByteCount)
  }

  /// The padding, 0 to 3 bytes, behind which the trailer ends on a multiple of four.
  static func paddingByteCount(around packetByteCount: Int) -> Int {
    (4 - (packetByteCount + trailerByteCount) % 4) % 4
  }
}
