/// Where a prefix is.
extension OctetTrie {
  /// A node, and the way to it: the first `depth` of some bits.
  struct Position: Sendable {
    var node: Int
    var depth: Int
    var bits: Bits

    static var root: Position { Position(node: OctetTrie.root, depth: 0, bits: 0) }

    /// The octet that the node takes.
    var octet: Int { bits.octet(at: depth) }

    /// The node to which a link of this one leads.
    func following(_ link: Item) -> Position {
      let octet = Bits(truncatingIfNeeded: link.octet) &<< Bits(Bits.bitWidth - 8 - depth)
      return Position(node: link.node, depth: depth + 8, bits: bits | octet)
    }
  }

  var count: Int { upkeep[0].count }

  /// The slot of exactly this prefix; 0 for none.
  func slot(of bits: Bits, _ length: Int) -> Int {
    let position = end(of: length, from: Position(node: Self.root, depth: 0, bits: bits))
    let code = code(of: length, at: position)
    return code == 0 ? 0 : slot(position.node, code)
  }

  /// Where the way to a prefix ends: at the node in whose octet it does, or for want of a link.
  func position(of bits: Bits, _ length: Int) -> Position {
    let start = start(for: bits)
    let isOnWay = start.shortcut.isNode && length > start.depth
    let (node, depth) = isOnWay ? (start.shortcut.number, start.depth) : (Self.root, 0)
    return end(of: length, from: Position(node: node, depth: depth, bits: bits))
  }

  /// The end of the way of so many bits, from a node on it.
  @inline(__always)
  func end(of length: Int, from position: Position) -> Position {
    var position = position
    while length > position.depth + 8 {
      let code = code(position.node, position.octet)
      guard isSpecial(code, of: position.node) else { break }
      let item = items[slot(position.node, code)]
      guard item.isLink else { break }
      position.node = item.node
      position.depth += 8
    }
    return position
  }

  /// The code of the prefix of some length whose way ends at a position; 0 for none.
  @inline(__always)
  func code(of length: Int, at position: Position) -> Int {
    let node = position.node
    // It is what counts in its first octet, or shorter than that.
    var code = code(node, position.octet)
    if length <= position.depth + 8, isSpecial(code, of: node) {
      code = items[slot(node, code)].fallback
    }
    if code == 0 { return 0 }
    let first = items[slot(node, code)]
    if first.length <= length { return first.isExactly(position.bits, length) ? code : 0 }
    for code in routeCodes(of: node)
    where items[slot(node, code)].isExactly(position.bits, length) { return code }
    return 0
  }

  /// Whether a code is that of a link or tail.
  func isSpecial(_ code: Int, of node: Int) -> Bool { code != 0 && code <= nodes[node].specials }

  func routeCodes(of node: Int) -> Range<Int> {
    Int(nodes[node].specials) + 1..<Int(nodes[node].count) + 1
  }

  /// The slots of a node's items.
  func slots(of node: Int) -> Range<Int> {
    slot(node, 1)..<slot(node, 1 + Int(nodes[node].count))
  }

  /// A node's links and tails.
  func specials(of node: Int) -> ArraySlice<Item> {
    items[slot(node, 1)..<slot(node, 1 + Int(nodes[node].specials))]
  }
}
