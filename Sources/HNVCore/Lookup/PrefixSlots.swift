/// Which prefix has which slot, for both families: a prefix table without the values.
///
/// It is no generic type, so that it is compiled once, here, and a table of whatever values only
/// adds the step from the slot to the value wherever it is used.
@usableFromInline
struct PrefixSlots: Sendable {
  var v4 = FamilyPrefixes<UInt32>()
  var v6 = FamilyPrefixes<UInt128>()

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

  /// What an address leads to: a slot, and how many of the address's bits its prefix has.
  @usableFromInline
  struct Found: Sendable {
    /// -1 for none.
    @usableFromInline let slot: Int32
    @usableFromInline let length: UInt8

    init(slot: Int32, length: UInt8) {
      self.slot = slot
      self.length = length
    }

    init(_ entry: PrefixTrie<some AddressBits>.Entry?) {
      self.init(slot: entry?.slot ?? -1, length: entry?.length ?? 0)
    }

    static let nothing = Found(slot: -1, length: 0)
  }

  @usableFromInline init() {}

  @usableFromInline var count: Int { v4.count + v6.count }

  /// The entry of exactly this prefix.
  @usableFromInline
  func entry(_ prefix: IPPrefix) -> Entry? {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return Entry(v4.entry(address.bits, length: length))
    case .v6(let address): return Entry(v6.entry(address.bits, length: length))
    }
  }

  /// The longest prefix that covers the address.
  @usableFromInline
  func longestMatch(for address: IPAddress) -> Found {
    switch address {
    case .v4(let address): v4.longestMatch(for: address.bits)
    case .v6(let address): v6.longestMatch(for: address.bits)
    }
  }

  /// The entries of all prefixes that cover the address, the longest first.
  @usableFromInline
  func matches(for address: IPAddress) -> [Entry] {
    switch address {
    case .v4(let address): v4.matches(for: address.bits).compactMap { Entry($0) }
    case .v6(let address): v6.matches(for: address.bits).compactMap { Entry($0) }
    }
  }

  @usableFromInline
  func nearestMiss(for address: IPAddress) -> Entry? {
    switch address {
    case .v4(let address): Entry(v4.nearestMiss(for: address.bits))
    case .v6(let address): Entry(v6.nearestMiss(for: address.bits))
    }
  }

  /// The entries of all prefixes within this one, in ascending order.
  @usableFromInline
  func covered(by prefix: IPPrefix) -> [Entry] {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address):
      return v4.covered(by: address.bits, length: length).compactMap { Entry($0) }
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
    private var v4: FamilyPrefixes<UInt32>.Entries
    private var v6: FamilyPrefixes<UInt128>.Entries

    @usableFromInline
    init(_ slots: PrefixSlots) {
      v4 = .init(slots.v4)
      v6 = .init(slots.v6)
    }

    @usableFromInline
    mutating func next() -> Entry? { Entry(v4.next()) ?? Entry(v6.next()) }
  }
}
