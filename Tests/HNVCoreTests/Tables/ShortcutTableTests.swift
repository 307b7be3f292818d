import Testing

@testable import HNVCore

/// `ShortcutTable` beside a dictionary.
struct ShortcutTableTests {
  /// Few keys, so that the same ones come and go, and all of them asked after every change.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `every key leads where the dictionary says`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var (table, expected) = (ShortcutTable(), [UInt64: UInt32]())
    // Many of them belong at the end.
    let strays = (0..<800).map { _ in random.next() >> 32 }
    let keys = strays.prefix(40) + strays.dropFirst(40).filter { table.place(of: $0) == 15 } + [0]
    var (most, removals, wraps) = (0, 0, 0)
    for step in 1...600 {
      let key = keys[Int.random(in: 0..<keys.count, using: &random)]
      // Grows for a hundred steps, then shrinks as long.
      if random.next() % 5 < (step / 100 % 2 == 0 ? 4 : 1) {
        table.set(.route(step), for: key, allowsDirect: true)
        expected[key] = UInt32(step)
      } else {
        table.set(.none, for: key, allowsDirect: true)
        if expected.removeValue(forKey: key) != nil { removals += 1 }
      }
      let wrong = keys.filter { table[$0].word != expected[$0] ?? 0 }
      #expect(wrong == [], "step \(step)")
      #expect(table.listed() == expected, "step \(step)")
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
    let table = ShortcutTable()
    let last = table.entries.count - 1
    let all = (0 as UInt64)...100_000
    let keys =
      all.filter { table.place(of: $0) == last - 1 }.prefix(3)
      + all.filter { table.place(of: $0) == last }.prefix(2)
    #expect(keys.count == 5)
    var orders = 0
    for order in permutations(Array(keys)) {
      var table = ShortcutTable()
      for (place, key) in order.enumerated() {
        table.set(.tail(place + 1), for: key, allowsDirect: true)
      }
      // Two at the end and three around it.
      #expect(table.entries.indices.filter { table.entries[$0] != 0 } == [0, 1, 2, last - 1, last])
      for gone in order.indices {
        table.set(.none, for: keys[gone], allowsDirect: true)
        for key in keys {
          let place = order.firstIndex(of: key).map { $0 + 1 } ?? 0
          let isThere = !keys[...gone].contains(key)
          #expect(table[key].word == (isThere ? Shortcut.tail(place).word : 0))
        }
      }
      #expect(table.listed().isEmpty)
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

  /// Keys of two octets become direct ones when hashing them would take as much room; those of four
  /// cannot.
  @Test(arguments: [true, false])
  func `many keys become direct ones where that can be`(allowsDirect: Bool) {
    var table = ShortcutTable()
    var isDirect: [Bool] = []
    for number in 0..<18_000 as Range<UInt64> {
      let key = number &* 40_503 & 0xffff
      table.set(.node(Int(number) + 1), for: key, allowsDirect: allowsDirect)
      isDirect.append(!table.direct.isEmpty)
      // A place of a hashed one takes twice that of a direct one, and one of three is free.
      #expect(table.entries.count <= (number < 10 ? 16 : 5 * Int(number) / 2))
    }
    #expect(isDirect.contains(true) == allowsDirect)
    #expect((table.entries.count == 1) == allowsDirect)
    #expect(!isDirect[10_000])
    // Every other one goes.
    for number in stride(from: 0, to: 18_000, by: 2) as StrideTo<UInt64> {
      table.set(.none, for: number &* 40_503 & 0xffff, allowsDirect: allowsDirect)
    }
    var (there, absent) = (0, 0)
    for number in 0..<20_000 as Range<UInt64> {
      let isThere = number < 18_000 && number % 2 == 1
      let found = table[number &* 40_503 & 0xffff]
      #expect(found.word == (isThere ? Shortcut.node(Int(number) + 1).word : 0))
      if isThere { there += 1 } else { absent += 1 }
    }
    #expect(there == 9_000 && absent == 11_000)
  }

  /// Five octets leave 24 bits to a deep one: 22 name a slot or a node, and those beyond have none.
  @Test func `a deep shortcut that has no room is not there`() {
    var table = ShortcutTable()
    let key: UInt64 = 0xff_ffff_ffff
    for (number, isThere) in [(1, true), (1 << 22 - 1, true), (1 << 22, false), (7, true)] {
      for shortcut in [Shortcut.route(number), .tail(number), .node(number)] {
        table.set(shortcut, for: key, width: ShortcutTable.deepWidth)
        let found = table[key, width: ShortcutTable.deepWidth]
        #expect(found.word == (isThere ? shortcut.word : 0))
        #expect(table[key - 1, width: ShortcutTable.deepWidth].word == 0)
      }
    }
    #expect(table.listed(ShortcutTable.deepWidth).count == 1)
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
