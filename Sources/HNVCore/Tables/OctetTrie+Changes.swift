extension OctetTrie {
  /// Gives a prefix a slot unless it has one; `moves` says what has to move before it is used.
  mutating func insert(_ bits: Bits, _ length: Int) -> (slot: Int, isNew: Bool) {
    upkeep[0].moves.removeAll(keepingCapacity: true)
    var (node, depth) = way(to: bits, length)
    while length > depth + 8 {
      let octet = bits.octet(at: depth)
      let code = code(node, octet)
      guard code != 0, code <= nodes[node].specials else {
        let tail = Item.tail(bits, length, fallback: 0, octet: octet)
        let new = addSpecial(tail, to: node, bits, depth)
        return (self.slot(node, new), true)
      }
      let slot = slot(node, code)
      let item = items[slot]
      if item.isLink {
        node = item.node
      } else {
        if item.isExactly(bits, length) { return (slot, false) }
        node = replaceTail(item, code, of: node, depth)
      }
      depth += 8
    }
    if let code = route(bits, length, of: node, depth) { return (slot(node, code), false) }
    // In a line of its own: a call on `self` whose argument changes it would copy it.
    let new = addRoute(bits, length, to: node, depth)
    return (slot(node, new), true)
  }

  /// Removes a prefix and returns the slot that it had before anything moved; `nil` for none.
  mutating func remove(_ bits: Bits, _ length: Int) -> Int? {
    upkeep[0].moves.removeAll(keepingCapacity: true)
    var (node, depth) = way(to: bits, length)
    while length > depth + 8 {
      let code = code(node, bits.octet(at: depth))
      if code == 0 || code > nodes[node].specials { return nil }
      let slot = slot(node, code)
      let item = items[slot]
      if item.isLink {
        node = item.node
        depth += 8
        continue
      }
      guard item.isExactly(bits, length) else { return nil }
      removeSpecial(code, of: node, bits, depth)
      fold(node, bits)
      upkeep[0].count -= 1
      return slot
    }
    guard let code = route(bits, length, of: node, depth) else { return nil }
    let slot = slot(node, code)
    uncover(code, of: node, depth)
    drop(code, of: node, bits, depth)
    fold(node, bits)
    upkeep[0].count -= 1
    return slot
  }

  /// The node at which the search for a prefix can start.
  private func way(to bits: Bits, _ length: Int) -> (node: Int, depth: Int) {
    let start = start(for: bits)
    return start.shortcut.isNode && length > start.depth
      ? (start.shortcut.number, start.depth) : (Self.root, 0)
  }

  /// The code of a prefix that ends in a node's octet.
  func route(_ bits: Bits, _ length: Int, of node: Int, _ depth: Int) -> Int? {
    // It is what counts in its first octet, or shorter than that.
    var code = code(node, bits.octet(at: depth))
    if code == 0 { return nil }
    if code <= nodes[node].specials {
      code = items[slot(node, code)].fallback
      if code == 0 { return nil }
    }
    let first = items[slot(node, code)]
    if first.length <= length { return first.length == length ? code : nil }
    for code in Int(nodes[node].specials)..<Int(nodes[node].count)
    where items[slot(node, code + 1)].isExactly(bits, length) { return code + 1 }
    return nil
  }

  private mutating func addRoute(
    _ bits: Bits, _ length: Int, to node: Int, _ depth: Int
  ) -> Int {
    let route = Item.route(bits, length)
    let new = makeRoom(in: node, bits, depth)
    items[slot(node, new)] = route
    for octet in route.octets(at: depth) {
      let code = code(node, octet)
      if code == 0 {
        setCode(new, of: node, octet)
      } else if code > nodes[node].specials {
        guard items[slot(node, code)].length < length else { continue }
        setCode(new, of: node, octet)
      } else {
        let (slot, fallback) = (slot(node, code), items[slot(node, code)].fallback)
        guard fallback == 0 || items[self.slot(node, fallback)].length < length else { continue }
        items[slot].fallback = new
      }
      refreshShortcut(octet, of: node, bits, depth)
    }
    upkeep[0].count += 1
    return new
  }

  private mutating func addSpecial(
    _ special: Item, to node: Int, _ bits: Bits, _ depth: Int
  ) -> Int {
    let last = makeRoom(in: node, bits, depth)
    nodes[node].specials += 1
    renewHead(of: node, bits, depth)
    let new = Int(nodes[node].specials)
    // The first route gives its place to it.
    if new != last { move(new, to: last, of: node, bits, depth) }
    items[slot(node, new)] = special
    items[slot(node, new)].fallback = code(node, special.octet)
    setCode(new, of: node, special.octet)
    refreshShortcut(special.octet, of: node, bits, depth)
    upkeep[0].count += 1
    return new
  }

  /// Makes a node where a tail was that is no longer alone, and puts the tail there.
  private mutating func replaceTail(
    _ tail: Item, _ code: Int, of node: Int, _ depth: Int
  ) -> Int {
    let child = makeNode()
    let old = slot(node, code)
    items[old] = .link(to: child, fallback: tail.fallback, octet: tail.octet)
    let new =
      tail.length > depth + 16
      ? addSpecial(
        .tail(tail.bits, tail.length, fallback: 0, octet: tail.bits.octet(at: depth + 8)),
        to: child, tail.bits, depth + 8)
      : addRoute(tail.bits, tail.length, to: child, depth + 8)
    upkeep[0].count -= 1
    upkeep[0].moves.append(SlotMove(from: old, to: slot(child, new), count: 1))
    refreshShortcut(tail.octet, of: node, tail.bits, depth)
    return child
  }

  /// Gives a route's octets to the longest shorter route that covers it.
  private mutating func uncover(_ old: Int, of node: Int, _ depth: Int) {
    let route = items[slot(node, old)]
    var (cover, coverLength) = (0, -1)
    for code in Int(nodes[node].specials)..<Int(nodes[node].count) {
      let other = items[slot(node, code + 1)]
      if other.length < route.length, other.length > coverLength, other.covers(route.bits) {
        (cover, coverLength) = (code + 1, other.length)
      }
    }
    replace(old, by: cover, in: route.octets(at: depth), of: node, route.bits, depth)
  }

  /// Has a route's code stand for another, or none, wherever it counts.
  private mutating func replace(
    _ old: Int, by new: Int, in octets: Range<Int>, of node: Int, _ bits: Bits, _ depth: Int
  ) {
    for octet in octets {
      let code = code(node, octet)
      if code == old {
        setCode(new, of: node, octet)
      } else if code <= nodes[node].specials, code != 0 {
        let slot = slot(node, code)
        guard items[slot].fallback == old else { continue }
        items[slot].fallback = new
      } else {
        continue
      }
      refreshShortcut(octet, of: node, bits, depth)
    }
  }

  private mutating func removeSpecial(_ code: Int, of node: Int, _ bits: Bits, _ depth: Int) {
    let special = items[slot(node, code)]
    setCode(special.fallback, of: node, special.octet)
    drop(code, of: node, bits, depth)
    if !special.isLink { dropTailShortcut(of: special, depth) }
    refreshShortcut(special.octet, of: node, bits, depth)
  }

  /// Takes out an item whose code is nowhere any more, and closes the gap.
  private mutating func drop(_ code: Int, of node: Int, _ bits: Bits, _ depth: Int) {
    var gap = code
    let last = Int(nodes[node].count)
    if code <= nodes[node].specials {
      let lastSpecial = Int(nodes[node].specials)
      if gap != lastSpecial { move(lastSpecial, to: gap, of: node, bits, depth) }
      nodes[node].specials -= 1
      gap = lastSpecial
    }
    if gap != last { move(last, to: gap, of: node, bits, depth) }
    nodes[node].count -= 1
    upkeep[0].itemCount -= 1
    renewHead(of: node, bits, depth)
  }

  /// Gives an item another place in its region.
  private mutating func move(
    _ old: Int, to new: Int, of node: Int, _ bits: Bits, _ depth: Int
  ) {
    let item = items[slot(node, old)]
    items[slot(node, new)] = item
    upkeep[0].moves.append(SlotMove(from: slot(node, old), to: slot(node, new), count: 1))
    if item.isRoute {
      replace(old, by: new, in: item.octets(at: depth), of: node, bits, depth)
    } else {
      setCode(new, of: node, item.octet)
      refreshShortcut(item.octet, of: node, bits, depth)
    }
  }

  /// Does without a node that has only one item, where that can stand in its parent as a tail.
  private mutating func fold(_ node: Int, _ bits: Bits) {
    var node = node
    while node != Self.root, nodes[node].count == 1, !items[slot(node, 1)].isLink {
      let only = items[slot(node, 1)]
      let (parent, code, depth) = link(to: node, bits)
      let link = items[slot(parent, code)]
      items[slot(parent, code)] = .tail(
        only.bits, only.length, fallback: link.fallback, octet: link.octet)
      upkeep[0].moves.append(SlotMove(from: slot(node, 1), to: slot(parent, code), count: 1))
      // The parent may be above the trunk, where the tail gets no other.
      if !only.isRoute { dropTailShortcut(of: only, depth + 8) }
      free(node)
      refreshShortcut(only.bits.octet(at: depth + 8), of: node, only.bits, depth + 8)
      refreshShortcut(link.octet, of: parent, bits, depth)
      node = parent
    }
  }

  /// The link to a node on the way to some bits.
  private func link(to child: Int, _ bits: Bits) -> (node: Int, code: Int, depth: Int) {
    var (node, depth) = (Self.root, 0)
    while true {
      let code = code(node, bits.octet(at: depth))
      let next = items[slot(node, code)].node
      if next == child { return (node, code, depth) }
      (node, depth) = (next, depth + 8)
    }
  }

  private mutating func setCode(_ code: Int, of node: Int, _ octet: Int) {
    codes[node << 8 | octet] = UInt8(truncatingIfNeeded: code)
    let high = Int(nodes[node].high)
    if high != 0 { codes[high << 8 | octet] = UInt8(truncatingIfNeeded: code >> 8) }
  }
}
