import Testing

@testable import HNVCore

/// What holds of a table in whichever form it is: empty, a list of a few, or a trie.
struct PrefixTableFormTests {
  /// How many hosts there are beside the prefixes in question.
  static let companies = [0, 5, 14, 15, 16, 40, 300]

  /// Hosts of 10.0/16, or of 2001:db8::/112.
  private func company(_ count: Int, _ family: IPFamily) -> [IPPrefix] {
    (0..<count).map { number in
      switch family {
      case .v4: family.prefix(UInt128(0x0a00_0000 + number) << 96, 32)
      case .v6: family.prefix(0x2001_0db8 << 96 + UInt128(number), 128)
      }
    }
  }

  private func table(_ count: Int, _ family: IPFamily) -> PrefixTable<Int> {
    var table = PrefixTable<Int>()
    for (number, prefix) in company(count, family).enumerated() {
      table.insert(number, for: prefix)
    }
    return table
  }

  @Test(arguments: companies, IPFamily.allCases)
  func `the default route takes what nothing else does`(count: Int, family: IPFamily) {
    var table = table(count, family)
    let (lowest, highest) = (family.address(0), family.address(.max))
    #expect(table.longestMatch(for: lowest) == nil)
    #expect(table.longestMatch(for: highest) == nil)
    table.insert(-1, for: .everything(family))
    #expect(table.longestMatch(for: lowest)?.prefix == .everything(family))
    #expect(table.longestMatch(for: highest)?.prefix == .everything(family))
    #expect(table.covered(by: .everything(family)).count == count + 1)
    for (number, prefix) in company(count, family).enumerated() {
      #expect(table.matches(for: prefix.address).map(\.value) == [number, -1])
    }
    #expect(table.flaws == [])
    #expect(table.remove(.everything(family)) == -1)
    #expect(table.longestMatch(for: highest) == nil)
    #expect(table.flaws == [])
  }

  @Test(arguments: companies, IPFamily.allCases)
  func `the highest address and its prefixes are found`(count: Int, family: IPFamily) {
    var table = table(count, family)
    let (width, highest) = (family.bitWidth, family.address(.max))
    let below = family.address(.max - (1 << UInt128(128 - width)))
    let lengths = [width, width - 1, width - 7, 9, 8, 1]
    for length in lengths { table.insert(-length, for: family.prefix(.max, length)) }
    #expect(table.matches(for: highest).map(\.value) == lengths.map { -$0 })
    for place in lengths.indices {
      #expect(table.longestMatch(for: highest)?.value == -lengths[place])
      #expect(table.longestMatch(for: below)?.value == -lengths[max(place, 1)])
      #expect(table.flaws == [])
      #expect(table.remove(family.prefix(.max, lengths[place])) == -lengths[place])
      if place == 0 { #expect(table.longestMatch(for: below)?.value == -lengths[1]) }
      if place == lengths.count - 1 { break }
    }
    #expect(table.longestMatch(for: highest) == nil)
  }

  /// Both forms on both sides of the limit, in which a copy has to keep what it had.
  @Test(arguments: [1, 14, 15, 16, 17, 300], IPFamily.allCases)
  func `a copy stays as it was while the other changes`(count: Int, family: IPFamily) {
    let original = table(count, family)
    let expected = Array(original)
    #expect(expected.map(\.prefix) == company(count, family))
    var (emptied, grown) = (original, original)
    for prefix in company(count, family) { emptied.remove(prefix) }
    for number in 0..<40 {
      grown.insert(-number, for: family.prefix(0xff << 120 | UInt128(number) << 96, 32))
      grown.insert(number + 1_000, for: company(count, family)[number % count])
    }
    #expect(Array(original) == expected)
    #expect(original.longestMatch(for: expected[0].prefix.address) == expected[0])
    #expect(emptied.isEmpty)
    #expect(grown.count == count + 40)
    for table in [original, emptied, grown] { #expect(table.flaws == []) }
  }

  /// The trunk is found when there are sixteen prefixes, fifteen of them in 10/8 or fd00::/8, and
  /// stays the same while others come and these go but for one, which is then a tail of the root.
  @Test(arguments: 0..<15, IPFamily.allCases)
  func `the last prefix on the trunk is found above it`(last: Int, family: IPFamily) {
    let trunk: UInt128 = family == .v4 ? 0x0a << 120 : 0xfd << 120
    let hosts = (0..<15).map { family.prefix(trunk | UInt128($0) << 112 | 7, family.bitWidth) }
    let others = (0..<16).map { family.prefix(UInt128(100 + $0) << 120, 8) }
    var table = PrefixTable<Int>()
    for (number, prefix) in (hosts + others).enumerated() { table.insert(number, for: prefix) }
    for prefix in hosts where prefix != hosts[last] {
      table.remove(prefix)
      #expect(table.longestMatch(for: hosts[last].address)?.value == last)
      #expect(table.flaws == [])
    }
    #expect(table.longestMatch(for: hosts[last].address)?.prefix == hosts[last])
    table.remove(hosts[last])
    #expect(table.longestMatch(for: hosts[last].address) == nil)
    #expect(table.flaws == [])
  }

  @Test func `of several values for a prefix the last stays`() {
    var random = SplitMix64(seed: 5)
    for kind in PrefixKind.all {
      // As few prefixes as the same ones come again.
      let pool = (0..<200).map { _ in kind.randomPrefix(&random) }
      let routes = (0..<500).map { value in
        PrefixTable<Int>.Match(
          prefix: pool[Int.random(in: 0..<pool.count, using: &random)], value: value)
      }
      for count in [0, 1, 6, 7, 15, 16, 500] {
        var expected: [IPPrefix: Int] = [:]
        for route in routes.prefix(count) { expected[route.prefix] = route.value }
        var (all, single) = (PrefixTable<Int>(), PrefixTable<Int>())
        all.insert(contentsOf: routes.prefix(count))
        for route in routes.prefix(count) { single.insert(route.value, for: route.prefix) }
        #expect(all.map(\.prefix) == expected.keys.sorted())
        #expect(all.allSatisfy { expected[$0.prefix] == $0.value })
        #expect(Array(all) == Array(single))
        #expect(all.flaws == [])
      }
      #expect(Set(routes.map(\.prefix)).count < 200)
    }
  }

  @Test func `a replaced value is let go of a few prefixes`() throws {
    final class Token: Sendable {}
    var table = PrefixTable<Token>()
    var released = 0
    for _ in 0..<3 {
      weak var watched: Token?
      do {
        let token = Token()
        watched = token
        table.insert(token, for: try IPPrefix(parsing: "10.0.0.0/8"))
      }
      #expect(watched != nil)
      table.insert(Token(), for: try IPPrefix(parsing: "10.0.0.0/8"))
      if watched == nil { released += 1 }
    }
    #expect(released == 3)
  }

  /// The filler of empty slots stays the same when a table is laid out again, in whatever order.
  @Test func `a table laid out again keeps one removed value at most`() throws {
    final class Token: Sendable {}
    struct Watch { weak var token: Token? }
    var table = PrefixTable<Token>()
    var watches: [Watch] = []
    func add(_ text: String) throws {
      let token = Token()
      watches.append(Watch(token: token))
      table.insert(token, for: try IPPrefix(parsing: text))
    }
    // The first item of the first node is a tail, and there are links beside it.
    for text in ["0.0.0.0/8", "1.0.0.0/24"] { try add(text) }
    let hosts = (0..<400).map { "10.0.\($0 / 200).\($0 % 200)/32" }
    for host in hosts { try add(host) }
    table.remove(try IPPrefix(parsing: "0.0.0.0/8"))
    for host in hosts.dropFirst(20) { table.remove(try IPPrefix(parsing: host)) }
    table.remove(try IPPrefix(parsing: "1.0.0.0/24"))
    #expect(table.count == 20)
    let alive = watches.count { $0.token != nil }
    #expect((20...21).contains(alive), "\(alive - 20) removed values are kept")
  }

  /// A large table fills empty slots with copies of one value, which may be a removed one's.
  @Test(arguments: [1, 5, 15, 16, 17, 60, 300], IPFamily.allCases)
  func `removed values are let go, but for one of a large table`(count: Int, family: IPFamily) {
    final class Token: Sendable {}
    struct Watch { weak var token: Token? }
    var table = PrefixTable<Token>()
    var watches: [Watch] = []
    var random = SplitMix64(seed: UInt64(count))
    let order = company(count, family).shuffled(using: &random)
    for prefix in order {
      let token = Token()
      watches.append(Watch(token: token))
      table.insert(token, for: prefix)
    }
    #expect(watches.allSatisfy { $0.token != nil })
    for (place, prefix) in order.enumerated() {
      table.remove(prefix)
      let isLarge = count - place > PrefixSlots.fewSlots
      let kept = watches[...place].count { $0.token != nil }
      #expect(kept <= (isLarge ? 1 : 0), "\(place + 1) of \(count) removed")
      #expect(watches[(place + 1)...].allSatisfy { $0.token != nil })
    }
  }
}
