/// Which prefix has which slot, for both families: a prefix table without the values.
///
/// It is no generic type, so that it is compiled once, here, and a table of whatever values only
/// adds the step from the slot to the value wherever it is used.
@usableFromInline
struct PrefixSlots: Sendable {
  var v4 = StridedTrie()
  var v6 = PrefixTrie<UInt128>()

  /// A prefix and its slot.
  @usableFromInline
  struct Entry: Sendable {
    @usableFromInline let prefix: IPPrefix
    @usableFromInline let slot: Int

    init?(_ entry: PrefixTrie<some AddressBits>.Entry?) {
      guard let entry else { return nil }
      prefix = entry.prefix
      slot = Int(entry.slot)
    }
  }

  @usableFromInline init() {}

  @usableFromInline var count: Int { v4.trie.count + v6.count }

  /// The entry of exactly this prefix.
  @usableFromInline
  func entry(_ prefix: IPPrefix) -> Entry? {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return Entry(v4.trie.entry(address.bits, length: length))
    case .v6(let address): return Entry(v6.entry(address.bits, length: length))
    }
  }

  /// The entry of the longest prefix that covers the address.
  @usableFromInline
  func longestMatch(for address: IPAddress) -> Entry? {
    switch address {
    case .v4(let address): Entry(v4.longestMatch(for: address.bits))
    case .v6(let address): Entry(v6.longestMatch(for: address.bits))
    }
  }

  /// The entries of all prefixes that cover the address, the longest first.
  @usableFromInline
  func matches(for address: IPAddress) -> [Entry] {
    switch address {
    case .v4(let address): v4.trie.matches(for: address.bits).compactMap { Entry($0) }
    case .v6(let address): v6.matches(for: address.bits).compactMap { Entry($0) }
    }
  }

  @usableFromInline
  func nearestMiss(for address: IPAddress) -> Entry? {
    switch address {
    case .v4(let address): Entry(v4.trie.nearestMiss(for: address.bits))
    case .v6(let address): Entry(v6.nearestMiss(for: address.bits))
    }
  }

  /// The entries of all prefixes within this one, in ascending order.
  @usableFromInline
  func covered(by prefix: IPPrefix) -> [Entry] {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address):
      return v4.trie.covered(by: address.bits, length: length).compactMap { Entry($0) }
    case .v6(let address):
      return v6.covered(by: address.bits, length: length).compactMap { Entry($0) }
    }
  }

  /// Gives a prefix the slot unless it has one, and returns the one that it has then.
  @usableFromInline
  mutating func insert(_ slot: Int, for prefix: IPPrefix) -> Int {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return Int(v4.insert(Int32(slot), address.bits, length: length))
    case .v6(let address): return Int(v6.insert(Int32(slot), address.bits, length: length))
    }
  }

  /// Removes a prefix and returns its slot; `nil` where it has none.
  @usableFromInline
  mutating func remove(_ prefix: IPPrefix) -> Int? {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return v4.remove(address.bits, length: length).map { Int($0) }
    case .v6(let address): return v6.remove(address.bits, length: length).map { Int($0) }
    }
  }

  /// All entries in ascending order: by family, then address, then length.
  @usableFromInline
  struct Iterator: Sendable {
    private var v4: PrefixTrie<UInt32>.Entries
    private var v6: PrefixTrie<UInt128>.Entries

    @usableFromInline
    init(_ slots: PrefixSlots) {
      v4 = .init(of: slots.v4.trie, from: PrefixTrie<UInt32>.root)
      v6 = .init(of: slots.v6, from: PrefixTrie<UInt128>.root)
    }

    @usableFromInline
    mutating func next() -> Entry? { Entry(v4.next()) ?? Entry(v6.next()) }
  }
}
