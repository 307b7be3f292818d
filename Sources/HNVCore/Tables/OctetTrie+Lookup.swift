extension FamilySlots {
  /// The slot of the longest prefix that covers an address; 0 for none.
  ///
  /// What most searches come to is inlined; the rest is a call. A value will be in its node's
  /// region: its wait begins together with that for the code.
  @inlinable @inline(__always)
  func slot<Value>(for address: Bits, near values: [Value]) -> Int {
    if large.isEmpty { return small.isEmpty ? 0 : small[0].slot(for: address) }
    let (start, depth) = large[0].start(for: address)
    if start.isNode { values.prefetchElement(at: large[0].heads[start.number].base &+ 4) }
    return slot(for: address, from: start, at: depth)
  }

  /// Goes on from a shortcut, and from a depth if it is a node.
  @inlinable @inline(__always)
  func slot(for address: Bits, from start: Shortcut, at depth: Int) -> Int {
    if start.isNode {
      let code = Int(large[0].codes[start.number &<< 8 | address.octet(at: depth)])
      let head = large[0].heads[start.number]
      return code > head.limit
        ? head.base &+ code : search(for: address, from: start.number, at: depth)
    }
    let isFound =
      start.isRoute || start.isTail && large[0].items[start.number].covers(address)
    return isFound ? start.number : search(for: address, from: 0, at: 0)
  }

  /// Goes down from a node at a depth; where that comes to nothing, from the root.
  ///
  /// It is no method of the trie, all arrays of which would be retained for the call.
  @inlinable @inline(never)
  func search(for address: Bits, from first: Int, at depth: Int) -> Int {
    var (node, best) = (first, Int(large[0].nodes[first].cover))
    var rest = address &<< Bits(truncatingIfNeeded: depth)
    while true {
      let octet = rest.firstOctet
      var code = Int(large[0].codes[node &<< 8 | octet])
      let head = large[0].heads[node]
      var base = head.base
      if code > head.limit { return base &+ code }
      if head.limit == 255 {
        code = large[0].code(node, octet)
        base = Int(large[0].nodes[node].base)
      }
      if code == 0 { break }
      let item = large[0].items[base &+ code]
      if item.isRoute { return base &+ code }
      if item.fallback != 0 { best = base &+ item.fallback }
      if !item.isLink {
        if item.covers(address) { return base &+ code }
        break
      }
      node = item.node
      rest = rest &<< 8
    }
    return best == 0 && first != 0 ? search(for: address, from: 0, at: 0) : best
  }
}

extension OctetTrie {
  /// Where a search begins: what the shortcuts say of an address, and at which depth; nothing off
  /// the trunk.
  @inlinable @inline(__always)
  func start(for address: Bits) -> (shortcut: Shortcut, depth: Int) {
    let depth = depthBehindShortcuts
    guard address.agrees(with: Bits(trunk), to: trunkLength) else { return (.none, depth) }
    if Bits.hasDeepShortcuts {
      let octets = address.octets(Bits.shortcutOctets &+ 1, at: trunkLength)
      let deep = deepShortcuts[octets, width: ShortcutTable.deepWidth]
      if deep.word != 0 { return (deep, depth &+ 8) }
    }
    return (shortcuts[address.octets(Bits.shortcutOctets, at: trunkLength)], depth)
  }

  @inlinable @inline(__always)
  var depthBehindShortcuts: Int { trunkLength &+ 8 &* Bits.shortcutOctets }

  /// Has the processor fetch what changing a prefix will read, and returns its node's base.
  func prefetchChange(of bits: Bits) -> Int {
    let (start, depth) = start(for: bits)
    guard start.isNode else { return 0 }
    let base = heads[start.number].base
    codes.prefetchElement(at: start.number &<< 8 | bits.octet(at: depth))
    nodes.prefetchElement(at: start.number)
    items.prefetchElement(at: base)
    items.prefetchElement(at: base &+ 8)
    items.prefetchElement(at: base &+ 16)
    return base
  }
}
