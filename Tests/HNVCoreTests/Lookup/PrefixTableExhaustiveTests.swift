import Testing

@testable import HNVCore

/// Every table there can be in a world of three bits.
struct PrefixTableExhaustiveTests {
  static let universes = IPFamily.allCases.flatMap { family in
    [0, family.bitWidth - Universe.bits].map { Universe(family, offset: $0) }
  }

  /// Goes through all 2¹⁵ sets of prefixes in the order of a Gray code, where each set differs from
  /// the one before in one prefix: it is inserted or removed, with all kinds of company.
  @Test(arguments: universes)
  func `all tables answer right, reached one prefix at a time`(universe: Universe) {
    // The Gray code flips its first members most often; those are to be the longest prefixes.
    let prefixes = Array(universe.prefixes.reversed())
    let addresses = universe.addresses
    let covering = addresses.map { address in
      prefixes.indices.filter { prefixes[$0].first <= address && address <= prefixes[$0].last }
    }
    var table = PrefixTable<Int>()
    var members = 0
    for step in 1..<1 << prefixes.count {
      let flipped = step.trailingZeroBitCount
      members ^= 1 << flipped
      if members & 1 << flipped != 0 {
        table.insert(flipped, for: prefixes[flipped])
      } else {
        table.remove(prefixes[flipped])
      }
      // Only where the flipped prefix covers may the answer change; one more is asked in turn.
      for turn in addresses.indices
      where covering[turn].contains(flipped) || turn == step / 2 % addresses.count {
        let expected = covering[turn].first { members & 1 << $0 != 0 }
        let found = table.longestMatch(for: addresses[turn])?.value
        if found != expected {
          Issue.record("\(addresses[turn]) finds \(found ?? -1) in table \(members)")
        }
      }
      if step.isMultiple(of: 64) { #expect(table.flaws == []) }
    }
    #expect(table.map(\.prefix) == [prefixes[prefixes.count - 1]])
  }

  /// All sets of the seven prefixes of the first two bits, each asked everything.
  @Test(arguments: universes)
  func `all small tables answer everything right`(universe: Universe) {
    let prefixes = universe.prefixes.filter { $0.length < universe.offset + Universe.bits }
    for members in 0..<1 << prefixes.count {
      var table = PrefixTable<Int>()
      var golden = GoldenTable<Int>()
      for (index, prefix) in prefixes.enumerated() where members & 1 << index != 0 {
        table.insert(index, for: prefix)
        golden.insert(index, for: prefix)
      }
      #expect(table.map(\.value) == golden.entries.map(\.value))
      #expect(table.flaws == [])
      for address in universe.addresses {
        let matches = golden.matches(for: address).map(\.value)
        #expect(table.matches(for: address).map(\.value) == matches)
        #expect(table.longestMatch(for: address)?.value == matches.first)
        #expect(table.nearestMiss(for: address)?.value == golden.nearestMiss(for: address)?.value)
      }
    }
  }
}
