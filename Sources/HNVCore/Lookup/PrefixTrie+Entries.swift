extension PrefixTrie {
  /// All entries in ascending order.
  var entries: Entries { Entries(of: self, from: Self.root) }

  /// The entries at and below a node, in ascending order of address and length.
  struct Entries: Sequence, IteratorProtocol, Sendable {
    private let trie: PrefixTrie
    /// The nodes still to visit with all that is below them, the next one last.
    private var pending: [Index]

    init(of trie: PrefixTrie, from index: Index?) {
      self.trie = trie
      pending = []
      if let index { pending.append(index) }
    }

    mutating func next() -> Entry? {
      while let index = pending.popLast() {
        let node = trie[index]
        // A node comes before its children, which continue its own bits with 0 and with 1.
        if node.one != none { pending.append(node.one) }
        if node.zero != none { pending.append(node.zero) }
        if node.hasSlot { return Entry(bits: node.bits, length: node.length, slot: node.slot) }
      }
      return nil
    }
  }
}
