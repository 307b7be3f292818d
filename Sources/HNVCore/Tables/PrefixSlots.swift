/// Which prefix has which slot, for both families: a prefix table without the values.
///
/// It is no generic type, so that it is compiled once, here, and a table of whatever values only
/// adds the step from the slot to the value wherever it is used. Slots of one family say nothing
/// about those of the other; 0 is no slot.
@usableFromInline
struct PrefixSlots: Sendable {
  @usableFromInline var v4 = FamilySlots<UInt32>()
  @usableFromInline var v6 = FamilySlots<UInt128>()

  /// As many slots as a few prefixes have at most, slot 0 included.
  @inlinable static var fewSlots: Int { 16 }

  @usableFromInline init() {}

  @usableFromInline var count: Int { v4.count + v6.count }

  /// The slot of exactly this prefix.
  @usableFromInline
  func slot(of prefix: IPPrefix) -> Int {
    switch prefix.address {
    case .v4(let address): v4.slot(of: address.bits, prefix.length)
    case .v6(let address): v6.slot(of: address.bits, prefix.length)
    }
  }

  /// The slots of all prefixes that cover the address, the longest first.
  @usableFromInline
  func matches(for address: IPAddress) -> [Int] {
    switch address {
    case .v4(let address): v4.matches(for: address.bits)
    case .v6(let address): v6.matches(for: address.bits)
    }
  }

  @usableFromInline
  func nearestMiss(for address: IPAddress) -> Int {
    switch address {
    case .v4(let address): v4.nearestMiss(for: address.bits)
    case .v6(let address): v6.nearestMiss(for: address.bits)
    }
  }

  /// The slots of all prefixes within this one, in ascending order.
  @usableFromInline
  func covered(by prefix: IPPrefix) -> [Int] {
    switch prefix.address {
    case .v4(let address): Array(PrefixWalk(v4, within: address.bits, prefix.length))
    case .v6(let address): Array(PrefixWalk(v6, within: address.bits, prefix.length))
    }
  }

  /// Gives a prefix a slot unless it has one.
  @usableFromInline
  mutating func insert(_ prefix: IPPrefix) -> SlotChange {
    switch prefix.address {
    case .v4(let address): v4.insert(address.bits, prefix.length)
    case .v6(let address): v6.insert(address.bits, prefix.length)
    }
  }

  /// Removes a prefix; `nil` where it has no slot.
  @usableFromInline
  mutating func remove(_ prefix: IPPrefix) -> SlotChange? {
    switch prefix.address {
    case .v4(let address): v4.remove(address.bits, prefix.length)
    case .v6(let address): v6.remove(address.bits, prefix.length)
    }
  }

  /// Has the processor fetch what inserting a prefix will read, and returns a slot near its own.
  @usableFromInline
  func prefetch(_ prefix: IPPrefix) -> Int {
    switch prefix.address {
    case .v4(let address): v4.large.isEmpty ? 0 : v4.large[0].prefetchChange(of: address.bits)
    case .v6(let address): v6.large.isEmpty ? 0 : v6.large[0].prefetchChange(of: address.bits)
    }
  }

  /// All slots in ascending order of their prefixes: by family, then address, then length.
  @usableFromInline
  struct Iterator: Sendable {
    private var v4: PrefixWalk<UInt32>
    private var v6: PrefixWalk<UInt128>

    @usableFromInline
    init(_ slots: PrefixSlots) {
      v4 = PrefixWalk(slots.v4)
      v6 = PrefixWalk(slots.v6)
    }

    @usableFromInline
    mutating func next() -> (slot: Int, family: IPFamily)? {
      if let slot = v4.next() { return (slot, .v4) }
      return v6.next().map { ($0, .v6) }
    }
  }
}

/// What a change means to whoever keeps the values, by slot.
@usableFromInline
struct SlotChange: Sendable {
  /// That of the prefix: of a removed one before anything moves, of a new one after `moves`.
  @usableFromInline var slot: Int
  /// Whether an inserted prefix had no slot.
  @usableFromInline var isNew = false
  /// What moves, in this order.
  @usableFromInline var moves: [SlotMove] = []
  /// How many slots there have to be for a new prefix and what moves.
  @usableFromInline var count = 0
  /// How all values are laid out again after that; `nil` where all stays.
  @usableFromInline var layout: SlotLayout?
}

/// Some slots side by side whose contents go elsewhere.
@usableFromInline
struct SlotMove: Sendable {
  @usableFromInline let from: Int
  @usableFromInline let to: Int
  @usableFromInline let count: Int
}

/// What goes where in a new array; what the first one moves fills the slots to which nothing goes.
@usableFromInline
struct SlotLayout: Sendable {
  @usableFromInline let moves: [SlotMove]
  /// How many slots there are: 0 for no prefix.
  @usableFromInline let count: Int
}
