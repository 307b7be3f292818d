/// An address of either family; all of IPv4 comes before all of IPv6.
public enum IPAddress: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// An IPv4 address.
  case v4(IPv4Address)
  /// An IPv6 address; an IPv4-mapped one is of this family and equals no IPv4 address.
  case v6(IPv6Address)

  /// Reads an address of either family; the first dot or colon in the text decides.
  ///
  /// - Throws: A diagnostic of the rule `ipv4-syntax` or `ipv6-syntax` where the family is clear,
  ///   else of `ip-syntax`.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(Diagnostic) {
    self = try Self(reading: Array(text.utf8)[...], of: text)
  }

  /// Reads an address from part of a text; a diagnostic shows the whole text.
  init(reading part: ArraySlice<UInt8>, of text: String) throws(Diagnostic) {
    switch part.first(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) {
    case UInt8(ascii: "."):
      let reading = Reading(text: text, rule: .ipv4Syntax)
      self = .v4(IPv4Address(bits: try IPv4Address.bits(part, reading)))
    case UInt8(ascii: ":"):
      let reading = Reading(text: text, rule: .ipv6Syntax)
      self = .v6(IPv6Address(bits: try IPv6Address.bits(part, reading)))
    default:
      let reading = Reading(text: text, rule: .ipSyntax)
      try reading.requireAddress(part)
      throw reading.diagnostic("the address has neither dots nor colons")
    }
  }

  /// The family that the address is of.
  public var family: IPFamily {
    switch self {
    case .v4: .v4
    case .v6: .v6
    }
  }
}

extension IPAddress: ASCIIText {
  /// The dotted quad of IPv4 or the RFC 5952 form of IPv6.
  public var description: String { String(ascii: self) }

  package static var longestText: Int { IPv6Address.longestText }

  package func write(to text: inout OutputSpan<UInt8>) {
    switch self {
    case .v4(let address): address.write(to: &text)
    case .v6(let address): address.write(to: &text)
    }
  }
}

/// The two versions of the Internet Protocol.
public enum IPFamily: Hashable, Sendable, CaseIterable, CustomStringConvertible, BitwiseCopyable {
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

/// The addresses that have a meaning of their own.
extension IPAddress {
  /// Whether this is 0.0.0.0 (RFC 1122 section 3.2.1.3) or :: (RFC 4291 section 2.5.2).
  public var isUnspecified: Bool {
    switch self {
    case .v4(let address): address.bits == 0
    case .v6(let address): address.bits == 0
    }
  }

  /// Whether this is in 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 section 2.7).
  public var isMulticast: Bool {
    switch self {
    case .v4(let address): address.bits >> 28 == 0xe
    case .v6(let address): address.bits >> 120 == 0xff
    }
  }

  /// Whether this is in 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291 section 2.5.6).
  ///
  /// Multicast of link-local scope, such as ff02::1, is not meant.
  public var isLinkLocal: Bool {
    switch self {
    case .v4(let address): address.bits >> 16 == 0xa9fe
    case .v6(let address): address.bits >> 118 == 0xfe80 >> 6
    }
  }

  /// Whether this is 255.255.255.255 (RFC 919 section 7); IPv6 has no broadcast.
  public var isLimitedBroadcast: Bool { self == .v4(IPv4Address(bits: .max)) }

  /// Whether this is in 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or is ::1 (RFC 4291 section 2.5.3).
  public var isLoopback: Bool {
    switch self {
    case .v4(let address): address.bits >> 24 == 127
    case .v6(let address): address.bits == 1
    }
  }
}

/// The integer that holds an address: `UInt32` for IPv4 and `UInt128` for IPv6.
@usableFromInline
protocol AddressBits: FixedWidthInteger, UnsignedInteger, Sendable {
  /// The address with these bits.
  var address: IPAddress { get }
}

extension AddressBits {
  /// The bits with all but the first `length` cleared; the length is at most the bit width.
  func masked(to length: Int) -> Self { self & ~Self.hostMask(length) }

  /// Ones in all bits beyond the first `length`, which is at most the bit width.
  static func hostMask(_ length: Int) -> Self { Self.max >> length }

  /// The number of leading bits that two addresses share.
  func sharedLength(with other: Self) -> Int { (self ^ other).leadingZeroBitCount }
}

extension UInt32: AddressBits {
  @inlinable var address: IPAddress { .v4(IPv4Address(bits: self)) }
}

extension UInt128: AddressBits {
  @inlinable var address: IPAddress { .v6(IPv6Address(bits: self)) }
}

extension IPAddress {
  /// The number of leading bits shared with another address; `nil` for one of the other family.
  func sharedLength(with other: IPAddress) -> Int? {
    switch (self, other) {
    case (.v4(let left), .v4(let right)): left.bits.sharedLength(with: right.bits)
    case (.v6(let left), .v6(let right)): left.bits.sharedLength(with: right.bits)
    default: nil
    }
  }

  /// The address with ones in all bits beyond the first `length`.
  func filled(beyond length: Int) -> IPAddress {
    switch self {
    case .v4(let address): (address.bits | UInt32.hostMask(length)).address
    case .v6(let address): (address.bits | UInt128.hostMask(length)).address
    }
  }
}

extension IPAddress {
  /// Whether the address can be that of one machine: it is neither unspecified nor a group's.
  package var isOneMachine: Bool { !isUnspecified && !isMulticast && !isLimitedBroadcast }
}
