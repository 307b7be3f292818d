import Testing

@testable import HNVCore

/// `ShortcutTable` beside a dictionary.
struct ShortcutTableTests {
  /// Few keys, so that the same ones come and go, and all of them asked after every change.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `every key leads where the dictionary says`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var (table, expected) = (ShortcutTable<FullWidth>(), [UInt64: UInt32]())
    // Many of them belong at the end.
    let strays = (0..<800).map { _ in random.next() >> 32 }
    let keys = strays.prefix(40) + strays.dropFirst(40).filter { table.place(of: $0) == 15 } + [0]
    var (most, removals, wraps) = (0, 0, 0)
    for step in 1...600 {
      let key = keys[Int.random(in: 0..<keys.count, using: &random)]
      // Grows for a hundred steps, then shrinks as long.
      if random.next() % 5 < (step / 100 % 2 == 0 ? 4 : 1) {
        table.set(.route(step), for: key)
        expected[key] = UInt32(step)
      } else {
        table.set(.none, for: key)
        if expected.removeValue(forKey: key) != nil { removals += 1 }
      }
      let wrong = keys.filter { table[$0].word != expected[$0] ?? 0 }
      #expect(wrong == [], "step \(step)")
      #expect(table.listed == expected, "step \(step)")
      most = max(most, expected.count)
      let last = table.entries.count - 1
      if table.entries[0] != 0, table.place(of: table.entries[0] >> 32) > last / 2 {
        wraps += 1
      }
    }
    #expect(most > 30 && removals > 100)
    // Some stood at the start because there was no place left at the end.
    #expect(wraps > 0)
  }

  /// All orders in which five keys that share the last two places can go.
  @Test func `keys around the end close the gap that one leaves`() {
    let table = ShortcutTable<FullWidth>()
    let last = table.entries.count - 1
    let all = (0 as UInt64)...100_000
    let keys =
      all.filter { table.place(of: $0) == last - 1 }.prefix(3)
      + all.filter { table.place(of: $0) == last }.prefix(2)
    #expect(keys.count == 5)
    var orders = 0
    for order in permutations(Array(keys)) {
      var table = ShortcutTable<FullWidth>()
      for (place, key) in order.enumerated() {
        table.set(.tail(place + 1), for: key)
      }
      // Two at the end and three around it.
      #expect(table.entries.indices.filter { table.entries[$0] != 0 } == [0, 1, 2, last - 1, last])
      for gone in order.indices {
        table.set(.none, for: keys[gone])
        for key in keys {
          let place = order.firstIndex(of: key).map { $0 + 1 } ?? 0
          let isThere = !keys[...gone].contains(key)
          #expect(table[key].word == (isThere ? Shortcut.tail(place).word : 0))
        }
      }
      #expect(table.listed.isEmpty)
      orders += 1
    }
    #expect(orders == 120)
  }

  private func permutations(_ keys: [UInt64]) -> [[UInt64]] {
    if keys.isEmpty { return [[]] }
    return keys.indices.flatMap { place in
      var rest = keys
      let key = rest.remove(at: place)
      return permutations(rest).map { [key] + $0 }
    }
  }

  /// Keys of two octets, hashed, then with a place each, then with a head beside each.
  @Test func `shortcuts lead to the same in every form`() {
    var table = ShortcutTable<FullWidth>()
    var expected: [UInt64: UInt32] = [:]
    for number in 0..<18_000 as Range<UInt64> {
      let key = number &* 40_503 & 0xffff
      table.set(.node(Int(number) + 1), for: key)
      expected[key] = Shortcut.node(Int(number) + 1).word
      // One of three places is free, and no more than half of them.
      #expect(table.entries.count <= (number < 10 ? 16 : 5 * Int(number) / 2))
    }
    #expect(expected.count == 18_000)
    var forms = 0
    for form in 0..<3 {
      if form == 1 { table.makeDirect() }
      if form == 2 { table.addHeads((0...18_000).map { 7 * $0 }) }
      #expect(table.direct.count == (form == 1 ? 1 << 16 : 0))
      #expect(table.headed.count == (form == 2 ? 1 << 16 : 0))
      #expect(table.listed == expected)
      for (key, word) in expected { #expect(table[key].word == word) }
      // A third of them goes, which are other ones in each form.
      for number in stride(from: form, to: 18_000, by: 3) {
        let key = UInt64(number) &* 40_503 & 0xffff
        table.set(.none, for: key)
        expected[key] = nil
        #expect(table[key].word == 0)
      }
      #expect(table.listed == expected)
      forms += 1
    }
    #expect(forms == 3 && expected.isEmpty)
  }

  @Test func `a head stays with the node to which its shortcut leads`() {
    var table = ShortcutTable<FullWidth>()
    for key in 1...3 as ClosedRange<UInt64> { table.set(.node(Int(key)), for: key) }
    table.set(.route(2), for: 9)
    table.makeDirect()
    table.addHeads([0, 10, 20, 30])
    func head(_ key: Int) -> UInt32 { UInt32(truncatingIfNeeded: table.headed[key]) }
    #expect([1, 2, 3, 9, 0].map(head) == [10, 20, 30, 0, 0])
    table.setHead(21, of: 2, for: 2)
    // Another node's, and none's.
    table.setHead(22, of: 2, for: 3)
    table.setHead(23, of: 2, for: 9)
    #expect([1, 2, 3, 9, 0].map(head) == [10, 21, 30, 0, 0])
    table.set(.node(1), for: 9, head: 11)
    #expect(head(9) == 11 && table[9].word == Shortcut.node(1).word)
  }

  /// Five octets leave 24 bits to a deep one: 22 name a slot or a node, and those beyond have none.
  @Test func `a deep shortcut that has no room is not there`() {
    var table = ShortcutTable<DeepWidth>()
    let key: UInt64 = 0xff_ffff_ffff
    for (number, isThere) in [(1, true), (1 << 22 - 1, true), (1 << 22, false), (7, true)] {
      for shortcut in [Shortcut.route(number), .tail(number), .node(number)] {
        table.set(shortcut, for: key)
        let found = table[key]
        #expect(found.word == (isThere ? shortcut.word : 0))
        #expect(table[key - 1].word == 0)
      }
    }
    #expect(table.listed.count == 1)
  }

  @Test func `a shortcut is a route, a tail, a node or nothing`() {
    for number in [1, 2, 1 << 20, 1 << 30 - 1] {
      let shortcuts: [Shortcut] = [.route(number), .tail(number), .node(number)]
      #expect(shortcuts.map(\.number) == [number, number, number])
      #expect(shortcuts.map(\.isRoute) == [true, false, false])
      #expect(shortcuts.map(\.isNode) == [false, false, true])
      #expect(shortcuts.prefix(2).map(\.isTail) == [false, true])
    }
    #expect(!Shortcut.none.isRoute && !Shortcut.none.isTail && !Shortcut.none.isNode)
  }
}
