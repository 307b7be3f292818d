/// Which prefix has which slot, for both families: a prefix table without the values.
///
/// It is no generic type, so that it is compiled once, here, and a table of whatever values only
/// adds the step from the slot to the value wherever it is used. Slots of one family say nothing
/// about those of the other; 0 is no slot.
@usableFromInline
struct PrefixSlots: Sendable {
  @usableFromInline var v4 = FamilySlots<UInt32>()
  @usableFromInline var v6 = FamilySlots<UInt128>()

  /// A prefix and its slot.
  @usableFromInline
  struct Entry: Sendable {
    @usableFromInline let prefix: IPPrefix
    @usableFromInline let slot: Int

    @usableFromInline
    init<Bits: TrieAddress>(_ entry: OctetTrie<Bits>.Entry) {
      prefix = IPPrefix(masking: entry.bits.address, length: entry.length)
      slot = entry.slot
    }
  }

  /// As many slots as a few prefixes have at most, slot 0 included.
  @inlinable static var fewSlots: Int { 16 }

  @usableFromInline init() {}

  @usableFromInline var count: Int { v4.count + v6.count }

  /// The entry of exactly this prefix.
  @usableFromInline
  func entry(_ prefix: IPPrefix) -> Entry? {
    switch prefix.address {
    case .v4(let address): v4.entry(address.bits, prefix.length).map { Entry($0) }
    case .v6(let address): v6.entry(address.bits, prefix.length).map { Entry($0) }
    }
  }

  /// The entries of all prefixes that cover the address, the longest first.
  @usableFromInline
  func matches(for address: IPAddress) -> [Entry] {
    switch address {
    case .v4(let address): v4.matches(for: address.bits).map { Entry($0) }
    case .v6(let address): v6.matches(for: address.bits).map { Entry($0) }
    }
  }

  @usableFromInline
  func nearestMiss(for address: IPAddress) -> Entry? {
    switch address {
    case .v4(let address): v4.nearestMiss(for: address.bits).map { Entry($0) }
    case .v6(let address): v6.nearestMiss(for: address.bits).map { Entry($0) }
    }
  }

  /// The entries of all prefixes within this one, in ascending order.
  @usableFromInline
  func covered(by prefix: IPPrefix) -> [Entry] {
    switch prefix.address {
    case .v4(let address): v4.covered(by: address.bits, prefix.length).map { Entry($0) }
    case .v6(let address): v6.covered(by: address.bits, prefix.length).map { Entry($0) }
    }
  }

  /// Gives a prefix a slot unless it has one; values move before it is used.
  @usableFromInline
  mutating func insert(_ prefix: IPPrefix) -> (slot: Int, isNew: Bool) {
    switch prefix.address {
    case .v4(let address): v4.insert(address.bits, prefix.length)
    case .v6(let address): v6.insert(address.bits, prefix.length)
    }
  }

  /// Removes a prefix and returns the slot that it had before anything moved; `nil` for none.
  @usableFromInline
  mutating func remove(_ prefix: IPPrefix) -> Int? {
    switch prefix.address {
    case .v4(let address): v4.remove(address.bits, prefix.length)
    case .v6(let address): v6.remove(address.bits, prefix.length)
    }
  }

  /// Has the processor fetch what inserting a prefix will read.
  @usableFromInline
  func prefetch(_ prefix: IPPrefix) -> Int {
    switch prefix.address {
    case .v4(let address): v4.large.isEmpty ? 0 : v4.large[0].prefetchChange(of: address.bits)
    case .v6(let address): v6.large.isEmpty ? 0 : v6.large[0].prefetchChange(of: address.bits)
    }
  }

  /// What the last change of a family moved, in this order, and how many slots there are now.
  @usableFromInline
  func moves(_ family: IPFamily) -> (moves: [SlotMove], count: Int, capacity: Int) {
    switch family {
    case .v4: (v4.moves, v4.slotCount, v4.slotCapacity)
    case .v6: (v6.moves, v6.slotCount, v6.slotCapacity)
    }
  }

  /// Chooses the form that suits a family's number of prefixes after a change; for when the values
  /// have followed `moves`.
  ///
  /// - Returns: What goes where in a new array of values, which is empty where nothing does, and
  ///   whether empty slots go along with others; `nil` where all stays.
  @usableFromInline
  mutating func settle(
    _ family: IPFamily, _ valueCount: Int
  ) -> (moves: [SlotMove], keepsFiller: Bool)? {
    switch family {
    case .v4: v4.settle(valueCount)
    case .v6: v6.settle(valueCount)
    }
  }

  /// All entries in ascending order: by family, then address, then length.
  @usableFromInline
  struct Iterator: Sendable {
    private var v4: FamilySlots<UInt32>.Entries
    private var v6: FamilySlots<UInt128>.Entries

    @usableFromInline
    init(_ slots: PrefixSlots) {
      v4 = .init(slots.v4)
      v6 = .init(slots.v6)
    }

    @usableFromInline
    mutating func next() -> Entry? { v4.next().map { Entry($0) } ?? v6.next().map { Entry($0) } }
  }
}

/// The prefixes of one family, held as suits their number: a few by their ranges, more in a trie.
@usableFromInline
struct FamilySlots<Bits: TrieAddress>: Sendable {
  @usableFromInline typealias Entry = OctetTrie<Bits>.Entry

  // At most one of the arrays has an element, so that an empty family takes two words.
  @usableFromInline var small: [SmallPrefixTable<Bits>] = []
  @usableFromInline var large: [OctetTrie<Bits>] = []

  /// The prefix in a slot in use.
  ///
  /// It cannot trap, so that nothing of it is left where nobody asks for the prefix.
  @inlinable @inline(__always)
  func prefix(at slot: Int) -> IPPrefix {
    var (bits, length): (Bits, Int) = (0, 0)
    if !large.isEmpty, slot < large[0].items.count {
      (bits, length) = (large[0].items[slot].bits, large[0].items[slot].length)
    } else if !small.isEmpty, slot < small[0].items.count {
      (bits, length) = (small[0].items[slot].bits, small[0].items[slot].length)
    }
    return IPPrefix(masking: bits.address, length: length)
  }

  var count: Int { large.isEmpty ? small.first?.count ?? 0 : large[0].count }

  func entry(_ bits: Bits, _ length: Int) -> Entry? {
    large.isEmpty ? small.first?.entry(bits, length) : large[0].entry(bits, length)
  }

  func matches(for address: Bits) -> [Entry] {
    large.isEmpty ? small.first?.matches(for: address) ?? [] : large[0].matches(for: address)
  }

  func covered(by bits: Bits, _ length: Int) -> [Entry] {
    large.isEmpty
      ? small.first?.covered(by: bits, length) ?? []
      : Array(OctetTrie.Entries(large[0], within: bits, length))
  }

  func nearestMiss(for address: Bits) -> Entry? {
    large.isEmpty
      ? small.first?.nearestMiss(for: address) : large[0].nearestMiss(for: address)
  }

  mutating func insert(_ bits: Bits, _ length: Int) -> (slot: Int, isNew: Bool) {
    if !large.isEmpty { return large[0].insert(bits, length) }
    if small.isEmpty { small = [SmallPrefixTable()] }
    return small[0].insert(bits, length)
  }

  mutating func remove(_ bits: Bits, _ length: Int) -> Int? {
    if !large.isEmpty { return large[0].remove(bits, length) }
    return small.isEmpty ? nil : small[0].remove(bits, length)
  }

  var moves: [SlotMove] { large.isEmpty ? small.compactMap { $0.move } : large[0].upkeep[0].moves }
  var slotCount: Int { large.isEmpty ? 1 + count : large[0].items.count }
  var slotCapacity: Int { large.isEmpty ? slotCount : large[0].items.capacity }

  mutating func settle(_ valueCount: Int) -> (moves: [SlotMove], keepsFiller: Bool)? {
    if large.isEmpty {
      if small[0].count > SmallPrefixTable<Bits>.limit { return (becomeLarge(), false) }
      if valueCount == slotCount { return nil }
      let moves = small[0].entries.map { SlotMove(from: $0.slot, to: $0.slot, count: 1) }
      if moves.isEmpty { small = [] }
      return (moves, false)
    }
    if large[0].count <= SmallPrefixTable<Bits>.limit { return (becomeSmall(), false) }
    if large[0].isLoose { return (large[0].layOut(), true) }
    if large[0].areShortcutsOld { large[0].makeShortcuts() }
    return nil
  }

  private mutating func becomeLarge() -> [SlotMove] {
    var trie = OctetTrie<Bits>()
    for entry in small[0].entries { _ = trie.insert(entry.bits, entry.length) }
    _ = trie.layOut()
    let moves = small[0].entries.map { entry in
      SlotMove(
        from: entry.slot, to: trie.entry(entry.bits, entry.length)?.slot ?? 0, count: 1)
    }
    (small, large) = ([], [trie])
    return moves
  }

  private mutating func becomeSmall() -> [SlotMove] {
    var table = SmallPrefixTable<Bits>()
    let moves = OctetTrie.Entries(large[0]).map { entry in
      SlotMove(from: entry.slot, to: table.insert(entry.bits, entry.length).slot, count: 1)
    }
    (small, large) = ([table], [])
    return moves
  }

  /// All entries in ascending order.
  struct Entries: Sendable {
    private var few: IndexingIterator<[Entry]>
    private var many: OctetTrie<Bits>.Entries?

    init(_ slots: FamilySlots) {
      few = (slots.small.first?.entries ?? []).makeIterator()
      many = slots.large.first.map { OctetTrie.Entries($0) }
    }

    mutating func next() -> Entry? { many?.next() ?? few.next() }
  }
}
