/// The integer that holds an address: `UInt32` for IPv4 and `UInt128` for IPv6.
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
  var address: IPAddress { .v4(IPv4Address(bits: self)) }
}

extension UInt128: AddressBits {
  var address: IPAddress { .v6(IPv6Address(bits: self)) }
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
