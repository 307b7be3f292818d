extension OctetTrie {
  /// Gives a prefix a slot unless it has one; `moves` says what has to move before it is used.
  mutating func insert(_ bits: Bits, _ length: Int) -> (slot: Int, isNew: Bool) {
    upkeep[0].moves.removeAll(keepingCapacity: true)
    var position = position(of: bits, length)
    let known = code(of: length, at: position)
    if known != 0 { return (slot(position.node, known), false) }
    while length > position.depth + 8 {
      let code = code(position.node, position.octet)
      guard isSpecial(code, of: position.node) else { break }
      position = replaceTail(code, at: position)
      position = end(of: length, from: position)
    }
    upkeep[0].count += 1
    return (add(length, at: position), true)
  }

  /// Removes a prefix and returns the slot that it had before anything moved; `nil` for none.
  mutating func remove(_ bits: Bits, _ length: Int) -> Int? {
    upkeep[0].moves.removeAll(keepingCapacity: true)
    let position = position(of: bits, length)
    let code = code(of: length, at: position)
    if code == 0 { return nil }
    let slot = slot(position.node, code)
    dropTailShortcut(of: items[slot], at: position)
    // In a line of its own: a call on `self` whose argument reads it would copy it.
    let cover = cover(of: code, in: position.node)
    replace(code, by: cover, at: position)
    drop(code, at: position)
    fold(position)
    upkeep[0].count -= 1
    return slot
  }

  /// Adds a prefix at the end of its way and returns its slot.
  private mutating func add(_ length: Int, at position: Position) -> Int {
    let code =
      length > position.depth + 8 ? addTail(length, at: position) : addRoute(length, at: position)
    return slot(position.node, code)
  }

  private mutating func addRoute(_ length: Int, at position: Position) -> Int {
    let new = makeRoom(at: position)
    let (node, route) = (position.node, Item.route(position.bits, length))
    items[slot(node, new)] = route
    for octet in route.octets(at: position.depth) {
      let code = code(node, octet)
      let known = routeCode(code, of: node)
      if known == 0 || items[slot(node, known)].length < length {
        setRouteCode(new, octet, over: code, at: position)
      }
    }
    return new
  }

  private mutating func addTail(_ length: Int, at position: Position) -> Int {
    let last = makeRoom(at: position)
    let (node, octet) = (position.node, position.octet)
    let new = Int(nodes[node].specials) + 1
    // The first route gives its place to it.
    move(new, to: last, at: position)
    nodes[node].specials += 1
    renewHead(at: position)
    let fallback = code(node, octet)
    items[slot(node, new)] = .tail(position.bits, length, fallback: fallback, octet: octet)
    setCode(new, octet, at: position)
    return new
  }

  /// Makes a node where a tail was that is no longer alone, and puts the tail there.
  ///
  /// - Returns: The node on the way to the same bits.
  private mutating func replaceTail(_ code: Int, at position: Position) -> Position {
    let old = slot(position.node, code)
    let tail = items[old]
    let child = makeNode()
    items[old] = .link(to: child, fallback: tail.fallback, octet: tail.octet)
    var new = Position(node: child, depth: position.depth + 8, bits: tail.bits)
    let move = SlotMove(from: old, to: add(tail.length, at: new), count: 1)
    upkeep[0].moves.append(move)
    refreshShortcut(tail.octet, at: position)
    new.bits = position.bits
    return new
  }

  /// The code of the longest route of the same node that covers all of an item; 0 for none.
  private func cover(of code: Int, in node: Int) -> Int {
    let item = items[slot(node, code)]
    if !item.isRoute { return item.fallback }
    var (cover, length) = (0, -1)
    for code in routeCodes(of: node) {
      let other = items[slot(node, code)]
      if other.length < item.length, other.length > length, other.covers(item.bits) {
        (cover, length) = (code, other.length)
      }
    }
    return cover
  }

  /// Has another code, or none, count wherever an item's does.
  private mutating func replace(_ old: Int, by new: Int, at position: Position) {
    let item = items[slot(position.node, old)]
    if !item.isRoute { return setCode(new, item.octet, at: position) }
    for octet in item.octets(at: position.depth) {
      let code = code(position.node, octet)
      if routeCode(code, of: position.node) == old {
        setRouteCode(new, octet, over: code, at: position)
      }
    }
  }

  /// Takes out an item whose code is nowhere any more, and closes the gap.
  private mutating func drop(_ code: Int, at position: Position) {
    let (node, specials) = (position.node, Int(nodes[position.node].specials))
    var gap = code
    if code <= specials {
      move(specials, to: code, at: position)
      nodes[node].specials -= 1
      gap = specials
    }
    let last = Int(nodes[node].count)
    move(last, to: gap, at: position)
    nodes[node].count -= 1
    upkeep[0].itemCount -= 1
    renewHead(at: position)
  }

  /// Gives an item another place in its region.
  private mutating func move(_ old: Int, to new: Int, at position: Position) {
    if old == new { return }
    let (from, to) = (slot(position.node, old), slot(position.node, new))
    items[to] = items[from]
    upkeep[0].moves.append(SlotMove(from: from, to: to, count: 1))
    replace(old, by: new, at: position)
  }

  /// Does without a node that has only one item, where that can stand in its parent as a tail.
  private mutating func fold(_ position: Position) {
    var position = position
    while position.node != Self.root, nodes[position.node].count == 1 {
      let from = slot(position.node, 1)
      let only = items[from]
      if only.isLink { return }
      let parent = self.position(of: position.bits, position.depth)
      let octet = parent.octet
      let to = slot(parent.node, code(parent.node, octet))
      dropTailShortcut(of: only, at: position)
      items[to] = .tail(only.bits, only.length, fallback: items[to].fallback, octet: octet)
      upkeep[0].moves.append(SlotMove(from: from, to: to, count: 1))
      free(position.node)
      refreshShortcut(only.bits.octet(at: position.depth), at: position)
      refreshShortcut(octet, at: parent)
      position = parent
    }
  }

  /// The code of the longest route where a code counts: it, or a special's fallback.
  @inline(__always)
  private func routeCode(_ code: Int, of node: Int) -> Int {
    isSpecial(code, of: node) ? items[slot(node, code)].fallback : code
  }

  @inline(__always)
  private mutating func setRouteCode(
    _ new: Int, _ octet: Int, over code: Int, at position: Position
  ) {
    guard isSpecial(code, of: position.node) else { return setCode(new, octet, at: position) }
    items[slot(position.node, code)].fallback = new
    refreshShortcut(octet, at: position)
  }

  @inline(__always)
  private mutating func setCode(_ code: Int, _ octet: Int, at position: Position) {
    codes[position.node << 8 | octet] = UInt8(truncatingIfNeeded: code)
    let high = Int(nodes[position.node].high)
    if high != 0 { codes[high << 8 | octet] = UInt8(truncatingIfNeeded: code >> 8) }
    refreshShortcut(octet, at: position)
  }
}
