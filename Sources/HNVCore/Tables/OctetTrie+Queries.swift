/// What people ask: seldom, so that each node on the way is gone through from end to end.
extension OctetTrie {
  /// A prefix and its slot.
  @usableFromInline
  struct Entry: Sendable {
    let bits: Bits
    let length: Int
    let slot: Int
  }

  var count: Int { upkeep[0].count }

  /// The entry of exactly this prefix.
  func entry(_ bits: Bits, _ length: Int) -> Entry? {
    var (node, depth) = (Self.root, 0)
    while length > depth + 8 {
      let code = code(node, bits.octet(at: depth))
      if code == 0 || code > nodes[node].specials { return nil }
      let item = items[slot(node, code)]
      guard item.isLink else {
        let isMeant = item.isExactly(bits, length)
        return isMeant ? Entry(bits: bits, length: length, slot: slot(node, code)) : nil
      }
      (node, depth) = (item.node, depth + 8)
    }
    return route(bits, length, of: node, depth).map {
      Entry(bits: bits, length: length, slot: slot(node, $0))
    }
  }

  /// The entry in a slot in use.
  func entry(at slot: Int) -> Entry {
    Entry(bits: items[slot].bits, length: items[slot].length, slot: slot)
  }

  /// The slots of a node's items.
  func slots(of node: Int) -> Range<Int> {
    slot(node, 1)..<slot(node, 1 + Int(nodes[node].count))
  }

  /// The nodes on the way to an address, the first one first.
  private func way(to address: Bits) -> [Int] {
    var way = [Self.root]
    while let node = way.last {
      let code = code(node, address.octet(at: 8 * way.count - 8))
      guard code != 0, items[slot(node, code)].isLink else { break }
      way.append(items[slot(node, code)].node)
    }
    return way
  }

  /// The entries that cover the address, the longest first.
  func matches(for address: Bits) -> [Entry] {
    way(to: address).flatMap { node in
      slots(of: node).filter { !items[$0].isLink && items[$0].covers(address) }
    }.map { entry(at: $0) }.sorted { $0.length > $1.length }
  }

  /// Of the entries that do not cover the address, the one that shares the most leading bits; of
  /// several the longest, and of those the first.
  func nearestMiss(for address: Bits) -> Entry? {
    // What a node further down holds is nearer than all in a node above.
    for (level, node) in way(to: address).enumerated().reversed() {
      var (nearest, candidates): (Int, [Int]) = (-1, [])
      for slot in slots(of: node) {
        guard let shared = sharedLength(items[slot], address, 8 * level) else { continue }
        if shared > nearest { (nearest, candidates) = (shared, []) }
        if shared == nearest { candidates.append(slot) }
      }
      let entries = candidates.flatMap { slot in
        items[slot].isLink
          ? Array(Entries(self, from: items[slot].node, 8 * level + 8)) : [entry(at: slot)]
      }
      let best = entries.min { ($1.length, $0.bits) < ($0.length, $1.bits) }
      if let best { return best }
    }
    return nil
  }

  /// How many bits an address shares with all that an item stands for; `nil` for one that covers it
  /// or is on its way.
  private func sharedLength(_ item: Item, _ address: Bits, _ depth: Int) -> Int? {
    if !item.isLink { return item.covers(address) ? nil : item.bits.sharedLength(with: address) }
    let differing = UInt8(item.octet ^ address.octet(at: depth))
    return differing == 0 ? nil : depth + differing.leadingZeroBitCount
  }

  /// The entries within a prefix, in ascending order of address and length.
  struct Entries: Sequence, IteratorProtocol, Sendable {
    private let trie: OctetTrie
    private var bits: Bits = 0
    private var length = 0
    /// What is still to come, the next one last.
    private var pending: [(slot: Int, depth: Int)] = []

    /// Those within a prefix.
    init(_ trie: OctetTrie, within bits: Bits = 0, _ length: Int = 0) {
      self.trie = trie
      (self.bits, self.length) = (bits, length)
      add(OctetTrie.root, 0)
    }

    /// Those in and below a node.
    init(_ trie: OctetTrie, from node: Int, _ depth: Int) {
      self.trie = trie
      add(node, depth)
    }

    private mutating func add(_ node: Int, _ depth: Int) {
      let slots = trie.slots(of: node).filter { isWanted(trie.items[$0], depth) }
      // A link stands for prefixes longer than those that end in the node's octet.
      func rank(_ slot: Int) -> (Int, Int) {
        let item = trie.items[slot]
        return item.isLink ? (item.octet, 255) : (item.bits.octet(at: depth), item.length)
      }
      pending += slots.sorted { rank($0) > rank($1) }.map { ($0, depth) }
    }

    private func isWanted(_ item: Item, _ depth: Int) -> Bool {
      if !item.isLink { return item.length >= length && item.bits.agrees(with: bits, to: length) }
      if length <= depth { return true }
      let given = Swift.max(0, 8 - (length - depth))
      return item.octet >> given == bits.octet(at: depth) >> given
    }

    mutating func next() -> Entry? {
      while let (slot, depth) = pending.popLast() {
        if !trie.items[slot].isLink { return trie.entry(at: slot) }
        add(trie.items[slot].node, depth + 8)
      }
      return nil
    }
  }
}
