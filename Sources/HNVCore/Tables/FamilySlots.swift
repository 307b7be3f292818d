/// The prefixes of one family, held as suits their number: a few by their ranges, more in a trie.
@usableFromInline
struct FamilySlots<Bits: TrieAddress>: Sendable {
  @usableFromInline typealias Item = OctetTrie<Bits>.Item

  // At most one of the arrays has an element, so that an empty family takes two words.
  @usableFromInline var small: [SmallPrefixTable<Bits>] = []
  @usableFromInline var large: [OctetTrie<Bits>] = []

  /// The prefix in a slot in use.
  ///
  /// It cannot trap, so that nothing of it is left where nobody asks for the prefix.
  @inlinable @inline(__always)
  func prefix(at slot: Int) -> IPPrefix {
    var (bits, length): (Bits, Int) = (0, 0)
    if !large.isEmpty, slot < large[0].items.count {
      (bits, length) = (large[0].items[slot].bits, large[0].items[slot].length)
    } else if !small.isEmpty, slot < small[0].items.count {
      (bits, length) = (small[0].items[slot].bits, small[0].items[slot].length)
    }
    return IPPrefix(masking: bits.address, length: length)
  }

  func item(at slot: Int) -> Item {
    large.isEmpty ? small[0].items[slot] : large[0].items[slot]
  }

  var count: Int { large.isEmpty ? fewItems.count - 1 : large[0].count }

  private var fewItems: [Item] { small.isEmpty ? [.none] : small[0].items }

  /// The slots of a few prefixes.
  var fewSlots: Range<Int> { 1..<fewItems.count }

  /// The slot of exactly this prefix; 0 for none.
  func slot(of bits: Bits, _ length: Int) -> Int {
    if !large.isEmpty { return large[0].slot(of: bits, length) }
    return fewSlots.first { item(at: $0).isExactly(bits, length) } ?? 0
  }

  /// The slots of what covers an address, the longest first.
  func matches(for address: Bits) -> [Int] {
    var matches: [Int] = []
    visit(onWayTo: address) { slot, item, _ in
      if !item.isLink, item.covers(address) { matches.append(slot) }
    }
    return matches.sorted { item(at: $0).length > item(at: $1).length }
  }

  /// The slot of what shares most bits with an address without covering it, of several the longest
  /// and of those the first; 0 for none.
  func nearestMiss(for address: Bits) -> Int {
    var most = -1
    visit(onWayTo: address) { _, item, position in
      let (bits, length) =
        item.isLink
        ? (position.following(item).bits, position.depth + 8) : (item.bits, item.length)
      let shared = bits.sharedLength(with: address)
      if shared < length { most = max(most, shared) }
    }
    if most < 0 { return 0 }
    let turned = address ^ (1 << (Bits.bitWidth - 1 - most))
    let nearest = PrefixWalk(self, within: turned.masked(to: most + 1), most + 1)
    return nearest.max { item(at: $0).length < item(at: $1).length } ?? 0
  }

  /// Goes through all items of the nodes on the way to an address.
  private func visit(onWayTo address: Bits, _ body: (Int, Item, OctetTrie<Bits>.Position) -> Void) {
    if large.isEmpty { return fewSlots.forEach { body($0, item(at: $0), .root) } }
    var position = OctetTrie<Bits>.Position.root
    while true {
      for slot in large[0].slots(of: position.node) { body(slot, large[0].items[slot], position) }
      let octet = address.octet(at: position.depth)
      let code = large[0].code(position.node, octet)
      let item = large[0].items[large[0].slot(position.node, code)]
      guard code != 0, item.isLink else { return }
      position = position.following(item)
    }
  }

  /// Gives a prefix a slot unless it has one.
  mutating func insert(_ bits: Bits, _ length: Int) -> SlotChange {
    if !large.isEmpty {
      let (slot, isNew) = large[0].insert(bits, length)
      return SlotChange(
        slot: slot, isNew: isNew, moves: large[0].upkeep[0].moves, count: large[0].items.count,
        layout: settle())
    }
    let known = slot(of: bits, length)
    if known != 0 { return SlotChange(slot: known) }
    let items = fewItems + [.route(bits, length)]
    let isMany = items.count > PrefixSlots.fewSlots
    if !isMany { small = [SmallPrefixTable(items)] }
    return SlotChange(
      slot: items.count - 1, isNew: true, count: items.count,
      layout: isMany ? holdMany(items) : nil)
  }

  /// Removes a prefix; `nil` where it has no slot.
  mutating func remove(_ bits: Bits, _ length: Int) -> SlotChange? {
    if !large.isEmpty {
      guard let slot = large[0].remove(bits, length) else { return nil }
      return SlotChange(slot: slot, moves: large[0].upkeep[0].moves, layout: settle())
    }
    let slot = slot(of: bits, length)
    return slot == 0 ? nil : SlotChange(slot: slot, layout: holdFew { $0 != slot })
  }

  /// Chooses the form that suits the number of prefixes after a change of the trie.
  private mutating func settle() -> SlotLayout? {
    if large[0].count < PrefixSlots.fewSlots { return holdFew { _ in true } }
    if large[0].isLoose {
      let moves = large[0].layOut()
      return SlotLayout(moves: moves, count: large[0].items.count)
    }
    if large[0].areShortcutsOld { large[0].makeShortcuts() }
    return nil
  }

  private mutating func holdMany(_ items: [Item]) -> SlotLayout {
    var trie = OctetTrie<Bits>()
    for item in items.dropFirst() { _ = trie.insert(item.bits, item.length) }
    _ = trie.layOut()
    (small, large) = ([], [trie])
    let moves = items.indices.dropFirst().map { slot in
      SlotMove(
        from: slot, to: trie.slot(of: items[slot].bits, items[slot].length), count: 1)
    }
    return SlotLayout(moves: moves, count: trie.items.count)
  }

  /// Holds the prefixes that stay as a few.
  private mutating func holdFew(_ stays: (Int) -> Bool) -> SlotLayout {
    let slots = PrefixWalk(self).filter(stays)
    let items = slots.map { item(at: $0) }
    small = items.isEmpty ? [] : [SmallPrefixTable([.none] + items)]
    large = []
    let moves = slots.enumerated().map { SlotMove(from: $1, to: $0 + 1, count: 1) }
    return SlotLayout(moves: moves, count: items.isEmpty ? 0 : items.count + 1)
  }
}
