import Testing

@testable import HNVCore

/// `PrefixTable` against a list that is searched entry by entry and bit by bit.
struct PrefixTableGoldenTests {
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `every answer is that of the list, whatever came and went`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let family: IPFamily = seed.isMultiple(of: 2) ? .v4 : .v6
    let pool = nestedPrefixes(family, count: 40, &random)
    var table = PrefixTable<Int>()
    var golden = GoldenTable<Int>()
    for step in 0..<80 {
      let prefix = pool[Int.random(in: 0..<pool.count, using: &random)]
      if Int.random(in: 0..<3, using: &random) == 0 {
        #expect(table.remove(prefix) == golden.remove(prefix))
      } else {
        #expect(table.insert(step, for: prefix) == golden.insert(step, for: prefix))
      }
      #expect(table.count == golden.entries.count)
      #expect(table.flaws == [])
      let address = destination(pool, &random)
      expectSameAnswers(table, golden, for: address)
      #expect(table[prefix] == golden[prefix])
    }
    #expect(isEqual(Array(table), golden.entries))
    for prefix in pool {
      #expect(table[prefix] == golden[prefix])
      #expect(isEqual(table.covered(by: prefix), golden.covered(by: prefix)))
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `the order of insertions leaves no trace`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let prefixes = Array(
      Set(nestedPrefixes(.v4, count: 40, &random) + nestedPrefixes(.v6, count: 40, &random)))
    let expected = PrefixTable(prefixes).shape
    for _ in 0..<4 {
      #expect(PrefixTable(prefixes.shuffled(using: &random)).shape == expected)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `removing undoes inserting`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let prefixes = Set(nestedPrefixes(seed.isMultiple(of: 2) ? .v4 : .v6, count: 30, &random))
    var table = PrefixTable<Int>()
    var shapes = [table.shape]
    let order = prefixes.sorted().shuffled(using: &random)
    for prefix in order {
      table.insert(prefix.length, for: prefix)
      shapes.append(table.shape)
    }
    for prefix in order.reversed() {
      #expect(table.shape == shapes.removeLast())
      table.remove(prefix)
    }
    #expect(table.shape == shapes.removeLast())
  }

  private func expectSameAnswers(
    _ table: PrefixTable<Int>, _ golden: GoldenTable<Int>, for address: IPAddress
  ) {
    let expected = golden.matches(for: address)
    #expect(isEqual(table.matches(for: address), expected), "\(address)")
    #expect(isEqual([table.longestMatch(for: address)], [expected.first]), "\(address)")
    #expect(
      isEqual([table.nearestMiss(for: address)], [golden.nearestMiss(for: address)]), "\(address)")
  }

  private func isEqual(
    _ matches: [PrefixTable<Int>.Match?], _ entries: [GoldenTable<Int>.Entry?]
  ) -> Bool {
    matches == entries.map { entry in entry.map { .init(prefix: $0.prefix, value: $0.value) } }
  }

  /// Prefixes of which many lie within one another or share a path.
  private func nestedPrefixes(
    _ family: IPFamily, count: Int, _ random: inout SplitMix64
  ) -> [IPPrefix] {
    let seeds = (0..<4).map { _ in randomAddress(family, &random) }
    return (0..<count).compactMap { _ in
      let address = nearby(seeds[Int.random(in: 0..<seeds.count, using: &random)], &random)
      let lengths = [0...family.bitWidth, 20...28, family.bitWidth...family.bitWidth]
      let length = Int.random(in: lengths[Int.random(in: 0..<3, using: &random)], using: &random)
      return IPPrefix(containing: address, length: length)
    }
  }

  /// An address that more often than not is in one of the prefixes or just beside it.
  private func destination(_ pool: [IPPrefix], _ random: inout SplitMix64) -> IPAddress {
    let prefix = pool[Int.random(in: 0..<pool.count, using: &random)]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return prefix.first
    case 1: return prefix.last
    case 2: return nearby(prefix.last, &random)
    default: return randomAddress(prefix.family, &random)
    }
  }

  private func randomAddress(_ family: IPFamily, _ random: inout SplitMix64) -> IPAddress {
    switch family {
    case .v4: .v4(IPv4Address(bits: .random(in: 0 ... .max, using: &random)))
    case .v6: .v6(IPv6Address(bits: .random(in: 0 ... .max, using: &random)))
    }
  }

  /// The address with one bit turned over.
  private func nearby(_ address: IPAddress, _ random: inout SplitMix64) -> IPAddress {
    let bit = Int.random(in: 0..<address.family.bitWidth, using: &random)
    switch address {
    case .v4(let address): return .v4(IPv4Address(bits: address.bits ^ 1 << bit))
    case .v6(let address): return .v6(IPv6Address(bits: address.bits ^ 1 << bit))
    }
  }
}

extension PrefixTable where Value == Int {
  fileprivate init(_ prefixes: [IPPrefix]) {
    self.init()
    for prefix in prefixes { insert(prefix.length, for: prefix) }
  }
}

extension PrefixTable {
  /// The nodes and what stands in them, wherever they and it are in the arrays.
  fileprivate var shape: [String] { slots.v4.shape + slots.v6.shape }
}

extension FamilySlots {
  fileprivate var shape: [String] {
    small.flatMap { $0.items.dropFirst().map { "\($0.bits)/\($0.length) is in the list" }.sorted() }
      + large.flatMap { $0.shape(of: OctetTrie<Bits>.root, "") }
  }
}

extension OctetTrie {
  /// The items of a node, and those below it.
  fileprivate func shape(of node: Int, _ way: String) -> [String] {
    var shape: [String] = []
    for item in items[slots(of: node)] {
      if item.isLink {
        shape += ["\(way) \(item.octet) is a link"]
        shape += self.shape(of: item.node, "\(way) \(item.octet)")
      } else {
        let kind = item.isRoute ? "route" : "tail"
        shape.append("\(way) has the \(kind) \(item.bits)/\(item.length)")
      }
    }
    return shape.sorted()
  }
}
