/// A trie, and for IPv4 an index beside it.
struct IndexedTrie<Bits: AddressBits>: Sendable {
  private(set) var trie = PrefixTrie<Bits>()
  /// `nil` in IPv6, where it would take a dozen nodes for each prefix that stands alone, and for
  /// good where there are so many prefixes that their slots have no room in it.
  private(set) var index: StrideIndex?

  /// Holds prefixes, each of which comes once.
  init(_ entries: [PrefixTrie<Bits>.Entry]) {
    for entry in entries { _ = trie.insert(entry.slot, entry.bits, length: entry.length) }
    if Bits.bitWidth == UInt32.bitWidth { makeIndex() }
  }

  @inline(__always)
  func longestMatch(for address: Bits) -> PrefixSlots.Found {
    guard let index else { return PrefixSlots.Found(trie.longestMatch(for: address)) }
    let place = index.longestMatch(for: UInt32(truncatingIfNeeded: address))
    return PrefixSlots.Found(slot: place.slot, length: UInt8(truncatingIfNeeded: place.length))
  }

  /// Gives a prefix the slot unless it has one, and returns the one that it has then.
  mutating func insert(_ slot: Int32, _ bits: Bits, length: UInt8) -> Int32 {
    let before = trie.count
    let given = trie.insert(slot, bits, length: length)
    guard trie.count > before, let rootBits = index?.rootBits else { return given }
    if slot >= StrideIndex.Place.slotLimit || rootBits < StrideIndex.rootBits(for: trie.count) {
      makeIndex()
    } else {
      index?.insert(slot, UInt32(truncatingIfNeeded: bits), length: length)
    }
    return given
  }

  /// Removes a prefix and returns its slot; `nil` where it has none.
  mutating func remove(_ bits: Bits, length: UInt8) -> Int32? {
    guard let slot = trie.remove(bits, length: length) else { return nil }
    if index != nil {
      let cover = trie.cover(of: bits, length: length)
      index?.remove(
        slot, UInt32(truncatingIfNeeded: bits), length: length,
        coveredBy: cover.map { .init(slot: $0.slot, length: $0.length) } ?? .nothing)
    }
    return slot
  }

  /// Makes an index that suits the number of prefixes; none where a slot has no room in it.
  private mutating func makeIndex() {
    self.index = nil
    var index = StrideIndex(for: trie.count)
    // A prefix comes before those that it covers.
    for entry in trie.entries {
      guard entry.slot < StrideIndex.Place.slotLimit else { return }
      index.insert(entry.slot, UInt32(truncatingIfNeeded: entry.bits), length: entry.length)
    }
    self.index = index
  }
}
