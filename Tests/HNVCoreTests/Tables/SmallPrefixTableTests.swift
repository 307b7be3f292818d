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

  /// Fills a table with up to as many as it takes, changes some, and asks about the addresses on
  /// both sides of each border.
  private func check<Bits: TrieAddress>(
    _ family: IPFamily, _ seed: UInt64, _ bits: (UInt128) -> Bits
  ) {
    var random = SplitMix64(seed: seed)
    var (table, plain) = (SmallPrefixTable<Bits>(), PlainTable())
    var slots: [IPPrefix: Int] = [:]
    var (mostRanges, moves) = (0, 0)
    for step in 1...70 {
      let prefix = prefix(family, &random)
      let isFull = plain.entries.count == SmallPrefixTable<Bits>.limit
      if isFull || step % 6 == 0, let old = plain.entries.randomElement(using: &random)?.prefix {
        _ = plain.remove(old)
        #expect(table.remove(bits(old.address.leadingBits), old.length) == slots[old])
        slots[old] = nil
        if let move = table.move {
          moves += 1
          #expect(slots.filter { $0.value == move.from }.count == 1)
          slots = slots.mapValues { $0 == move.from ? move.to : $0 }
        }
      }
      let isNew = plain.insert(step, for: prefix) == nil
      let inserted = table.insert(bits(prefix.address.leadingBits), prefix.length)
      #expect(inserted.isNew == isNew)
      if isNew { slots[prefix] = inserted.slot }
      #expect(inserted.slot == slots[prefix])
      // Values stand side by side behind one that is nobody's.
      #expect(slots.values.sorted() == Array(1...plain.entries.count))
      #expect(table.flaws == [])
      let borders = borders(plain, family)
      for border in borders {
        let expected = plain.longestMatch(for: border).map { slots[$0.prefix] } ?? 0
        #expect(table.slot(for: bits(border)) == expected, "step \(step): \(bits(border))")
      }
      mostRanges = max(mostRanges, borders.count / 2)
    }
    // Each of fifteen prefixes apart from the others makes two borders.
    #expect(mostRanges >= 28)
    #expect(moves > 10)
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
