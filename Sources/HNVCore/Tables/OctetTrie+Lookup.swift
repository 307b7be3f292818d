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
      values.prefetchElement(at: start.head.base &+ 4)
      let code = Int(large[0].codes[number &<< 8 | start.octet])
      return code > start.head.limit
        ? start.head.base &+ code : Int(search(for: address, from: number, at: start.depth))
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
  /// Where a search begins.
  @usableFromInline
  struct Start: Sendable {
    /// Nothing off the trunk.
    @usableFromInline let shortcut: Shortcut
    /// That of the shortcut's node.
    @usableFromInline let head: Head
    /// The octet behind the shortcut, and its depth.
    @usableFromInline let octet: Int
    @usableFromInline let depth: Int

    @inlinable @inline(__always)
    init(_ shortcut: Shortcut, _ head: Head, octet: UInt64, depth: Int) {
      self.shortcut = shortcut
      self.head = head
      self.octet = Int(truncatingIfNeeded: octet & 255)
      self.depth = depth
    }
  }

  /// What the shortcuts say of an address.
  @inlinable @inline(__always)
  func start(for address: Bits) -> Start {
    let depth = depthBehindShortcuts
    let window = address.window(behind: Bits(trunk), trunkLength)
    let key = window &>> 16
    if key < UInt64(truncatingIfNeeded: shortcuts.headed.count) {
      let word = shortcuts.headed[Int(truncatingIfNeeded: key)]
      return Start(
        Shortcut(word: UInt32(truncatingIfNeeded: word &>> 32)),
        Head(word: UInt32(truncatingIfNeeded: word)), octet: window &>> 8, depth: depth)
    }
    if Bits.hasDeepShortcuts {
      let deep = deepShortcuts[window &>> 8]
      if deep.word != 0 { return Start(deep, head(deep), octet: window, depth: depth &+ 8) }
    }
    let shortcut = shortcuts[key]
    return Start(shortcut, head(shortcut), octet: window &>> 8, depth: depth)
  }

  @inlinable @inline(__always)
  func head(_ shortcut: Shortcut) -> Head { shortcut.isNode ? heads[shortcut.number] : Head() }

  @inlinable @inline(__always)
  var depthBehindShortcuts: Int { trunkLength &+ 8 &* Bits.shortcutOctets }

  /// Has the processor fetch what changing a prefix will read, and returns its node's base.
  func prefetchChange(of bits: Bits) -> Int {
    let start = start(for: bits)
    guard start.shortcut.isNode else { return 0 }
    let base = start.head.base
    codes.prefetchElement(at: start.shortcut.number &<< 8 | start.octet)
    nodes.prefetchElement(at: start.shortcut.number)
    items.prefetchElement(at: base)
    items.prefetchElement(at: base &+ 8)
    items.prefetchElement(at: base &+ 16)
    return base
  }
}
