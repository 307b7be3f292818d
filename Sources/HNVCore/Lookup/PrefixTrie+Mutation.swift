extension PrefixTrie {
  /// Gives a prefix the slot unless it has one, and returns the one that it has then.
  mutating func insert(_ slot: Slot, _ bits: Bits, length: UInt8) -> Slot {
    var parent = Self.root
    while self[parent].length < length {
      let child = self[parent].child(towards: bits)
      guard child != Self.none else {
        parent = addNode(bits, length: length, below: parent)
        break
      }
      let shared = min(length, UInt8(truncatingIfNeeded: self[child].bits.sharedLength(with: bits)))
      parent =
        self[child].length <= shared
        ? child : addNode(bits.masked(to: Int(shared)), length: shared, between: parent, child)
    }
    if !self[parent].hasSlot {
      self[parent].slot = slot
      count += 1
    }
    return self[parent].slot
  }

  /// Removes a prefix and returns its slot; `nil` where it has none.
  mutating func remove(_ bits: Bits, length: UInt8) -> Slot? {
    var (grandparent, parent, index) = (Self.none, Self.none, Self.root)
    while self[index].length < length {
      let child = self[index].child(towards: bits)
      if child == Self.none { return nil }
      (grandparent, parent, index) = (parent, index, child)
    }
    let node = self[index]
    guard node.length == length, node.bits == bits, node.hasSlot else { return nil }
    self[index].slot = Self.noSlot
    count -= 1
    // A parent that only held two paths apart has no reason to stay once one of them is gone.
    dropIfNeedless(index, below: parent)
    dropIfNeedless(parent, below: grandparent)
    return node.slot
  }

  private mutating func addNode(_ bits: Bits, length: UInt8, below parent: Index) -> Index {
    let index = allocate(Node(bits: bits, length: length))
    link(parent, to: index, towards: bits)
    return index
  }

  private mutating func addNode(
    _ bits: Bits, length: UInt8, between parent: Index, _ child: Index
  ) -> Index {
    let index = addNode(bits, length: length, below: parent)
    link(index, to: child, towards: self[child].bits)
    return index
  }

  /// Takes out a node that neither has a slot nor holds two paths apart.
  private mutating func dropIfNeedless(_ index: Index, below parent: Index) {
    let node = self[index]
    guard index != Self.root, !node.hasSlot, node.zero == Self.none || node.one == Self.none
    else { return }
    link(parent, to: node.zero == Self.none ? node.one : node.zero, towards: node.bits)
    self[index].zero = firstFree
    firstFree = index
  }

  private mutating func link(_ parent: Index, to child: Index, towards bits: Bits) {
    if self[parent].turnsToOne(bits) {
      self[parent].one = child
    } else {
      self[parent].zero = child
    }
  }

  private mutating func allocate(_ node: Node) -> Index {
    guard firstFree == Self.none else {
      let index = firstFree
      firstFree = self[index].zero
      self[index] = node
      return index
    }
    nodes.append(node)
    return Index(nodes.count - 1)
  }
}
