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
    let end = findTrunk()
    (trunk, trunkLength) = (end.bits.stored, end.depth)
    makeShortcuts(from: end)
    if wantDirect { shortcuts.makeDirect() }
    if wantHeads { shortcuts.addHeads(heads.map { $0.word }) }
  }

  /// Whether shortcuts made now would be other ones, or kept in another way.
  var areShortcutsOld: Bool {
    count > 2 * upkeep[0].countAtShortcuts || wantDirect || wantHeads
  }

  /// Whether there are so many shortcuts of two octets that direct ones take less room.
  private var wantDirect: Bool {
    Bits.shortcutOctets == 2 && shortcuts.entries.count > 1 << 15
  }

  /// Whether there are so many nodes that their heads are better kept with the shortcuts.
  private var wantHeads: Bool { !shortcuts.direct.isEmpty && nodes.count > 1 << 12 }

  private mutating func makeShortcuts(from position: Position) {
    guard haveShortcuts(position.depth) else { return }
    refreshShortcuts(at: position)
    for item in specials(of: position.node) where item.isLink {
      makeShortcuts(from: position.following(item))
    }
  }

  /// Brings the shortcuts for all items of a node up to date.
  mutating func refreshShortcuts(at position: Position) {
    guard haveShortcuts(position.depth) else { return }
    for item in items[slots(of: position.node)] {
      let octet = item.isRoute ? item.bits.octet(at: position.depth) : item.octet
      setShortcut(octet, at: position)
    }
  }

  /// Brings the shortcut for an octet of a node up to date, if there can be one.
  @inline(__always)
  mutating func refreshShortcut(_ octet: Int, at position: Position) {
    if haveShortcuts(position.depth) { setShortcut(octet, at: position) }
  }

  private mutating func setShortcut(_ octet: Int, at position: Position) {
    let (node, depth) = (position.node, position.depth)
    guard position.bits.agrees(with: Bits(trunk), to: trunkLength) else { return }
    let code = code(node, octet)
    let slot = slot(node, code)
    let item = code == 0 ? .none : items[slot]
    if depth < depthBehindShortcuts - 8 { return setTailShortcut(.tail(slot), for: item) }
    var shortcut = Shortcut.none
    if item.isTail {
      shortcut = .tail(slot)
    } else if item.isLink {
      nodes[item.node].cover = item.fallback == 0 ? 0 : UInt32(self.slot(node, item.fallback))
      shortcut = .node(item.node)
    } else if item.length == depth + 8 {
      shortcut = .route(slot)
    }
    let octets = (depth + 8 - trunkLength) / 8
    let key = position.bits.octets(octets, at: trunkLength) & ~255 | UInt64(octet)
    if depth == depthBehindShortcuts {
      deepShortcuts.set(shortcut, for: key)
    } else {
      shortcuts.set(shortcut, for: key, head: head(shortcut).word)
    }
  }

  /// Brings a node's head up to date, after what it says or where its region lies has changed.
  mutating func renewHead(at position: Position) {
    let (node, bits) = (position.node, position.bits)
    heads[node] = Head(nodes[node])
    guard position.depth == depthBehindShortcuts, bits.agrees(with: Bits(trunk), to: trunkLength)
    else { return }
    shortcuts.setHead(
      heads[node].word, of: node, for: bits.octets(Bits.shortcutOctets, at: trunkLength))
  }

  /// Takes the shortcut of a tail away that will no longer be in a node.
  mutating func dropTailShortcut(of item: Item, at position: Position) {
    guard haveShortcuts(position.depth), position.depth < depthBehindShortcuts - 8 else { return }
    setTailShortcut(.none, for: item)
  }

  /// A tail above the others has a shortcut if it has all octets.
  private mutating func setTailShortcut(_ shortcut: Shortcut, for item: Item) {
    guard item.isTail, item.length >= depthBehindShortcuts,
      item.bits.agrees(with: Bits(trunk), to: trunkLength)
    else { return }
    shortcuts.set(shortcut, for: item.bits.octets(Bits.shortcutOctets, at: trunkLength))
  }

  /// Goes down from the root while one link leads to seven of eight prefixes.
  private func findTrunk() -> Position {
    var end = Position.root
    while end.depth < Bits.bitWidth - 8 * Bits.shortcutOctets,
      let link = specials(of: end.node).first(where: {
        $0.isLink && weight(of: $0.node) * 8 > count * 7
      })
    { end = end.following(link) }
    return end
  }

  /// How many prefixes there are in and below a node.
  private func weight(of node: Int) -> Int {
    specials(of: node).reduce(Int(nodes[node].count)) { weight, item in
      item.isLink ? weight + self.weight(of: item.node) - 1 : weight
    }
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
