/// An address of either family as a number, in words of eight bytes; the family is told beside it.
struct AddressWords: Hashable, Sendable {
  let high: UInt64
  let low: UInt64

  @inline(__always)
  init(_ bits: UInt128) {
    high = UInt64(truncatingIfNeeded: bits &>> 64)
    low = UInt64(truncatingIfNeeded: bits)
  }

  @inline(__always)
  init(_ address: IPAddress) {
    switch address {
    case .v4(let address): (high, low) = (0, UInt64(address.bits))
    case .v6(let address): (high, low) = (address.high, address.low)
    }
  }

  @inline(__always)
  var bits: UInt128 { UInt128(high) &<< 64 | UInt128(low) }

  /// The number of an IPv4 address.
  @inline(__always)
  var v4: UInt32 { UInt32(truncatingIfNeeded: low) }

  /// Whether it agrees with a number wherever the mask has a one.
  @inline(__always)
  func matches(_ bits: AddressWords, under mask: AddressWords) -> Bool {
    (high & mask.high ^ bits.high) | (low & mask.low ^ bits.low) == 0
  }

  @inline(__always)
  func address(_ family: IPFamily) -> IPAddress {
    switch family {
    case .v4: .v4(IPv4Address(bits: v4))
    case .v6: .v6(IPv6Address(bits: bits))
    }
  }
}
