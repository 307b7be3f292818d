import Testing

@testable import HNVCore

/// Every table there can be in a world of two bits and half of a third, by itself and in company.
struct PrefixTableExhaustiveTests {
  /// So many prefixes that cover nothing of the world that a table is no list of a few, or none.
  static let companies = [0, PrefixSlots.fewSlots]

  private func company(_ count: Int, _ family: IPFamily) -> [IPPrefix] {
    (0..<count).map { number in
      switch family {
      case .v4: IPPrefix(host: .v4(IPv4Address(bits: UInt32(number) << 1)))
      case .v6: IPPrefix(host: .v6(IPv6Address(bits: UInt128(number) << 1)))
      }
    }
  }

  static let universes = IPFamily.allCases.flatMap { family in
    [0, family.bitWidth - Universe.bits].map { Universe(family, offset: $0) }
  }

  /// Goes through all 2¹¹ sets of prefixes in the order of a Gray code, where each set differs from
  /// the one before in one prefix: it is inserted or removed, with all kinds of company.
  @Test(arguments: universes, companies)
  func `all tables answer right, reached one prefix at a time`(universe: Universe, others: Int) {
    // Of the eight hosts every other one: each then has a neighbour that only shorter ones cover.
    // The Gray code flips its first members most often; those are to be the longest prefixes.
    let prefixes = Array(universe.prefixes.dropLast(8) + universe.hosts).reversed() as [IPPrefix]
    let addresses = universe.addresses
    let covering = addresses.map { address in
      prefixes.indices.filter { prefixes[$0].first <= address && address <= prefixes[$0].last }
    }
    var table = PrefixTable<Int>()
    let company = company(others, universe.family)
    for prefix in company { table.insert(-1, for: prefix) }
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
    #expect(Set(table.map(\.prefix)) == Set(company + [prefixes[prefixes.count - 1]]))
  }

  /// All sets of the seven prefixes of the first two bits, each asked everything.
  @Test(arguments: universes, companies)
  func `all small tables answer everything right`(universe: Universe, others: Int) {
    let prefixes = universe.prefixes.filter { $0.length < universe.offset + Universe.bits }
    var (company, plainCompany) = (PrefixTable<Int>(), PlainTable())
    for prefix in self.company(others, universe.family) {
      #expect(company.insert(-1, for: prefix) == plainCompany.insert(-1, for: prefix))
    }
    for members in 0..<1 << prefixes.count {
      var (table, plain) = (company, plainCompany)
      for (index, prefix) in prefixes.enumerated() where members & 1 << index != 0 {
        #expect(table.insert(index, for: prefix) == plain.insert(index, for: prefix))
      }
      #expect(table.map(\.value) == plain.sorted.map(\.value))
      #expect(table.flaws == [])
      for address in universe.addresses {
        let bits = address.leadingBits
        let matches = plain.matches(for: bits).map(\.value)
        #expect(table.matches(for: address).map(\.value) == matches)
        #expect(table.longestMatch(for: address)?.value == matches.first)
        #expect(table.nearestMiss(for: address)?.value == plain.nearestMiss(for: bits)?.value)
      }
    }
  }
}
