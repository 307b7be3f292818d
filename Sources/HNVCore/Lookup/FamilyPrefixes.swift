/// The prefixes of one family, held as suits their number: a handful in a list, more in a trie.
struct FamilyPrefixes<Bits: AddressBits>: Sendable {
  typealias Entry = PrefixTrie<Bits>.Entry

  /// Empty where there are more than a handful.
  private(set) var few = PrefixHandful<Bits>()
  /// `nil` where there are no more than a handful.
  private(set) var many: IndexedTrie<Bits>?

  var count: Int { many?.trie.count ?? few.count }

  func entry(_ bits: Bits, length: UInt8) -> Entry? {
    many.map { $0.trie.entry(bits, length: length) } ?? few.entry(bits, length: length)
  }

  @inline(__always)
  func longestMatch(for address: Bits) -> PrefixSlots.Found {
    if let many { return many.longestMatch(for: address) }
    return few.longestMatch(for: address)
  }

  func matches(for address: Bits) -> [Entry] {
    many?.trie.matches(for: address) ?? few.matches(for: address)
  }

  func covered(by bits: Bits, length: UInt8) -> [Entry] {
    many.map { Array($0.trie.covered(by: bits, length: length)) }
      ?? few.covered(by: bits, length: length)
  }

  func nearestMiss(for address: Bits) -> Entry? {
    many.map { $0.trie.nearestMiss(for: address) } ?? few.nearestMiss(for: address)
  }

  mutating func insert(_ slot: Int32, _ bits: Bits, length: UInt8) -> Int32 {
    if let given = many?.insert(slot, bits, length: length) { return given }
    let given = few.insert(slot, bits, length: length)
    if few.count > PrefixHandful<Bits>.limit {
      many = IndexedTrie(few.entries)
      few = PrefixHandful()
    }
    return given
  }

  mutating func remove(_ bits: Bits, length: UInt8) -> Int32? {
    guard let slot = many?.remove(bits, length: length) else {
      return few.remove(bits, length: length)
    }
    if let trie = many?.trie, trie.count <= PrefixHandful<Bits>.limit {
      for entry in trie.entries { _ = few.insert(entry.slot, entry.bits, length: entry.length) }
      many = nil
    }
    return slot
  }

  /// All entries in ascending order.
  struct Entries: Sendable {
    private var few: IndexingIterator<[Entry]>
    private var many: PrefixTrie<Bits>.Entries?

    init(_ prefixes: FamilyPrefixes) {
      few = prefixes.few.entries.makeIterator()
      many = prefixes.many?.trie.entries
    }

    mutating func next() -> Entry? { many?.next() ?? few.next() }
  }
}
