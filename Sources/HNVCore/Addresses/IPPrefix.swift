/// A prefix: all the addresses of one family that begin with the same bits.
///
/// A prefix is canonical: the bits of its address beyond its length are zero, so that equal sets of
/// addresses are equal values.
public struct IPPrefix: Hashable, Sendable {
  /// The address whose leading bits count; all others are zero.
  public let address: IPAddress

  /// The number of bits that count: 0...32 for IPv4, 0...128 for IPv6.
  public let length: Int

  /// The prefix of this length that contains the address; `nil` for a length out of range.
  public init?(containing address: IPAddress, length: Int) {
    guard length >= 0, length <= address.family.bitWidth else { return nil }
    self.init(masking: address, length: length)
  }

  /// The prefix of full length that contains this address alone.
  public init(host address: IPAddress) {
    self.init(masking: address, length: address.family.bitWidth)
  }

  /// The prefix that contains every address of a family: 0.0.0.0/0 or ::/0.
  public static func everything(_ family: IPFamily) -> IPPrefix {
    switch family {
    case .v4: IPPrefix(masking: UInt32.zero.address, length: 0)
    case .v6: IPPrefix(masking: UInt128.zero.address, length: 0)
    }
  }

  /// Clears the bits beyond a length that is known to be in range.
  ///
  /// Who looks up an address for what a prefix stands for alone never comes here: where the prefix
  /// is not used, the compiler leaves it out.
  @inlinable
  init(masking address: IPAddress, length: Int) {
    switch address {
    case .v4(let address):
      self.address = .v4(IPv4Address(bits: address.bits & ~(UInt32.max >> length)))
    case .v6(let address):
      self.address = .v6(IPv6Address(bits: address.bits & ~(UInt128.max >> length)))
    }
    self.length = length
  }
}

extension IPPrefix: Comparable, CustomStringConvertible {
  /// Orders by family, then address, then length, so that a prefix comes before those within it.
  public static func < (left: IPPrefix, right: IPPrefix) -> Bool {
    (left.address, left.length) < (right.address, right.length)
  }

  /// The address, a slash and the length, such as `10.0.1.0/24`.
  public var description: String { "\(address)/\(length)" }
}
