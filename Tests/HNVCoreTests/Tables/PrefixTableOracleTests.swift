import Testing

@testable import HNVCore

/// `PrefixTable` against an obvious list while prefixes come and go.
struct PrefixTableOracleTests {
  /// A table grows, shrinks to a handful and grows again, so that it changes its form each time.
  ///
  /// Its insides are gone through after every change of fewer than 48 prefixes, and every fifth of
  /// more.
  @Test(arguments: PrefixKind.all, [1, 2] as [UInt64])
  func `every answer is that of the list after every change`(kind: PrefixKind, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var (table, plain) = (PrefixTable<Int>(), PlainTable())
    var sights: Set<Sight> = []
    var (grows, turns, hits) = (true, 0, 0)
    var step = 0
    while turns < 2 || plain.entries.count < 24, step < 3_000 {
      step += 1
      if plain.entries.count == (grows ? kind.most : 6) {
        grows.toggle()
        turns += 1
      }
      change(&table, &plain, kind, grows, step, &random)
      for _ in 0..<3 {
        let address = kind.randomQuestion(plain, &random)
        let expected = plain.longestMatch(for: address)
        let found = table.longestMatch(for: kind.family.address(address))
        #expect(isSame(found, expected), "step \(step): \(kind.family.address(address))")
        if expected != nil { hits += 1 }
        sights.formUnion(table.sights(kind.family.address(address)))
      }
      // Going through a larger trie takes a debug build milliseconds.
      if plain.entries.count < 48 || step.isMultiple(of: 5) {
        #expect(table.flaws == [], "step \(step)")
      }
      if step.isMultiple(of: 100) || plain.entries.count < 24 {
        expectSameAnswers(table, plain, kind, &random)
      }
    }
    #expect(turns == 2)
    // Some addresses are in a prefix and some are not.
    #expect(hits > 300 && hits < 3 * step)
    #expect(sights.isSuperset(of: kind.sights), "\(kind.sights.subtracting(sights)) never came")
  }

  /// Inserts or removes a prefix in both, mostly as the table grows or shrinks.
  private func change(
    _ table: inout PrefixTable<Int>, _ plain: inout PlainTable, _ kind: PrefixKind, _ grows: Bool,
    _ step: Int, _ random: inout SplitMix64
  ) {
    var prefix = kind.randomPrefix(&random)
    // Often one that is there: its value is replaced, or it goes.
    let isOld = random.next() % 8 < (grows ? 1 : 7)
    if isOld, let entry = plain.entries.randomElement(using: &random) { prefix = entry.prefix }
    if random.next() % 8 < (grows ? 7 : 1) {
      let expected = plain.insert(step, for: prefix)
      #expect(table.insert(step, for: prefix) == expected, "step \(step): \(prefix)")
    } else {
      let expected = plain.remove(prefix)
      #expect(table.remove(prefix) == expected, "step \(step): \(prefix)")
    }
    #expect(table.count == plain.entries.count)
  }

  /// Asks everything about a few random addresses and prefixes.
  private func expectSameAnswers(
    _ table: PrefixTable<Int>, _ plain: PlainTable, _ kind: PrefixKind,
    _ random: inout SplitMix64
  ) {
    #expect(isSame(Array(table), plain.sorted))
    for _ in 0..<3 {
      let bits = kind.randomQuestion(plain, &random)
      let address = kind.family.address(bits)
      #expect(isSame(table.matches(for: address), plain.matches(for: bits)), "\(address)")
      #expect(isSame(table.nearestMiss(for: address), plain.nearestMiss(for: bits)), "\(address)")
      let length = Int.random(in: 0...kind.family.bitWidth, using: &random)
      for prefix in [kind.randomPrefix(&random), kind.family.prefix(bits, length)] {
        #expect(table[prefix] == plain[prefix], "\(prefix)")
        #expect(isSame(table.covered(by: prefix), plain.covered(by: prefix)), "\(prefix)")
      }
      if let entry = plain.entries.randomElement(using: &random) {
        #expect(table[entry.prefix] == entry.value, "\(entry.prefix)")
      }
    }
  }

  private func isSame(_ match: PrefixTable<Int>.Match?, _ entry: PlainTable.Entry?) -> Bool {
    match?.prefix == entry?.prefix && match?.value == entry?.value
  }

  private func isSame(_ matches: [PrefixTable<Int>.Match], _ entries: [PlainTable.Entry]) -> Bool {
    matches.count == entries.count && zip(matches, entries).allSatisfy { isSame($0, $1) }
  }

  /// So many pairs of octets that each of 65,536 has a place, then so few that this is too much.
  ///
  /// Each pair has a /16, and one of 45 a /24 and two hosts in it; or one of three, and the
  /// shortcuts hold the heads of these many nodes.
  @Test(arguments: [45, 3] as [UInt32])
  func `many pairs of octets have direct shortcuts until few are left`(rarity: UInt32) {
    let pairs = (0..<15_600).map { UInt32($0) &* 40_503 & 0xffff }
    func routes(_ pair: UInt32) -> [PrefixTable<UInt32>.Match] {
      let isDeep = pair % rarity == 0
      let hosts = isDeep ? [(pair << 16 | 0x0101, 32), (pair << 16 | 0x0102, 32)] : []
      let deep = isDeep ? [(pair << 16 | 0x0100, 24)] : []
      return ([(pair << 16, 16)] + deep + hosts).map { bits, length in
        .init(prefix: IPFamily.v4.prefix(UInt128(bits) << 96, length), value: bits)
      }
    }
    func expected(_ bits: UInt32, isThere: Bool) -> UInt32? {
      guard isThere else { return nil }
      let pair = bits >> 16
      if pair % rarity == 0, (0x0101...0x0102).contains(bits & 0xffff) { return bits }
      return pair % rarity == 0 && bits & 0xff00 == 0x0100 ? bits & ~0xff : pair << 16
    }
    var table = PrefixTable<UInt32>()
    table.insert(contentsOf: pairs.flatMap(routes))
    #expect(Set(pairs).count == pairs.count)
    #expect(table.count == pairs.flatMap(routes).count)
    let shortcuts = table.slots.v4.large.first?.shortcuts
    #expect(shortcuts?.direct.count == (rarity == 3 ? 0 : 1 << 16))
    #expect(shortcuts?.headed.count == (rarity == 3 ? 1 << 16 : 0))
    #expect(table.flaws == [])
    func check(_ stay: Int, _ step: Int) {
      var (hits, misses) = (0, 0)
      for place in stride(from: 0, to: pairs.count, by: step) {
        for low in [0, 0x0100, 0x0101, 0x0102, 0xffff] as [UInt32] {
          let address = pairs[place] << 16 | low
          let expected = expected(address, isThere: place < stay)
          #expect(table.longestMatch(for: address.address)?.value == expected)
          if expected == nil { misses += 1 } else { hits += 1 }
        }
      }
      #expect(hits > 0 && (stay == pairs.count || misses > 0))
    }
    check(pairs.count, 25)
    for (place, pair) in pairs.enumerated().dropFirst(200) {
      for route in routes(pair) { table.remove(route.prefix) }
      if place % 2_500 == 0 { #expect(table.flaws == []) }
    }
    #expect(table.flaws == [])
    #expect(table.slots.v4.large.first?.shortcuts.direct.isEmpty == true)
    #expect(table.slots.v4.large.first?.shortcuts.headed.isEmpty == true)
    check(200, 9)
  }
}
