import Testing

@testable import HNVCore

/// The form of a few prefixes, by itself: its ranges at their most, and its slots.
///
/// `PrefixTableExhaustiveTests` goes through all sets of prefixes in a small universe.
struct SmallPrefixTableTests {
  @Test(arguments: 0..<3 as Range<UInt64>)
  func `every border of a range is where the list has it`(seed: UInt64) {
    check(.v4, seed) { UInt32(truncatingIfNeeded: $0 >> 96) }
    check(.v6, seed) { $0 }
  }

  /// Asks sets of up to as many prefixes as there may be about the addresses on both sides of each
  /// border.
  private func check<Bits: TrieAddress>(
    _ family: IPFamily, _ seed: UInt64, _ bits: (UInt128) -> Bits
  ) {
    var random = SplitMix64(seed: seed)
    var mostRanges = 0
    for count in 1..<PrefixSlots.fewSlots {
      for _ in 0..<4 {
        var plain = PlainTable()
        while plain.entries.count < count { _ = plain.insert(0, for: prefix(family, &random)) }
        let prefixes = plain.entries.map(\.prefix)
        let table = SmallPrefixTable<Bits>(
          [.none] + prefixes.map { .route(bits($0.address.leadingBits), $0.length) })
        #expect(table.flaws == [])
        let borders = borders(plain, family)
        for border in borders {
          let expected = plain.longestMatch(for: border).flatMap { match in
            prefixes.firstIndex(of: match.prefix)
          }
          #expect(table.slot(for: bits(border)) == expected.map { $0 + 1 } ?? 0, "\(bits(border))")
        }
        mostRanges = max(mostRanges, borders.count / 2)
      }
    }
    // Each of fifteen prefixes apart from the others makes two borders.
    #expect(mostRanges >= 28)
  }

  /// Prefixes with room between them, of which one in eight lies in another.
  private func prefix(_ family: IPFamily, _ random: inout SplitMix64) -> IPPrefix {
    let length = random.next() % 8 == 0 ? 3 : Int.random(in: 12...family.bitWidth, using: &random)
    return family.prefix(.random(in: 0 ... .max, using: &random), length)
  }

  /// The first and last address of each prefix and those just outside, and of the whole family.
  private func borders(_ table: PlainTable, _ family: IPFamily) -> Set<UInt128> {
    let one: UInt128 = 1 << UInt128(128 - family.bitWidth)
    let highest = UInt128.max - (one - 1)
    return Set(
      table.entries.flatMap { entry in
        let last = entry.prefix.last.leadingBits
        return [entry.bits &- one, entry.bits, last, last &+ one]
      } + [0, highest])
  }
}
