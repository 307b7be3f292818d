/// Where nodes and regions lie.
extension OctetTrie {
  /// Makes room for one more item in a node's region, behind all others, and returns its code.
  mutating func makeRoom(at position: Position) -> Int {
    let node = position.node
    let count = Int(nodes[node].count)
    if count == Regions.sizes[Int(nodes[node].size)] { grow(at: position) }
    if count == 255, nodes[node].high == 0 {
      nodes[node].high = UInt32(makeNode())
      renewHead(at: position)
    }
    nodes[node].count += 1
    upkeep[0].itemCount += 1
    return count + 1
  }

  private mutating func grow(at position: Position) {
    let old = nodes[position.node]
    let (from, count) = (Int(old.base) + 1, Int(old.count))
    let base = takeRegion(old.size + 1)
    let to = Int(base) + 1
    for place in 0..<count { items[to + place] = items[from + place] }
    if count > 0 { upkeep[0].moves.append(SlotMove(from: from, to: to, count: count)) }
    upkeep[0].regions.give(old.base, old.size)
    nodes[position.node].base = base
    nodes[position.node].size = old.size + 1
    renewHead(at: position)
    refreshShortcuts(at: position)
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
    let old = nodes[node]
    freeBlock(node)
    if old.high != 0 { freeBlock(Int(old.high)) }
    upkeep[0].itemCount -= Int(old.count)
    upkeep[0].regions.give(old.base, old.size)
    nodes[node] = Node()
    heads[node] = Head()
  }

  private mutating func freeBlock(_ block: Int) {
    for octet in 0..<256 { codes[block << 8 | octet] = 0 }
    upkeep[0].freeNodes.append(UInt32(block))
  }

  /// Whether so much room is unused that everything should be laid out again: free regions, regions
  /// of nodes that have shrunk, or free nodes.
  var isLoose: Bool {
    let (free, used) = (upkeep[0].regions.freeSlots, upkeep[0].itemCount)
    return free > items.count / 8 * 3 + 64 || items.count - free > 4 * used + 64
      || upkeep[0].freeNodes.count > nodes.count / 8 * 3 + 4
  }

  /// Lays out all nodes and regions side by side, each as small as will do, and returns what went
  /// where, slot 0 first.
  ///
  /// It runs only when a fixed share is unused, so that its cost for each change is constant.
  mutating func layOut() -> [SlotMove] {
    var new = OctetTrie()
    (new.nodes, new.heads, new.codes) = ([], [], [])
    new.items.reserveCapacity(items.count - upkeep[0].regions.freeSlots)
    new.upkeep[0].count = count
    var moves = [SlotMove(from: 0, to: 0, count: 1)]
    // What stands at a place here, a node or a block of upper bytes, has that number then.
    var order = [Self.root]
    var next = 0
    while next < order.count {
      new.take(order[next], of: self, &order, &moves)
      next += 1
    }
    self = new
    makeShortcuts()
    return moves
  }

  /// Copies a node of another trie behind those that are there, and notes what belongs to it.
  private mutating func take(
    _ node: Int, of old: OctetTrie, _ order: inout [Int], _ moves: inout [SlotMove]
  ) {
    var copy = old.nodes[node]
    let (slots, count) = (old.slots(of: node), Int(copy.count))
    copy.size = UInt8(Regions.sizes.firstIndex { $0 >= count } ?? 0)
    copy.base = UInt32(items.count - 1)
    upkeep[0].itemCount += count
    if count > 0 {
      moves.append(SlotMove(from: slots.lowerBound, to: items.count, count: count))
    }
    for var item in old.items[slots] {
      if item.isLink {
        order.append(item.node)
        item = .link(to: order.count - 1, fallback: item.fallback, octet: item.octet)
      }
      items.append(item)
    }
    let room = Regions.sizes[Int(copy.size)]
    items.append(contentsOf: repeatElement(.none, count: room - count))
    if count <= 255 { copy.high = 0 }
    if copy.high != 0 {
      order.append(Int(copy.high))
      copy.high = UInt32(order.count - 1)
    }
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
