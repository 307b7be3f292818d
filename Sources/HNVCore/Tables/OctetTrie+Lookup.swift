extension FamilySlots {
  /// The slot of the longest prefix that covers an address; 0 for none.
  ///
  /// What most searches come to is inlined; the rest is a call. A value will be in its node's
  /// region: its wait begins together with that for the code.
  @inlinable @inline(__always)
  func slot<Value>(for address: Bits, near values: [Value]) -> Int {
    if large.isEmpty { return small.isEmpty ? 0 : small[0].slot(for: address) }
    let start = large[0].start(for: address)
    let number = start.shortcut.number
    if start.shortcut.isNode {
      let head = large[0].heads[number]
      values.prefetchElement(at: head.base &+ 4)
      let code = Int(large[0].codes[number &<< 8 | start.octet])
      return code > head.limit
        ? head.base &+ code : Int(search(for: address, from: number, at: start.depth))
    }
    let isFound =
      start.shortcut.isRoute
      || start.shortcut.isTail && large[0].items[number].covers(address)
    return isFound ? number : Int(search(for: address, from: 0, at: 0))
  }

  /// Goes down from a node at a depth; where that comes to nothing, from the root.
  ///
  /// It is no method of the trie, all arrays of which would be retained for the call.
  @inlinable @inline(never)
  func search(for address: Bits, from first: Int, at depth: Int) -> UInt32 {
    var (node, best) = (first, Int(large[0].nodes[first].cover))
    var rest = address &<< Bits(truncatingIfNeeded: depth)
    while true {
      let octet = rest.firstOctet
      var code = Int(large[0].codes[node &<< 8 | octet])
      let head = large[0].heads[node]
      var base = head.base
      if code > head.limit { return UInt32(truncatingIfNeeded: base &+ code) }
      if head.limit == 255 {
        code = large[0].code(node, octet)
        base = Int(large[0].nodes[node].base)
      }
      if code == 0 { break }
      let item = large[0].items[base &+ code]
      if item.isRoute { return UInt32(truncatingIfNeeded: base &+ code) }
      if item.fallback != 0 { best = base &+ item.fallback }
      if !item.isLink {
        if item.covers(address) { return UInt32(truncatingIfNeeded: base &+ code) }
        break
      }
      node = item.node
      rest = rest &<< 8
    }
    return best == 0 && first != 0
      ? search(for: address, from: 0, at: 0) : UInt32(truncatingIfNeeded: best)
  }
}

extension OctetTrie {
  /// Where a search begins: what the shortcuts say of an address, and the octet behind them and
  /// its depth; nothing off the trunk.
  @inlinable @inline(__always)
  func start(for address: Bits) -> (shortcut: Shortcut, octet: Int, depth: Int) {
    let depth = depthBehindShortcuts
    let window = address.window(behind: Bits(trunk), trunkLength)
    if Bits.hasDeepShortcuts {
      let deep = deepShortcuts[window &>> 8, width: ShortcutTable.deepWidth]
      if deep.word != 0 { return (deep, Int(truncatingIfNeeded: window & 255), depth &+ 8) }
    }
    return (shortcuts[window &>> 16], Int(truncatingIfNeeded: window &>> 8 & 255), depth)
  }

  @inlinable @inline(__always)
  var depthBehindShortcuts: Int { trunkLength &+ 8 &* Bits.shortcutOctets }

  /// Has the processor fetch what changing a prefix will read, and returns its node's base.
  func prefetchChange(of bits: Bits) -> Int {
    let (start, octet, _) = start(for: bits)
    guard start.isNode else { return 0 }
    let base = heads[start.number].base
    codes.prefetchElement(at: start.number &<< 8 | octet)
    nodes.prefetchElement(at: start.number)
    items.prefetchElement(at: base)
    items.prefetchElement(at: base &+ 8)
    items.prefetchElement(at: base &+ 16)
    return base
  }
}
