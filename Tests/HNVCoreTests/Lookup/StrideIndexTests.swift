import Testing

@testable import HNVCore

/// The index of a large table beside the trie that it is made of.
struct StrideIndexTests {
  private struct Route: Hashable {
    let bits: UInt32
    let length: UInt8

    init(_ address: UInt32, _ length: UInt8) {
      bits = address.masked(to: Int(length))
      self.length = length
    }

    /// The first and the last address, and their neighbours outside.
    var edges: [UInt32] {
      let last = bits | UInt32.hostMask(Int(length))
      return [bits, last, bits &- 1, last &+ 1]
    }
  }

  /// Routes of all lengths, some of them within one another and side by side.
  private static func route(_ random: inout SplitMix64) -> Route {
    let number = UInt32(truncatingIfNeeded: random.next())
    switch random.next() % 4 {
    case 0: return Route(number, UInt8(random.next() % 33))
    // A crowd in which most have a longer one, or a shorter.
    case 1: return Route(0x0a00_0000 | number & 0xfff, UInt8(20 + random.next() % 13))
    case 2: return Route(0x0a00_0000 | number & 0xff_0000, UInt8(8 + random.next() % 17))
    default: return Route(number, 24)
    }
  }

  private static func expectAgreement(_ table: IndexedTrie<UInt32>, at addresses: [UInt32]) {
    for address in addresses {
      let (one, other) = (
        table.longestMatch(for: address), table.trie.longestMatch(for: address)
      )
      #expect(one.slot == other?.slot ?? -1 && one.length == other?.length ?? 0)
      if let other { #expect(address.masked(to: Int(one.length)) == other.bits) }
    }
  }

  /// A table that holds the same and came about in one go, in order.
  private static func expectShape(of table: IndexedTrie<UInt32>) throws {
    let index = try #require(table.index)
    var fresh = StrideIndex(for: 1 << 20)
    while fresh.rootBits > index.rootBits {
      fresh = StrideIndex(for: fresh.rootBits == 16 ? 1_000 : 1)
    }
    for entry in table.trie.entries {
      fresh.insert(entry.slot, entry.bits, length: entry.length)
    }
    #expect(fresh.rootBits == index.rootBits && fresh.nodeCount == index.nodeCount)
  }

  @Test(arguments: UInt64(0)..<6)
  func `an index says what the trie says, whatever comes and goes`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var table = IndexedTrie<UInt32>([])
    var present: [Route] = []
    var slots: [Route: Int32] = [:]
    // So many that the first node grows twice, and back to a handful.
    for target in [300, 30, 9_000, 4_000, 0] {
      while present.count != target {
        let isGrowing = present.count < target
        if isGrowing == (random.next() % 5 != 0) || present.isEmpty {
          let route = Self.route(&random)
          let slot = slots[route] ?? Int32(slots.count)
          slots[route] = slot
          let before = table.trie.count
          #expect(table.insert(slot, route.bits, length: route.length) == slot)
          if table.trie.count > before { present.append(route) }
          if random.next() % 8 == 0 { Self.expectAgreement(table, at: route.edges) }
        } else {
          let route = present.remove(at: Int(random.next() % UInt64(present.count)))
          #expect(table.remove(route.bits, length: route.length) == slots[route])
          if random.next() % 8 == 0 { Self.expectAgreement(table, at: route.edges) }
        }
      }
      Self.expectAgreement(table, at: present.flatMap { $0.edges })
      Self.expectAgreement(
        table, at: (0..<2_000).map { _ in .init(truncatingIfNeeded: random.next()) })
      try Self.expectShape(of: table)
    }
  }

  @Test func `a default route comes and goes beneath all others`() {
    var table = IndexedTrie<UInt32>([])
    for number in 0..<UInt32(100) { _ = table.insert(Int32(number), number << 24, length: 16) }
    let nodes = table.index?.nodeCount
    #expect(table.longestMatch(for: 200 << 24).slot == -1)
    _ = table.insert(100, 0, length: 0)
    #expect(table.longestMatch(for: 200 << 24).slot == 100)
    #expect(table.longestMatch(for: 5 << 24 | 9).slot == 5)
    #expect(table.longestMatch(for: 5 << 24 | 1 << 16).slot == 100)
    #expect(table.remove(0, length: 0) == 100)
    #expect(table.longestMatch(for: 5 << 24 | 1 << 16).slot == -1)
    #expect(table.index?.nodeCount == nodes)
  }

  @Test func `a copy keeps what it had`() {
    var table = IndexedTrie<UInt32>([])
    for number in 0..<UInt32(100) { _ = table.insert(Int32(number), number << 24, length: 8) }
    let copy = table
    _ = table.remove(7 << 24, length: 8)
    #expect(table.longestMatch(for: 7 << 24 | 1).slot == -1)
    #expect(copy.longestMatch(for: 7 << 24 | 1).slot == 7)
  }
}
