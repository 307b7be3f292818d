/// The two versions of the Internet Protocol.
public enum IPFamily: Hashable, Sendable, CaseIterable, CustomStringConvertible {
  /// IPv4, with addresses of 32 bits.
  case v4
  /// IPv6, with addresses of 128 bits.
  case v6

  /// The number of bits in an address.
  public var bitWidth: Int {
    switch self {
    case .v4: UInt32.bitWidth
    case .v6: UInt128.bitWidth
    }
  }

  /// `IPv4` or `IPv6`.
  public var description: String {
    switch self {
    case .v4: "IPv4"
    case .v6: "IPv6"
    }
  }
}
