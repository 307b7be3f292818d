/// A dictionary for each length of prefix, asked from the longest on: longest-prefix match as it
/// is written with what the language has.
struct DictionaryByLength<Bits: AddressNumber>: LookupTable, ChangingTable {
  /// What tells a prefix of a length from the others of that length.
  private struct Length {
    let mask: Bits
    var values: [Bits: UInt32]
  }

  /// The longest first.
  private var lengths: [Length]
  /// Where each length stands among them.
  private var places = [Int](repeating: 0, count: Bits.bitWidth + 1)

  init(_ routes: [Route<Bits>]) {
    var counts = [Int](repeating: 0, count: Bits.bitWidth + 1)
    for route in routes { counts[route.length] += 1 }
    lengths = []
    for length in counts.indices.reversed() where counts[length] > 0 {
      places[length] = lengths.count
      var values: [Bits: UInt32] = [:]
      values.reserveCapacity(counts[length])
      lengths.append(
        Length(mask: length == 0 ? 0 : Bits.max << (Bits.bitWidth - length), values: values))
    }
    for route in routes { insert(route) }
  }

  func value(for key: Bits) -> UInt32 {
    for length in lengths {
      if let value = length.values[key & length.mask] { return value }
    }
    return 0
  }

  mutating func insert(_ route: Route<Bits>) {
    lengths[places[route.length]].values[route.bits] = route.value
  }

  mutating func remove(_ route: Route<Bits>) {
    lengths[places[route.length]].values[route.bits] = nil
  }
}
