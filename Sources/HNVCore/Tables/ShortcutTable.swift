/// How many bits of an entry a shortcut has; the octets have the rest.
@usableFromInline
protocol ShortcutWidth: Sendable {
  static var bits: UInt64 { get }
}

/// A whole shortcut, and four octets at most.
@usableFromInline
enum FullWidth: ShortcutWidth {
  @inlinable static var bits: UInt64 { 32 }
}

/// What leaves room for five octets: a shortcut that has no room then is left out.
@usableFromInline
enum DeepWidth: ShortcutWidth {
  @inlinable static var bits: UInt64 { 24 }
}

/// Shortcuts by the octets that they are for: hashed, or, where that takes less room, one for each
/// value of two octets (direct pointing: Asai and Ohara, "Poptrie", 2015).
///
/// An entry has the octets in its upper bits and the shortcut in its lower ones. Hashing is open
/// addressing with linear probing (Knuth, The Art of Computer Programming, volume 3, section 6.4,
/// algorithms L and R), two thirds full at most.
@usableFromInline
struct ShortcutTable<Width: ShortcutWidth>: Sendable {
  /// 0 for a free place; one free place where there are direct ones.
  @usableFromInline var entries = [UInt64](repeating: 0, count: 16)
  @usableFromInline var direct: [UInt32] = []
  /// Direct ones in the upper half, and in the lower the head of the node that each leads to: where
  /// there are many nodes, that is one wait less.
  @usableFromInline var headed: [UInt64] = []
  private var count = 0

  /// What octets come to; nothing for what is too big to be as many octets.
  @inlinable @inline(__always)
  subscript(key: UInt64) -> Shortcut {
    if key < UInt64(truncatingIfNeeded: headed.count) {
      return Shortcut(word: UInt32(truncatingIfNeeded: headed[Int(truncatingIfNeeded: key)] &>> 32))
    }
    if key < UInt64(truncatingIfNeeded: direct.count) {
      return Shortcut(word: direct[Int(truncatingIfNeeded: key)])
    }
    var place = place(of: key)
    while true {
      let entry = entries[place]
      if entry &>> Width.bits == key || entry == 0 { return Self.shortcut(entry) }
      place = next(place)
    }
  }

  /// What an entry holds: two bits of flags and a number, which are apart in a shortcut.
  @inlinable @inline(__always)
  static func shortcut(_ entry: UInt64) -> Shortcut {
    let packed = entry & (1 &<< Width.bits &- 1)
    let number = packed & (1 &<< (Width.bits &- 2) &- 1)
    return Shortcut(
      word: UInt32(truncatingIfNeeded: (packed &>> (Width.bits &- 2)) &<< 30 | number))
  }

  /// The entry of a shortcut; `nil` where it has no room, and for none.
  private static func entry(_ key: UInt64, _ shortcut: Shortcut) -> UInt64? {
    let number = UInt64(shortcut.number)
    if shortcut.word == 0 || number >> (Width.bits - 2) != 0 { return nil }
    return key << Width.bits | UInt64(shortcut.word >> 30) << (Width.bits - 2) | number
  }

  /// The hash chooses by its high bits, so that there may be any number of places (Lemire, "Fast
  /// Random Integer Generation in an Interval", 2019).
  @inlinable @inline(__always)
  func place(of key: UInt64) -> Int {
    let hash = (key &* 0x9e37_79b9_7f4a_7c15) &>> 32
    return Int(truncatingIfNeeded: (hash &* UInt64(truncatingIfNeeded: entries.count)) &>> 32)
  }

  @inlinable @inline(__always)
  func next(_ place: Int) -> Int { place &+ 1 == entries.count ? 0 : place &+ 1 }

  mutating func set(_ shortcut: Shortcut, for key: UInt64, head: UInt32 = 0) {
    guard headed.isEmpty else {
      return headed[Int(key)] = UInt64(shortcut.word) << 32 | UInt64(head)
    }
    guard direct.isEmpty else { return direct[Int(key)] = shortcut.word }
    let place = find(key)
    let isNew = entries[place] == 0
    guard let entry = Self.entry(key, shortcut) else { return isNew ? () : remove(at: place) }
    entries[place] = entry
    if isNew { count += 1 }
    if count * 3 > entries.count * 2 { grow() }
  }

  /// The place of a key, or the free one at which the search for it ends.
  private func find(_ key: UInt64) -> Int {
    var place = place(of: key)
    while entries[place] != 0, entries[place] >> Width.bits != key { place = next(place) }
    return place
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: 0, count: old.count / 2 * 3)
    for entry in old where entry != 0 {
      let place = find(entry >> Width.bits)
      entries[place] = entry
    }
  }

  /// Gives each value of two octets, which all keys have, its own place.
  mutating func makeDirect() {
    direct = Array(repeating: 0, count: 1 << 16)
    for entry in entries where entry != 0 {
      direct[Int(entry >> Width.bits)] = Self.shortcut(entry).word
    }
    entries = [0]
  }

  /// Adds the heads of nodes to direct shortcuts.
  mutating func addHeads(_ heads: [UInt32]) {
    headed = direct.map { word in
      let shortcut = Shortcut(word: word)
      return UInt64(word) << 32 | UInt64(shortcut.isNode ? heads[shortcut.number] : 0)
    }
    direct = []
  }

  mutating func setHead(_ head: UInt32, of node: Int, for key: UInt64) {
    let shortcut = UInt64(Shortcut.node(node).word)
    if !headed.isEmpty, headed[Int(key)] >> 32 == shortcut {
      headed[Int(key)] = shortcut << 32 | UInt64(head)
    }
  }

  /// Frees a place, to which those that were put past it move up.
  private mutating func remove(at place: Int) {
    var (gap, place) = (place, next(place))
    while entries[place] != 0 {
      let home = self.place(of: entries[place] >> Width.bits)
      // One whose home lies behind the gap, around the end, stays.
      if gap < place ? home <= gap || place < home : home <= gap && place < home {
        entries[gap] = entries[place]
        gap = place
      }
      place = next(place)
    }
    entries[gap] = 0
    count -= 1
  }
}
