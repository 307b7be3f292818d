@testable import HNVCore

extension OctetTrie {
  /// What is wrong with the trie's insides, a sentence each; empty for a sound one.
  var flaws: [String] {
    var inspection = TrieInspection(self)
    inspection.visit(Self.root, 0, 0)
    inspection.checkWhole()
    return inspection.flaws
  }
}

/// One way through a whole trie, with what it has come by.
private struct TrieInspection<Bits: TrieAddress> {
  typealias Item = OctetTrie<Bits>.Item

  let trie: OctetTrie<Bits>
  private(set) var flaws: [String] = []
  /// How many regions each slot is in.
  private var owners: [Int]
  /// The nodes and the blocks of upper bytes that are in use.
  private var used: Set<Int> = []
  private var entries = 0
  private var itemCount = 0
  /// What the items that have shortcuts say of them, and those that have deep ones.
  private var shortcuts: [UInt64: UInt32] = [:]
  private var deepShortcuts: [UInt64: UInt32] = [:]

  init(_ trie: OctetTrie<Bits>) {
    self.trie = trie
    owners = Array(repeating: 0, count: trie.items.count)
  }

  /// Looks through a node, whose way is some bits up to a depth, and all below it.
  mutating func visit(_ node: Int, _ bits: Bits, _ depth: Int) {
    guard isUsable(node) else { return }
    let count = Int(trie.nodes[node].count)
    let items = (0..<count).map { trie.items[trie.slot(node, $0 + 1)] }
    checkCounts(of: node, items)
    itemCount += count
    for (place, item) in items.enumerated() {
      check(item, place, of: node, bits, depth)
      if !item.isLink { entries += 1 }
    }
    checkCodes(of: node, items, depth)
    let isDeep = depth == trie.depthBehindShortcuts && Bits.bitWidth == 128
    if isDeep || depth == trie.depthBehindShortcuts - 8,
      bits.agrees(with: Bits(trie.trunk), to: trie.trunkLength)
    {
      noteShortcuts(of: node, items, bits, depth)
    } else if depth < trie.depthBehindShortcuts - 8, depth >= trie.trunkLength,
      bits.agrees(with: Bits(trie.trunk), to: trie.trunkLength)
    {
      noteTails(of: node, items)
    }
    for item in items where item.isLink {
      visit(item.node, bits | octet(item.octet, at: depth), depth + 8)
    }
  }

  /// Whether a node can be read without falling off an array, and was not come by before.
  private mutating func isUsable(_ node: Int) -> Bool {
    guard trie.nodes.indices.contains(node) else {
      flaws.append("there is no node \(node)")
      return false
    }
    guard used.insert(node).inserted else {
      flaws.append("node \(node) is reached twice")
      return false
    }
    let high = Int(trie.nodes[node].high)
    if high != 0, !used.insert(high).inserted { flaws.append("block \(high) is used twice") }
    let (base, size) = (Int(trie.nodes[node].base), Regions.sizes[Int(trie.nodes[node].size)])
    guard own(base, size), Int(trie.nodes[node].count) <= size else {
      flaws.append("node \(node) has more items than its region has slots, or than there are")
      return false
    }
    return true
  }

  private mutating func own(_ base: Int, _ size: Int) -> Bool {
    guard base + size < owners.count else { return false }
    for slot in base + 1..<base + 1 + size { owners[slot] += 1 }
    return true
  }

  private mutating func checkCounts(of node: Int, _ items: [Item]) {
    let held = trie.nodes[node]
    if OctetTrie<Bits>.Head(held).word != trie.heads[node].word {
      flaws.append("the head of node \(node) is not current")
    }
    if items.count > 255, held.high == 0 {
      flaws.append("node \(node) has \(items.count) items, whose codes do not fit a byte")
    }
    if items.prefix(while: { !$0.isRoute }).count != Int(held.specials)
      || items.count(where: { !$0.isRoute }) != Int(held.specials)
    {
      flaws.append("the specials of node \(node) are not its first \(held.specials) items")
    }
    if node != OctetTrie<Bits>.root, items.isEmpty || items.count == 1 && !items[0].isLink {
      flaws.append("node \(node) is needless")
    }
  }

  /// Whether an item can stand in a node: a route that ends in its octet, a tail that ends deeper.
  private mutating func check(
    _ item: Item, _ place: Int, of node: Int, _ bits: Bits, _ depth: Int
  ) {
    let name = "item \(place + 1) of node \(node)"
    if item.isLink { return }
    if !bits.agrees(with: item.bits, to: min(depth, item.length)) {
      flaws.append("\(name) is on the wrong way")
    }
    if item.bits.masked(to: item.length) != item.bits {
      flaws.append("\(name) has bits beyond its length")
    }
    if item.isRoute {
      // A route of length 0 is in the first node, where all others have length 1 or more.
      let isHere = item.length <= depth + 8 && (item.length > depth || depth == 0)
      if !isHere { flaws.append("\(name) is a route of length \(item.length) at \(depth)") }
    } else {
      if item.length <= depth + 8 { flaws.append("\(name) is a tail that ends here") }
      if item.octet != item.bits.octet(at: depth) { flaws.append("\(name) names another octet") }
    }
  }

  /// Whether each octet's code is that of its special, or else of the longest route that covers it,
  /// which is also the special's fallback.
  private mutating func checkCodes(of node: Int, _ items: [Item], _ depth: Int) {
    var (longest, lengths) = ([Int](repeating: 0, count: 256), [Int](repeating: -1, count: 256))
    for (place, item) in items.enumerated() where item.isRoute {
      for octet in item.octets(at: depth) where lengths[octet] < item.length {
        (longest[octet], lengths[octet]) = (place + 1, item.length)
      }
    }
    var expected = longest
    var octets: Set<Int> = []
    for (place, item) in items.enumerated() where !item.isRoute {
      guard octets.insert(item.octet).inserted else {
        flaws.append("node \(node) has two specials for octet \(item.octet)")
        continue
      }
      expected[item.octet] = place + 1
      if item.fallback != longest[item.octet] {
        flaws.append("the fallback of item \(place + 1) of node \(node) is \(item.fallback)")
      }
    }
    let codes = (0..<256).map { trie.code(node, $0) }
    if codes != expected {
      let octet = (0..<256).first { codes[$0] != expected[$0] } ?? 0
      flaws.append("octet \(octet) of node \(node) has code \(codes[octet])")
    }
  }

  /// Adds the shortcuts of tails above those that have one for their place.
  private mutating func noteTails(of node: Int, _ items: [Item]) {
    for (place, item) in items.enumerated()
    where !item.isLink && !item.isRoute && item.length >= trie.depthBehindShortcuts {
      let octets = item.bits << Bits(trie.trunkLength)
      let key = UInt64(octets >> Bits(trie.trunkLength + Bits.bitWidth - trie.depthBehindShortcuts))
      shortcuts[key] = Shortcut.tail(trie.slot(node, place + 1)).word
    }
  }

  /// Adds what the shortcuts that lead to a node's items have to be.
  private mutating func noteShortcuts(
    of node: Int, _ items: [Item], _ bits: Bits, _ depth: Int
  ) {
    for (place, item) in items.enumerated() where !item.isRoute || item.length == depth + 8 {
      let slot = trie.slot(node, place + 1)
      let own = item.isRoute ? item.bits.octet(at: depth) : item.octet
      // A route that a link or tail hides is this one's fallback.
      if item.isRoute, trie.code(node, own) != place + 1 { continue }
      // The octets from the trunk to this one.
      let place = (bits | octet(own, at: depth)) << Bits(trie.trunkLength)
      let key = UInt64(place >> Bits(Bits.bitWidth - (depth + 8 - trie.trunkLength)))
      let shortcut: Shortcut =
        item.isLink ? .node(item.node) : item.isRoute ? .route(slot) : .tail(slot)
      if depth == trie.depthBehindShortcuts {
        deepShortcuts[key] = shortcut.word
      } else {
        shortcuts[key] = shortcut.word
      }
      guard item.isLink, trie.nodes.indices.contains(item.node) else { continue }
      let cover = item.fallback == 0 ? 0 : trie.slot(node, item.fallback)
      if Int(trie.nodes[item.node].cover) != cover {
        flaws.append("the cover of node \(item.node) is not in slot \(cover)")
      }
    }
  }

  private func octet(_ octet: Int, at depth: Int) -> Bits {
    Bits(truncatingIfNeeded: octet) << Bits(Bits.bitWidth - 8 - depth)
  }

  /// What shows only when all nodes have been visited.
  mutating func checkWhole() {
    if entries != trie.count { flaws.append("\(entries) entries are counted as \(trie.count)") }
    if itemCount != trie.upkeep[0].itemCount {
      flaws.append("\(itemCount) items are counted as \(trie.upkeep[0].itemCount)")
    }
    if trie.nodes[OctetTrie<Bits>.root].cover != 0 { flaws.append("the first node has a cover") }
    if trie.heads.count != trie.nodes.count || trie.codes.count != 256 * trie.nodes.count {
      flaws.append("there are not as many heads and codes as nodes")
    }
    checkFreeNodes()
    checkRegions()
    checkTrunk()
    checkHeads()
    if trie.shortcuts.listed != shortcuts || trie.deepShortcuts.listed != deepShortcuts {
      flaws.append("the shortcuts are not those of the items that have one")
    }
    for (key, word) in shortcuts where trie.shortcuts[key].word != word {
      flaws.append("the shortcut of \(key) is not found")
    }
    for (key, word) in deepShortcuts where trie.deepShortcuts[key].word != word {
      flaws.append("the deep shortcut of \(key) is not found")
    }
  }

  private mutating func checkFreeNodes() {
    for free in trie.upkeep[0].freeNodes.map(Int.init) {
      if !used.insert(free).inserted { flaws.append("free node \(free) is in use or listed twice") }
      // A node is taken from there as it is.
      if trie.codes[256 * free..<256 * (free + 1)].contains(where: { $0 != 0 }) {
        flaws.append("free node \(free) has codes")
      }
    }
    if used.count != trie.nodes.count {
      flaws.append("\(used.count) of \(trie.nodes.count) nodes are used or free")
    }
  }

  private mutating func checkRegions() {
    var freeSlots = 0
    for (size, bases) in trie.upkeep[0].regions.free.enumerated() {
      for base in bases where !own(Int(base), Regions.sizes[size]) {
        flaws.append("the free region behind slot \(base) is beyond the end")
      }
      freeSlots += bases.count * Regions.sizes[size]
    }
    if freeSlots != trie.upkeep[0].regions.freeSlots {
      flaws.append("\(freeSlots) free slots are counted as \(trie.upkeep[0].regions.freeSlots)")
    }
    if owners[0] != 0 || owners.dropFirst().contains(where: { $0 != 1 }) {
      flaws.append("a slot is not in exactly one region")
    }
  }

  private mutating func checkHeads() {
    for (key, word) in trie.shortcuts.headed.enumerated() {
      let head = trie.head(Shortcut(word: UInt32(word >> 32))).word
      if head != UInt32(truncatingIfNeeded: word) {
        flaws.append("the shortcut for \(key) has another head than its node")
      }
    }
  }

  private mutating func checkTrunk() {
    let length = trie.trunkLength
    let limit = Bits.bitWidth - 8 * Bits.shortcutOctets
    if !length.isMultiple(of: 8) || !(0...limit).contains(length)
      || Bits(trie.trunk).masked(to: length) != Bits(trie.trunk)
    {
      flaws.append("there is no trunk of \(length) bits")
    }
  }
}

extension ShortcutTable {
  /// All shortcuts that lead somewhere, wherever they are kept.
  var listed: [UInt64: UInt32] {
    let direct =
      self.direct.enumerated().map { (UInt64($0.offset), $0.element) }
      + headed.enumerated().map { (UInt64($0.offset), UInt32($0.element >> 32)) }
    let hashed = entries.map { entry in
      (entry >> Width.bits, Self.shortcut(entry).word)
    }
    // One that is there twice counts as the sum, which is found to be wrong.
    return Dictionary((direct + hashed).filter { $0.1 != 0 }) { $0 &+ $1 }
  }
}

extension SmallPrefixTable {
  /// What is wrong with the table's insides, a sentence each; empty for a sound one.
  var flaws: [String] {
    var flaws: [String] = []
    if !(2...PrefixSlots.fewSlots).contains(items.count) {
      flaws.append("\(items.count - 1) prefixes are held as a few")
    }
    for item in items.dropFirst() {
      if item.bits.masked(to: item.length) != item.bits {
        flaws.append("\(item.bits)/\(item.length) has bits beyond its length")
      }
      for address in [item.bits, item.bits | Bits.hostMask(item.length)] {
        let covering = items.indices.dropFirst().filter { items[$0].covers(address) }
        let longest = covering.max { items[$0].length < items[$1].length }
        if slot(for: address) != longest { flaws.append("\(address) has another range's slot") }
      }
    }
    return flaws
  }
}

extension FamilySlots {
  /// What is wrong with how the prefixes are held, and with a number of values beside them.
  fileprivate func flaws(_ valueCount: Int) -> [String] {
    var flaws = small.flatMap { $0.flaws } + large.flatMap { $0.flaws }
    let forms = count == 0 ? (0, 0) : count < PrefixSlots.fewSlots ? (1, 0) : (0, 1)
    if (small.count, large.count) != forms {
      flaws.append("\(count) prefixes are held in \(small.count) lists, \(large.count) tries")
    }
    let slotCount = large.first?.items.count ?? small.first?.items.count ?? 0
    if valueCount != slotCount {
      flaws.append("there are \(valueCount) values for \(slotCount) slots")
    }
    return flaws
  }
}

extension PrefixTable {
  /// What is wrong with the insides of either family, a sentence each; empty for a sound table.
  var flaws: [String] { slots.v4.flaws(v4.count) + slots.v6.flaws(v6.count) }
}
