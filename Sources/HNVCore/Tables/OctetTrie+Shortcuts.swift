/// What the first octets behind the trunk come to, all at once.
///
/// The *trunk* is the way that nearly all prefixes of a table share: 10/8, fd00::/64. A shortcut
/// exists for each item that alone decides one value of the octets behind it, two in IPv4 and four
/// in IPv6. Octets that only shorter routes cover, and addresses off the trunk, are searched from
/// the root. So a shortcut depends on one item. IPv6 has deep ones beside, for five octets, which
/// are tried first: two thirds of the routes of its Internet table are longer than forty bits.
extension OctetTrie {
  /// Whether shortcuts may lead to the items of nodes at a depth.
  @inline(__always)
  private func haveShortcuts(_ depth: Int) -> Bool {
    depth >= trunkLength
      && depth < depthBehindShortcuts + (Bits.hasDeepShortcuts ? 8 : 0)
  }

  /// Makes all shortcuts from what there is now; the trunk may be another one.
  mutating func makeShortcuts() {
    upkeep[0].countAtShortcuts = upkeep[0].count
    (shortcuts, deepShortcuts) = (ShortcutTable(), ShortcutTable())
    let top = findTrunk()
    makeShortcuts(below: top, Bits(trunk), trunkLength)
    if wantsHeads { shortcuts.addHeads(heads.map(\.word)) }
  }

  /// Whether there are so many nodes that their heads are better kept with the shortcuts.
  private var wantsHeads: Bool { !shortcuts.direct.isEmpty && nodes.count > 1 << 12 }

  /// Whether shortcuts made now would be other ones, or kept in another way.
  var areShortcutsOld: Bool { count > 2 * upkeep[0].countAtShortcuts || wantsHeads }

  private mutating func makeShortcuts(below node: Int, _ bits: Bits, _ depth: Int) {
    refreshShortcuts(of: node, bits, depth)
    let last = depthBehindShortcuts - (Bits.hasDeepShortcuts ? 0 : 8)
    for code in 0..<Int(nodes[node].specials) where depth < last {
      let item = items[slot(node, code + 1)]
      guard item.isLink else { continue }
      let octet = Bits(truncatingIfNeeded: item.octet) << Bits(Bits.bitWidth - 8 - depth)
      makeShortcuts(below: item.node, bits | octet, depth + 8)
    }
  }

  /// Brings the shortcuts for all items of a node up to date.
  mutating func refreshShortcuts(of node: Int, _ bits: Bits, _ depth: Int) {
    guard haveShortcuts(depth) else { return }
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
    if haveShortcuts(depth) { setShortcut(octet, of: node, bits, depth) }
  }

  private mutating func setShortcut(_ octet: Int, of node: Int, _ bits: Bits, _ depth: Int) {
    guard bits.agrees(with: Bits(trunk), to: trunkLength) else { return }
    if depth < depthBehindShortcuts - 8 { return setTailShortcut(octet, of: node) }
    let octets = (depth + 8 - trunkLength) / 8
    let key = bits.octets(octets, at: trunkLength) & ~255 | UInt64(octet)
    let code = code(node, octet)
    let slot = slot(node, code)
    let item = items[slot]
    var shortcut = Shortcut.none
    if code != 0, item.isRoute {
      if item.length == depth + 8 { shortcut = .route(slot) }
    } else if code != 0, item.isLink {
      nodes[item.node].cover = item.fallback == 0 ? 0 : UInt32(self.slot(node, item.fallback))
      shortcut = .node(item.node)
    } else if code != 0 {
      shortcut = .tail(slot)
    }
    if depth == depthBehindShortcuts {
      deepShortcuts.set(shortcut, for: key, width: ShortcutTable.deepWidth)
    } else {
      shortcuts.set(
        shortcut, for: key, allowsDirect: Bits.shortcutOctets == 2, head: head(shortcut).word)
    }
  }

  /// Brings a node's head up to date, after what it says or where its region lies has changed.
  mutating func renewHead(of node: Int, _ bits: Bits, _ depth: Int) {
    heads[node] = Head(nodes[node])
    guard depth == depthBehindShortcuts, bits.agrees(with: Bits(trunk), to: trunkLength)
    else { return }
    shortcuts.setHead(
      heads[node].word, of: node, for: bits.octets(Bits.shortcutOctets, at: trunkLength))
  }

  /// A tail above the others has a shortcut if it has all octets.
  private mutating func setTailShortcut(_ octet: Int, of node: Int) {
    let code = code(node, octet)
    let slot = slot(node, code)
    guard code != 0, code <= nodes[node].specials, !items[slot].isLink else { return }
    setTailShortcut(.tail(slot), for: items[slot])
  }

  /// Takes the shortcut of a tail away that is no longer there.
  mutating func dropTailShortcut(of tail: Item, _ depth: Int) {
    guard haveShortcuts(depth), depth < depthBehindShortcuts - 8 else { return }
    setTailShortcut(.none, for: tail)
  }

  private mutating func setTailShortcut(_ shortcut: Shortcut, for tail: Item) {
    guard tail.length >= depthBehindShortcuts,
      tail.bits.agrees(with: Bits(trunk), to: trunkLength)
    else { return }
    let octets = tail.bits.octets(Bits.shortcutOctets, at: trunkLength)
    shortcuts.set(shortcut, for: octets, allowsDirect: Bits.shortcutOctets == 2)
  }

  /// Goes down from the root while one link leads to seven of eight prefixes.
  private mutating func findTrunk() -> Int {
    (trunk, trunkLength) = (Bits(0).stored, 0)
    let weights = weights()
    var node = Self.root
    while trunkLength < Bits.bitWidth - 8 * Bits.shortcutOctets {
      let links = (0..<Int(nodes[node].specials)).map { items[slot(node, $0 + 1)] }
      guard let link = links.first(where: { $0.isLink && weights[$0.node] * 8 > count * 7 })
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

  /// Takes it out of the lower bits of an entry.
  @inlinable @inline(__always)
  init(_ packed: UInt64, width: UInt64) {
    let number = packed & (1 &<< (width &- 2) &- 1)
    word = UInt32(truncatingIfNeeded: (packed &>> (width &- 2)) &<< 30 | number)
  }

  /// The same in so many bits; `nil` where it has no room, and for none.
  func packed(_ width: UInt64) -> UInt64? {
    if word == 0 || UInt64(number) >> (width - 2) != 0 { return nil }
    return UInt64(word >> 30) << (width - 2) | UInt64(number)
  }

  /// 30 bits name a slot or a node.
  static var numberLimit: Int { 1 << 30 }

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
/// An entry has the octets in its upper bits and the shortcut in its lower ones, `width` of them.
/// Hashing is open addressing with linear probing (Knuth, The Art of Computer Programming, volume
/// 3, section 6.4, algorithms L and R), two thirds full at most.
@usableFromInline
struct ShortcutTable: Sendable {
  /// 0 for a free place; one free place where there are direct ones.
  @usableFromInline var entries = [UInt64](repeating: 0, count: 16)
  @usableFromInline var direct: [UInt32] = []
  /// Direct ones in the upper half, and in the lower the head of the node that each leads to: where
  /// there are many nodes, that is one wait less.
  @usableFromInline var headed: [UInt64] = []
  private var count = 0

  /// The width that leaves room for five octets: what has no room then has no shortcut.
  @inlinable static var deepWidth: UInt64 { 24 }

  /// What octets come to; nothing for what is too big to be as many octets.
  @inlinable @inline(__always)
  subscript(key: UInt64, width width: UInt64 = 32) -> Shortcut {
    if key < UInt64(truncatingIfNeeded: headed.count) {
      return Shortcut(word: UInt32(truncatingIfNeeded: headed[Int(truncatingIfNeeded: key)] &>> 32))
    }
    if key < UInt64(truncatingIfNeeded: direct.count) {
      return Shortcut(word: direct[Int(truncatingIfNeeded: key)])
    }
    var place = place(of: key)
    while true {
      let entry = entries[place]
      if entry &>> width == key || entry == 0 {
        return Shortcut(entry & (1 &<< width &- 1), width: width)
      }
      place = next(place)
    }
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

  mutating func set(
    _ shortcut: Shortcut, for key: UInt64, width: UInt64 = 32, allowsDirect: Bool = false,
    head: UInt32 = 0
  ) {
    guard headed.isEmpty else {
      return headed[Int(key)] = UInt64(shortcut.word) << 32 | UInt64(head)
    }
    guard direct.isEmpty else { return direct[Int(key)] = shortcut.word }
    var place = place(of: key)
    while entries[place] != 0, entries[place] >> width != key { place = next(place) }
    guard let packed = shortcut.packed(width) else {
      return entries[place] == 0 ? () : remove(at: place, width)
    }
    if entries[place] == 0 { count += 1 }
    entries[place] = key << width | packed
    if count * 3 > entries.count * 2 { grow(width, allowsDirect) }
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
    if !headed.isEmpty, headed[Int(key)] >> 32 == Shortcut.node(node).word {
      headed[Int(key)] = UInt64(Shortcut.node(node).word) << 32 | UInt64(head)
    }
  }

  private mutating func grow(_ width: UInt64, _ allowsDirect: Bool) {
    let old = entries
    let places = old.count / 2 * 3
    if allowsDirect, places > 1 << 15 {
      (direct, entries) = (Array(repeating: 0, count: 1 << 16), [0])
    } else {
      (entries, count) = (Array(repeating: 0, count: places), 0)
    }
    for entry in old where entry != 0 {
      let shortcut = Shortcut(entry & (1 << width - 1), width: width)
      set(shortcut, for: entry >> width, width: width, allowsDirect: allowsDirect)
    }
  }

  /// Frees a place, to which those that were put past it move up.
  private mutating func remove(at place: Int, _ width: UInt64) {
    var (gap, place) = (place, next(place))
    while entries[place] != 0 {
      let home = self.place(of: entries[place] >> width)
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
