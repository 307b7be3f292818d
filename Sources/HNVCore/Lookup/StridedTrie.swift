/// The prefixes of IPv4: a trie, and where there are many an index beside it.
struct StridedTrie: Sendable {
  private(set) var trie = PrefixTrie<UInt32>()
  private(set) var index: StrideIndex?

  /// From so many prefixes on there is an index: a handful is found soon enough, and a network has
  /// thousands of tables that hold no more.
  private static var indexedCount: Int { 64 }

  func longestMatch(for address: UInt32) -> PrefixTrie<UInt32>.Entry? {
    guard let index else { return trie.longestMatch(for: address) }
    let place = index.longestMatch(for: address)
    if place.isNothing { return nil }
    return PrefixTrie.Entry(
      bits: address.masked(to: place.length), length: UInt8(place.length), slot: place.slot)
  }

  /// Gives a prefix the slot unless it has one, and returns the one that it has then.
  mutating func insert(_ slot: Int32, _ bits: UInt32, length: UInt8) -> Int32 {
    let before = trie.count
    let given = trie.insert(slot, bits, length: length)
    guard trie.count > before else { return given }
    if slot >= StrideIndex.Place.slotLimit {
      index = nil
    } else if !suits(index) {
      makeIndex()
    } else {
      index?.insert(slot, bits, length: length)
    }
    return given
  }

  /// Removes a prefix and returns its slot; `nil` where it has none.
  mutating func remove(_ bits: UInt32, length: UInt8) -> Int32? {
    guard let slot = trie.remove(bits, length: length) else { return nil }
    if index == nil { return slot }
    if trie.count < Self.indexedCount / 2 {
      index = nil
    } else {
      let cover = trie.cover(of: bits, length: length)
      index?.remove(
        slot, bits, length: length,
        coveredBy: cover.map { .init(slot: $0.slot, length: $0.length) } ?? .nothing)
    }
    return slot
  }

  /// Whether the table has outgrown what it has.
  private func suits(_ index: StrideIndex?) -> Bool {
    guard let index else { return trie.count < Self.indexedCount }
    return index.rootBits >= StrideIndex.rootBits(for: trie.count)
  }

  private mutating func makeIndex() {
    var index = StrideIndex(for: trie.count)
    // A prefix comes before those that it covers.
    for entry in PrefixTrie<UInt32>.Entries(of: trie, from: PrefixTrie<UInt32>.root) {
      guard entry.slot < StrideIndex.Place.slotLimit else { return }
      index.insert(entry.slot, entry.bits, length: entry.length)
    }
    self.index = index
  }
}
