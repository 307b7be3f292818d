import HNVCore

/// A world of three bits somewhere in the address space, small enough to try everything in it.
struct Universe: Sendable {
  static let bits = 3

  let family: IPFamily
  /// The number of bits before those that vary; they are all one, and so are those after.
  let offset: Int

  init(_ family: IPFamily, offset: Int) {
    self.family = family
    self.offset = offset
  }

  /// The eight addresses.
  var addresses: [IPAddress] { (0..<1 << Self.bits).map(address) }

  /// The fifteen prefixes, a shorter one before those within it.
  var prefixes: [IPPrefix] {
    (0...Self.bits).flatMap { length in
      (0..<1 << length).compactMap { number in
        IPPrefix(
          containing: address(number << (Self.bits - length)), length: offset + length)
      }
    }
  }

  /// Every other of the eight prefixes of three bits.
  var hosts: [IPPrefix] {
    stride(from: 0, to: 1 << Self.bits, by: 2).compactMap {
      IPPrefix(containing: address($0), length: offset + Self.bits)
    }
  }

  private func address(_ number: Int) -> IPAddress {
    let shift = family.bitWidth - offset - Self.bits
    switch family {
    case .v4:
      let hole = UInt32(7) << shift
      return .v4(IPv4Address(bits: ~hole | UInt32(number) << shift))
    case .v6:
      let hole = UInt128(7) << shift
      return .v6(IPv6Address(bits: ~hole | UInt128(number) << shift))
    }
  }
}
