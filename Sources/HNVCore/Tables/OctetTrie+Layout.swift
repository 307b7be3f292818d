/// Where nodes and regions lie.
extension OctetTrie {
  /// Makes room for one more item in a node's region, behind all others, and returns its code.
  mutating func makeRoom(in node: Int, _ bits: Bits, _ depth: Int) -> Int {
    let count = Int(nodes[node].count)
    if count == Regions.sizes[Int(nodes[node].size)] { grow(node, bits, depth) }
    if count == 255, nodes[node].high == 0 {
      nodes[node].high = UInt32(makeNode())
      renewHead(of: node, bits, depth)
    }
    nodes[node].count += 1
    upkeep[0].itemCount += 1
    return count + 1
  }

  private mutating func grow(_ node: Int, _ bits: Bits, _ depth: Int) {
    let (base, size, count) = (nodes[node].base, nodes[node].size, Int(nodes[node].count))
    let new = takeRegion(size + 1)
    for place in 1..<count + 1 { items[Int(new) + place] = items[Int(base) + place] }
    if count > 0 {
      upkeep[0].moves.append(SlotMove(from: Int(base) + 1, to: Int(new) + 1, count: count))
    }
    upkeep[0].regions.give(base, size)
    nodes[node].base = new
    nodes[node].size = size + 1
    renewHead(of: node, bits, depth)
    refreshShortcuts(of: node, bits, depth)
  }

  private mutating func takeRegion(_ size: UInt8) -> UInt32 {
    if let base = upkeep[0].regions.take(size) { return base }
    let base = items.count - 1
    let wanted = items.count + Regions.sizes[Int(size)]
    precondition(wanted <= Shortcut.numberLimit, "a prefix table has no more slots")
    if wanted > items.capacity { items.reserveCapacity(wanted + wanted / 8) }
    items.append(contentsOf: repeatElement(.none, count: Regions.sizes[Int(size)]))
    return UInt32(base)
  }

  mutating func makeNode() -> Int {
    if let node = upkeep[0].freeNodes.popLast() { return Int(node) }
    if codes.count + 256 > codes.capacity {
      let wanted = nodes.count + nodes.count / 8 + 2
      nodes.reserveCapacity(wanted)
      heads.reserveCapacity(wanted)
      codes.reserveCapacity(wanted << 8)
    }
    nodes.append(Node())
    heads.append(Head())
    codes.append(contentsOf: repeatElement(0, count: 256))
    return nodes.count - 1
  }

  /// Gives a node back, whose items are elsewhere.
  mutating func free(_ node: Int) {
    let high = Int(nodes[node].high)
    for octet in 0..<256 { codes[node << 8 | octet] = 0 }
    if high != 0 {
      for octet in 0..<256 { codes[high << 8 | octet] = 0 }
      upkeep[0].freeNodes.append(UInt32(high))
    }
    upkeep[0].itemCount -= Int(nodes[node].count)
    upkeep[0].regions.give(nodes[node].base, nodes[node].size)
    nodes[node] = Node()
    heads[node] = Head()
    upkeep[0].freeNodes.append(UInt32(node))
  }

  /// Whether so much room is unused that everything should be laid out again: free regions, regions
  /// of nodes that have shrunk, or free nodes.
  var isLoose: Bool {
    let (free, used) = (upkeep[0].regions.freeSlots, upkeep[0].itemCount)
    return free > items.count / 8 * 3 + 64 || items.count - free > 4 * used + 64
      || upkeep[0].freeNodes.count > nodes.count / 8 * 3 + 4
  }

  /// Lays out all nodes and regions side by side, each as small as will do, and returns what went
  /// where.
  ///
  /// It runs only when a fixed share is unused, so that its cost for each change is constant.
  mutating func layOut() -> [SlotMove] {
    var new = OctetTrie()
    new.nodes = []
    new.heads = []
    new.codes = []
    new.items.reserveCapacity(items.count - upkeep[0].regions.freeSlots)
    new.upkeep[0].count = count
    var order: [SlotMove] = []
    var places = [Self.root]
    // A node's place in `places` is its new number; blocks of upper bytes come behind all nodes.
    var next = 0
    while next < places.count {
      new.take(places[next], of: self, &places, &order)
      next += 1
    }
    for node in new.nodes.indices where new.nodes[node].high != 0 {
      let high = Int(new.nodes[node].high) << 8
      new.nodes[node].high = UInt32(new.codes.count >> 8)
      new.codes.append(contentsOf: codes[high..<high + 256])
      new.nodes.append(Node())
      new.heads.append(Head())
    }
    self = new
    makeShortcuts()
    return order
  }

  /// Copies a node of another trie behind those that are there, and notes to which it links.
  private mutating func take(
    _ node: Int, of old: OctetTrie, _ places: inout [Int], _ order: inout [SlotMove]
  ) {
    var copy = old.nodes[node]
    let (base, count) = (Int(copy.base), Int(copy.count))
    copy.size = UInt8(Regions.sizes.firstIndex { $0 >= count } ?? 0)
    let room = Regions.sizes[Int(copy.size)]
    copy.base = UInt32(items.count - 1)
    if count <= 255 { copy.high = 0 }
    upkeep[0].itemCount += count
    if count > 0 { order.append(SlotMove(from: base + 1, to: items.count, count: count)) }
    for var item in old.items[base + 1..<base + 1 + count] {
      if item.isLink {
        places.append(item.node)
        item = .link(to: places.count - 1, fallback: item.fallback, octet: item.octet)
      }
      items.append(item)
    }
    items.append(contentsOf: repeatElement(.none, count: room - count))
    nodes.append(copy)
    heads.append(Head(copy))
    codes.append(contentsOf: old.codes[node << 8..<node << 8 + 256])
  }
}

/// Room for a node's items, in a few sizes; what is given back is handed out again.
struct Regions: Sendable {
  /// The slots of each size: even, so that every base is even.
  ///
  /// A node has at most 511 routes and 256 specials.
  static let sizes = [
    0, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 256, 384, 512, 768,
  ]
  private(set) var free: [[UInt32]] = []
  /// The slots given back.
  private(set) var freeSlots = 0

  mutating func take(_ size: UInt8) -> UInt32? {
    guard Int(size) < free.count, let base = free[Int(size)].popLast() else { return nil }
    freeSlots -= Self.sizes[Int(size)]
    return base
  }

  mutating func give(_ base: UInt32, _ size: UInt8) {
    if size == 0 { return }
    while free.count <= Int(size) { free.append([]) }
    free[Int(size)].append(base)
    freeSlots += Self.sizes[Int(size)]
  }
}
