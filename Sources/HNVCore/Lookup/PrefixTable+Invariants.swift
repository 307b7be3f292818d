extension PrefixTrie {
  /// What is wrong with the trie's shape, a sentence each; empty for a sound one.
  ///
  /// - Complexity: O(*n*) in the number of nodes.
  func checkInvariants() -> [String] {
    var flaws: [String] = []
    var visits = [Int](repeating: 0, count: nodes.count)
    var pending = [Self.root]
    var entries = 0
    while let index = pending.popLast() {
      visits[Int(index)] += 1
      guard visits[Int(index)] == 1 else { continue }
      if self[index].hasSlot { entries += 1 }
      flaws += flawsOfNode(index)
      for child in [self[index].zero, self[index].one] where child != Self.none {
        pending.append(child)
      }
    }
    var free = firstFree
    while free != Self.none, visits[Int(free)] == 0 {
      visits[Int(free)] += 1
      free = self[free].zero
    }
    if free != Self.none { flaws.append("free node \(free) is also in use") }
    for (index, count) in visits.enumerated() where count != 1 {
      flaws.append("node \(index) is reached \(count) times")
    }
    if entries != count { flaws.append("\(entries) entries are counted as \(count)") }
    return flaws
  }

  private func flawsOfNode(_ index: Index) -> [String] {
    let node = self[index]
    var flaws: [String] = []
    if node.bits.masked(to: Int(node.length)) != node.bits {
      flaws.append("node \(index) has bits beyond its length")
    }
    if !node.hasSlot, index != Self.root, node.zero == Self.none || node.one == Self.none {
      flaws.append("node \(index) is needless")
    }
    for (child, isOne) in [(node.zero, false), (node.one, true)] where child != Self.none {
      let below = self[child]
      if below.length <= node.length || !node.covers(below.bits)
        || node.turnsToOne(below.bits) != isOne
      {
        flaws.append("node \(child) is on the wrong path below node \(index)")
      }
    }
    return flaws
  }
}

extension FamilyPrefixes {
  /// What is wrong with how they are held, a sentence each; empty for a sound one.
  func checkInvariants() -> [String] {
    let isMany = count > PrefixHandful<Bits>.limit
    var flaws = many?.trie.checkInvariants() ?? []
    if isMany != (many != nil) || isMany && few.count > 0 {
      flaws.append("\(count) prefixes are held in the wrong way")
    }
    let entries = few.entries
    for (one, next) in zip(entries, entries.dropFirst())
    where (one.bits, one.length) >= (next.bits, next.length) {
      flaws.append("\(next.bits)/\(next.length) is not in order")
    }
    return flaws
  }
}

extension PrefixTable {
  /// What is wrong with the table's insides, a sentence each; empty for a sound one.
  ///
  /// - Complexity: O(*n* log *n*) in the number of slots.
  func checkInvariants() -> [String] {
    var flaws = slots.v4.checkInvariants() + slots.v6.checkInvariants()
    var used = freeSlots
    var entries = PrefixSlots.Iterator(slots)
    while let entry = entries.next() { used.append(entry.slot) }
    if used.sorted() != Array(values.indices) {
      flaws.append("the slots are not each in use once or free")
    }
    for slot in freeSlots where values[Int(slot)] != nil {
      flaws.append("free slot \(slot) keeps a value")
    }
    if values.filter({ $0 != nil }).count != count { flaws.append("a slot in use has no value") }
    return flaws
  }
}
