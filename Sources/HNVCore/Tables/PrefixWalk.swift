/// The slots of the prefixes within one, in ascending order of address and length.
struct PrefixWalk<Bits: TrieAddress>: Sequence, IteratorProtocol, Sendable {
  private typealias Position = OctetTrie<Bits>.Position

  private let family: FamilySlots<Bits>
  private let bits: Bits
  private let length: Int
  /// What is still to come, the next one last, each with the first address that it stands for.
  private var pending: [(slot: Int, item: OctetTrie<Bits>.Item, start: Position)] = []

  init(_ family: FamilySlots<Bits>, within bits: Bits = 0, _ length: Int = 0) {
    (self.family, self.bits, self.length) = (family, bits, length)
    if family.large.isEmpty {
      add(family.fewSlots, at: .root)
      return
    }
    var start = family.large[0].position(of: bits, length)
    start.bits = bits.masked(to: start.depth)
    add(family.large[0].slots(of: start.node), at: start)
  }

  mutating func next() -> Int? {
    while let (slot, item, start) = pending.popLast() {
      if !item.isLink { return slot }
      add(family.large[0].slots(of: item.node), at: start)
    }
    return nil
  }

  private mutating func add(_ slots: Range<Int>, at position: Position) {
    let first = pending.count
    for slot in slots {
      let item = family.item(at: slot)
      let start =
        item.isLink ? position.following(item) : Position(node: 0, depth: 0, bits: item.bits)
      let common = item.isLink ? Swift.min(length, start.depth) : length
      guard item.length >= length, start.bits.agrees(with: bits, to: common) else { continue }
      pending.append((slot, item, start))
    }
    pending[first...].sort {
      ($0.start.bits, $0.item.length) > ($1.start.bits, $1.item.length)
    }
  }
}
