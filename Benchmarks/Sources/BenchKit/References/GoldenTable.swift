/// The obvious longest-prefix match: all prefixes, the longest first, tried one after the other.
///
/// So slow and so plain that it is the judge of every other table.
struct GoldenTable<Bits: FixedWidthInteger & UnsignedInteger & LookupKey>: LookupTable {
  private let routes: [Route<Bits>]

  init(_ routes: [Route<Bits>]) {
    self.routes = routes.sorted { $0.length > $1.length }
  }

  func value(for key: Bits) -> UInt32 {
    routes.first { $0.covers(key) }?.value ?? 0
  }
}

/// A prefix and the number that a lookup finds for it, counted from 1.
struct Route<Bits: FixedWidthInteger & UnsignedInteger>: Hashable {
  let bits: Bits
  let length: Int
  let value: UInt32

  func covers(_ address: Bits) -> Bool {
    length == 0 || (address ^ bits) >> (Bits.bitWidth - length) == 0
  }
}
