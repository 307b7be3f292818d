/// What the first octets behind the trunk come to, all at once.
///
/// The *trunk* is the way that nearly all prefixes of a table share: 10/8, fd00::/64. There is a
/// shortcut for each item that stands for one value of the octets behind it, two in IPv4 and four
/// in IPv6: what is covered by shorter routes alone, and what is off the trunk, is searched from
/// the first node. So a shortcut follows from one item, and a change of one changes one.
extension OctetTrie {
  /// The depth of the nodes whose items the shortcuts lead to.
  private var depth: Int { depthBehindShortcuts - 8 }

  /// Makes all shortcuts from what there is now; the trunk may be another one.
  mutating func makeShortcuts() {
    upkeep[0].countAtShortcuts = upkeep[0].count
    shortcuts = ShortcutTable()
    let top = findTrunk()
    makeShortcuts(below: top, Bits(trunk), trunkLength)
  }

  private mutating func makeShortcuts(below node: Int, _ bits: Bits, _ depth: Int) {
    for code in 0..<Int(nodes[node].specials) where depth < self.depth {
      let item = items[slot(node, code + 1)]
      guard item.isLink else { continue }
      let octet = Bits(truncatingIfNeeded: item.octet) << Bits(Bits.bitWidth - 8 - depth)
      makeShortcuts(below: item.node, bits | octet, depth + 8)
    }
    if depth == self.depth { refreshShortcuts(of: node, bits, depth) }
  }

  /// Brings the shortcuts for all items of a node up to date.
  mutating func refreshShortcuts(of node: Int, _ bits: Bits, _ depth: Int) {
    for slot in slots(of: node) {
      let item = items[slot]
      if !item.isRoute {
        refreshShortcut(item.octet, of: node, bits, depth)
      } else if item.length == depth + 8 {
        refreshShortcut(item.bits.octet(at: depth), of: node, bits, depth)
      }
    }
  }

  /// Brings the shortcut for an octet of a node up to date, if there can be one; the node is on the
  /// way to some bits.
  @inline(__always)
  mutating func refreshShortcut(_ octet: Int, of node: Int, _ bits: Bits, _ depth: Int) {
    if depth == self.depth { refreshShortcut(octet, of: node, bits) }
  }

  private mutating func refreshShortcut(_ octet: Int, of node: Int, _ bits: Bits) {
    guard bits.agrees(with: Bits(trunk), to: trunkLength) else { return }
    let key = bits.shortcutKey(at: trunkLength) & ~255 | UInt32(octet)
    let code = code(node, octet)
    let slot = slot(node, code)
    let item = items[slot]
    if code == 0 {
      setShortcut(.none, for: key)
    } else if item.isRoute {
      setShortcut(item.length == depth + 8 ? .route(slot) : .none, for: key)
    } else if item.isLink {
      nodes[item.node].cover = item.fallback == 0 ? 0 : UInt32(self.slot(node, item.fallback))
      setShortcut(.node(item.node), for: key)
    } else {
      setShortcut(.tail(slot), for: key)
    }
  }

  private mutating func setShortcut(_ shortcut: Shortcut, for key: UInt32) {
    shortcuts.set(shortcut, for: key, allowsDirect: Bits.shortcutOctets == 2)
  }

  /// Goes down from the first node while one link leads to seven of eight prefixes.
  private mutating func findTrunk() -> Int {
    (trunk, trunkLength) = (Bits(0).stored, 0)
    let weights = weights()
    var node = Self.root
    while trunkLength < Bits.bitWidth - 8 * Bits.shortcutOctets {
      let links = (0..<Int(nodes[node].specials)).map { items[slot(node, $0 + 1)] }
      guard let link = links.first(where: { $0.isLink && weights[$0.node] > count / 8 * 7 })
      else { break }
      trunkLength += 8
      let octet = Bits(truncatingIfNeeded: link.octet) << Bits(Bits.bitWidth - trunkLength)
      trunk = (Bits(trunk) | octet).stored
      node = link.node
    }
    return node
  }

  /// How many prefixes there are in and below each node.
  private func weights() -> [Int] {
    var weights = nodes.map { Int($0.count) }
    // A node comes behind its parent here, so that the sums go up from the last.
    var order = [Self.root]
    var parents = [Self.root]
    var next = 0
    while next < order.count {
      let node = order[next]
      for code in 0..<Int(nodes[node].specials) where items[slot(node, code + 1)].isLink {
        order.append(items[slot(node, code + 1)].node)
        parents.append(node)
      }
      next += 1
    }
    for place in order.indices.dropFirst().reversed() {
      weights[parents[place]] += weights[order[place]] - 1
    }
    return weights
  }
}

/// What some octets come to.
@usableFromInline
struct Shortcut: Sendable {
  /// A slot, or a node where the upmost bit is set; 0 for nothing.
  ///
  /// The next bit marks a slot whose route may not cover all addresses with the octets.
  @usableFromInline let word: UInt32

  @inlinable @inline(__always) init(word: UInt32) { self.word = word }

  @inlinable static var none: Shortcut { Shortcut(word: 0) }
  static func route(_ slot: Int) -> Shortcut { Shortcut(word: UInt32(slot)) }
  static func tail(_ slot: Int) -> Shortcut { Shortcut(word: UInt32(slot) | 1 << 30) }
  static func node(_ node: Int) -> Shortcut { Shortcut(word: UInt32(node) | 1 << 31) }

  @inlinable @inline(__always) var isNode: Bool { Int32(bitPattern: word) < 0 }
  /// A route that covers all addresses with these octets.
  @inlinable @inline(__always) var isRoute: Bool { !isNode && !isTail && word != 0 }
  /// A route that may cover an address with these octets.
  @inlinable @inline(__always) var isTail: Bool { word & 1 &<< 30 != 0 }
  @inlinable @inline(__always) var number: Int { Int(word & (1 &<< 30 &- 1)) }
}

/// Shortcuts by the octets that they are for: hashed, or, where that takes less room, one for each
/// value of two octets (direct pointing: Asai and Ohara, "Poptrie", 2015).
///
/// Hashing is open addressing with linear probing (Knuth, The Art of Computer Programming, volume
/// 3, section 6.4, algorithms L and R), two thirds full at most.
@usableFromInline
struct ShortcutTable: Sendable {
  /// The octets in the upper half, the shortcut in the lower; 0 for a free place, and empty where
  /// there are direct ones.
  @usableFromInline var entries = [UInt64](repeating: 0, count: 16)
  @usableFromInline var direct: [UInt32] = []
  private var count = 0

  @inlinable @inline(__always)
  subscript(key: UInt32) -> Shortcut {
    if !direct.isEmpty { return Shortcut(word: direct[Int(key)]) }
    var place = place(of: key)
    while true {
      let entry = entries[place]
      if UInt32(truncatingIfNeeded: entry &>> 32) == key || entry == 0 {
        return Shortcut(word: UInt32(truncatingIfNeeded: entry))
      }
      place = next(place)
    }
  }

  /// The hash chooses by its high bits, so that there may be any number of places (Lemire, "Fast
  /// Random Integer Generation in an Interval", 2019).
  @inlinable @inline(__always)
  func place(of key: UInt32) -> Int {
    let hash = UInt64(key &* 0x9e37_79b9)
    return Int(truncatingIfNeeded: (hash &* UInt64(truncatingIfNeeded: entries.count)) &>> 32)
  }

  @inlinable @inline(__always)
  func next(_ place: Int) -> Int { place &+ 1 == entries.count ? 0 : place &+ 1 }

  mutating func set(_ shortcut: Shortcut, for key: UInt32, allowsDirect: Bool) {
    guard direct.isEmpty else { return direct[Int(key)] = shortcut.word }
    var place = place(of: key)
    while entries[place] != 0, UInt32(truncatingIfNeeded: entries[place] >> 32) != key {
      place = next(place)
    }
    if shortcut.word == 0 { return entries[place] == 0 ? () : remove(at: place) }
    if entries[place] == 0 { count += 1 }
    entries[place] = UInt64(key) << 32 | UInt64(shortcut.word)
    if count * 3 > entries.count * 2 { grow(allowsDirect) }
  }

  private mutating func grow(_ allowsDirect: Bool) {
    let old = entries
    let places = old.count / 2 * 3
    if allowsDirect, places > 1 << 15 {
      (direct, entries) = (Array(repeating: 0, count: 1 << 16), [])
    } else {
      (entries, count) = (Array(repeating: 0, count: places), 0)
    }
    for entry in old where entry != 0 {
      set(
        Shortcut(word: UInt32(truncatingIfNeeded: entry)), for: UInt32(entry >> 32),
        allowsDirect: allowsDirect)
    }
  }

  /// Frees a place, to which those that were put past it move up.
  private mutating func remove(at place: Int) {
    var (gap, place) = (place, next(place))
    while entries[place] != 0 {
      let home = self.place(of: UInt32(entries[place] >> 32))
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
