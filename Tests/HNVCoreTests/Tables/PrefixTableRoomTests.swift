import Testing

@testable import HNVCore

/// A table that grew and shrank beside one built from nothing: in answers, and in room.
struct PrefixTableRoomTests {
  /// What a table takes in memory, counted.
  struct Room {
    var codes = 0
    var items = 0
    var nodes = 0
    var shortcuts = 0
    var values = 0

    init(_ table: PrefixTable<Int>) {
      add(table.slots.v4)
      add(table.slots.v6)
      values = table.v4.count + table.v6.count
    }

    private mutating func add<Bits>(_ slots: FamilySlots<Bits>) {
      for small in slots.small { items += small.items.count }
      for trie in slots.large {
        codes += trie.codes.count
        items += trie.items.count
        nodes += trie.nodes.count
        shortcuts += 2 * trie.shortcuts.entries.count + trie.shortcuts.direct.count
        shortcuts += 2 * trie.shortcuts.headed.count
        shortcuts += 2 * trie.deepShortcuts.entries.count
      }
    }

    /// What the room takes more than a few times that of another and a little, by name.
    func excess(over other: Room, factor: Int) -> [String] {
      let pairs = [
        ("codes", codes, other.codes + 8 * 256), ("items", items, other.items + 64),
        ("nodes", nodes, other.nodes + 8), ("shortcuts", shortcuts, other.shortcuts + 32),
        ("values", values, other.values + 64),
      ]
      return pairs.filter { $0.1 > factor * $0.2 }.map { "\($0.0): \($0.1) over \($0.2)" }
    }
  }

  /// How much more room a table may take for having been larger.
  static let factor = 3

  private func isEmpty(_ table: PrefixTable<Int>) -> Bool {
    let room = Room(table)
    return table.isEmpty && room.items == 0 && room.values == 0 && room.nodes == 0
      && table.slots.v4.small.isEmpty && table.slots.v6.small.isEmpty
  }

  private func fresh(_ matches: [PrefixTable<Int>.Match]) -> PrefixTable<Int> {
    var table = PrefixTable<Int>()
    for match in matches { table.insert(match.value, for: match.prefix) }
    return table
  }

  @Test(arguments: PrefixKind.all)
  func `a table that shrank equals one built from nothing`(kind: PrefixKind) {
    var random = SplitMix64(seed: 3)
    var table = PrefixTable<Int>()
    var prefixes: Set<IPPrefix> = []
    while prefixes.count < kind.most * 2 / 3 { prefixes.insert(kind.randomPrefix(&random)) }
    var order = prefixes.sorted().shuffled(using: &random)
    for (value, prefix) in order.enumerated() { table.insert(value, for: prefix) }
    var compared = 0
    for stay in [order.count / 2, order.count / 8, 17, 16, 15, 14, 1] {
      while order.count > stay { table.remove(order.removeLast()) }
      let fresh = fresh(order.enumerated().map { .init(prefix: $0.element, value: $0.offset) })
      #expect(Array(table) == Array(fresh))
      for _ in 0..<50 {
        let address = kind.family.address(kind.randomAddress(&random))
        #expect(table.matches(for: address) == fresh.matches(for: address))
        #expect(table.longestMatch(for: address) == fresh.longestMatch(for: address))
        #expect(table.nearestMiss(for: address) == fresh.nearestMiss(for: address))
      }
      #expect(Room(table).excess(over: Room(fresh), factor: Self.factor) == [], "\(stay) stay")
      #expect(table.flaws == [])
      compared += 1
    }
    #expect(compared == 7)
    table.remove(order[0])
    #expect(isEmpty(table))
  }

  /// Nodes that lose most of their items, none of them all.
  @Test(arguments: [1, 2, 8])
  func `nodes that were full give their room back`(stay: Int) {
    func host(_ block: Int, _ low: Int) -> PrefixTable<Int>.Match {
      let bits = UInt128(0x0a00_0000 + block * 0x105 % 0x1_0000 * 256 + low) << 96
      return .init(prefix: IPFamily.v4.prefix(bits, 32), value: 256 * block + low)
    }
    let all = (0..<60).flatMap { block in (0..<120).map { host(block, $0) } }
    let few = (0..<60).flatMap { block in (0..<stay).map { host(block, $0) } }
    var table = PrefixTable<Int>()
    table.insert(contentsOf: all)
    let full = Room(table)
    for match in all where match.value & 0xff >= stay { table.remove(match.prefix) }
    #expect(Array(table).count == few.count)
    #expect(Set(table) == Set(few))
    #expect(table.flaws == [])
    #expect(Room(table).excess(over: Room(fresh(few)), factor: Self.factor) == [])
    #expect(full.items > 60 * 120)
  }

  /// Fifteen prefixes are held in a list, sixteen in a trie, whichever way a table comes there.
  @Test(arguments: PrefixKind.all)
  func `the form follows the number of prefixes both ways`(kind: PrefixKind) {
    var random = SplitMix64(seed: 4)
    var prefixes: Set<IPPrefix> = []
    while prefixes.count < 40 { prefixes.insert(kind.randomPrefix(&random)) }
    let order = prefixes.sorted().shuffled(using: &random)
    var table = PrefixTable<Int>()
    func forms() -> (few: Int, many: Int) {
      switch kind.family {
      case .v4: (table.slots.v4.small.count, table.slots.v4.large.count)
      case .v6: (table.slots.v6.small.count, table.slots.v6.large.count)
      }
    }
    for (place, prefix) in order.enumerated() {
      table.insert(place, for: prefix)
      #expect(forms() == (place < 15 ? (1, 0) : (0, 1)), "\(place + 1) prefixes")
    }
    for (place, prefix) in order.enumerated().reversed() {
      #expect(forms() == (place < 15 ? (1, 0) : (0, 1)), "\(place + 1) prefixes")
      table.remove(prefix)
    }
    #expect(isEmpty(table))
  }

  @Test(arguments: PrefixKind.all)
  func `coming and going takes no more room`(kind: PrefixKind) {
    var random = SplitMix64(seed: 1)
    var table = PrefixTable<Int>()
    var prefixes: Set<IPPrefix> = []
    while prefixes.count < 140 { prefixes.insert(kind.randomPrefix(&random)) }
    let order = prefixes.sorted().shuffled(using: &random)
    for prefix in order { table.insert(0, for: prefix) }
    let most = Room(table)
    for _ in 0..<8 {
      for prefix in order.dropFirst(20).shuffled(using: &random) { table.remove(prefix) }
      for prefix in order.dropFirst(20).shuffled(using: &random) { table.insert(0, for: prefix) }
      #expect(Room(table).excess(over: most, factor: 2) == [])
      #expect(table.flaws == [])
    }
    #expect(table.count == 140)
  }
}
