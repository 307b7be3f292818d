/// A table that finds the longest prefix covering an address, for both families.
///
/// It is a value: copying costs nothing until one of the copies changes. What it holds does not
/// depend on the order of insertions, and removing a prefix undoes inserting it.
public struct PrefixTable<Value: Sendable>: Sendable {
  /// A prefix in the table and its value.
  public struct Match: Sendable {
    /// The prefix, as it was inserted.
    public let prefix: IPPrefix

    /// What the prefix stands for.
    public let value: Value

    /// Pairs a prefix with its value.
    @inlinable
    public init(prefix: IPPrefix, value: Value) {
      self.prefix = prefix
      self.value = value
    }
  }

  @usableFromInline var slots = PrefixSlots()
  /// The values of each family by slot.
  ///
  /// An empty slot holds a copy of what slot 0 holds: an optional would double what most values
  /// take.
  @usableFromInline var v4: [Value] = []
  @usableFromInline var v6: [Value] = []

  /// Creates an empty table.
  @inlinable public init() {}

  /// The number of prefixes.
  @inlinable public var count: Int { slots.count }

  /// Whether there are no prefixes.
  @inlinable public var isEmpty: Bool { count == 0 }
}

extension PrefixTable.Match: Equatable where Value: Equatable {}
extension PrefixTable.Match: Hashable where Value: Hashable {}

extension PrefixTable {
  /// The longest prefix that covers the address (RFC 1812 section 5.2.4.3); `nil` where none does.
  ///
  /// - Complexity: O(*w*), where *w* is the number of octets in an address of the family.
  @inlinable @inline(__always)
  public func longestMatch(for address: IPAddress) -> Match? {
    switch address {
    case .v4(let address): match(slots.v4.slot(for: address.bits, near: v4), slots.v4, v4)
    case .v6(let address): match(slots.v6.slot(for: address.bits, near: v6), slots.v6, v6)
    }
  }

  /// What stands in a slot; `nil` for slot 0.
  @inlinable @inline(__always)
  func match<Bits>(_ slot: Int, _ slots: FamilySlots<Bits>, _ values: [Value]) -> Match? {
    slot == 0 ? nil : Match(prefix: slots.prefix(at: slot), value: values[slot])
  }

  @inlinable @inline(__always)
  func match(_ slot: Int, _ family: IPFamily) -> Match? {
    switch family {
    case .v4: match(slot, slots.v4, v4)
    case .v6: match(slot, slots.v6, v6)
    }
  }

  /// The value of exactly this prefix; `nil` where it is not in the table.
  ///
  /// - Complexity: O(*w*), where *w* is the number of octets in an address of the family.
  @inlinable
  public subscript(prefix: IPPrefix) -> Value? {
    match(slots.slot(of: prefix), prefix.family)?.value
  }

  /// Every prefix that covers the address, the longest first; empty where none does.
  ///
  /// - Complexity: O(*w*), where *w* is the number of octets in an address of the family.
  @inlinable
  public func matches(for address: IPAddress) -> [Match] {
    slots.matches(for: address).compactMap { match($0, address.family) }
  }

  /// The prefix that shares the most bits with the address without covering it, for diagnostics.
  ///
  /// Of the prefixes of the family that do not cover the address, it is the one that shares the
  /// most leading bits with it; of those, the longest; and of those, the lowest. `nil` where every
  /// prefix of the family covers the address.
  ///
  /// - Complexity: O(*n*) in the number of prefixes that are equally near.
  @inlinable
  public func nearestMiss(for address: IPAddress) -> Match? {
    match(slots.nearestMiss(for: address), address.family)
  }

  /// Every prefix within this one, itself included, in ascending order; empty where there is none.
  ///
  /// - Complexity: O(*w* + *n* log *n*), where *w* is the number of octets in an address of the
  ///   family and *n* the number of prefixes found.
  @inlinable
  package func covered(by prefix: IPPrefix) -> [Match] {
    slots.covered(by: prefix).compactMap { match($0, prefix.family) }
  }
}

extension PrefixTable {
  /// Adds a prefix or replaces its value.
  ///
  /// - Returns: The value that the prefix had; `nil` where it is new.
  /// - Complexity: O(*w*), where *w* is the number of octets in an address of the family.
  @discardableResult
  @inlinable
  public mutating func insert(_ value: Value, for prefix: IPPrefix) -> Value? {
    let change = slots.insert(prefix)
    switch prefix.family {
    case .v4: return change.insert(value, into: &v4)
    case .v6: return change.insert(value, into: &v6)
    }
  }

  /// Adds many prefixes, or replaces their values; of several values for one, the last stays.
  ///
  /// What a later prefix needs is fetched from memory while an earlier one is dealt with, so that a
  /// large table takes less time to build than one by one.
  ///
  /// - Complexity: O(*n w*) for *n* prefixes, where *w* is the number of octets in an address.
  @inlinable
  public mutating func insert(contentsOf routes: some Collection<Match>) {
    var later = routes.startIndex
    _ = routes.formIndex(&later, offsetBy: 6, limitedBy: routes.endIndex)
    for route in routes {
      if later != routes.endIndex {
        let prefix = routes[later].prefix
        let slot = slots.prefetch(prefix)
        switch prefix.family {
        case .v4: v4.prefetchElement(at: slot &+ 8)
        case .v6: v6.prefetchElement(at: slot &+ 8)
        }
        routes.formIndex(after: &later)
      }
      insert(route.value, for: route.prefix)
    }
  }

  /// Removes exactly this prefix, and none that it covers; the room it took is used again.
  ///
  /// The table lets go of the value; of the values of a large table it may keep one for a while.
  ///
  /// - Returns: The value that the prefix had; `nil` where it was not in the table.
  /// - Complexity: O(*w*), where *w* is the number of octets in an address of the family.
  @discardableResult
  @inlinable
  public mutating func remove(_ prefix: IPPrefix) -> Value? {
    guard let change = slots.remove(prefix) else { return nil }
    switch prefix.family {
    case .v4: return change.remove(from: &v4)
    case .v6: return change.remove(from: &v6)
    }
  }
}

extension SlotChange {
  /// Puts a prefix's value in, and returns the one that was there.
  @inlinable
  func insert<Value>(_ value: Value, into values: inout [Value]) -> Value? {
    guard isNew else {
      let old = values[slot]
      values[slot] = value
      // The filler of a few prefixes' slots may have been the value's copy.
      if values.count <= PrefixSlots.fewSlots { values[0] = value }
      return old
    }
    if count > values.count {
      if count > values.capacity { values.reserveCapacity(count + count / 8) }
      let filler = values.first ?? value
      values.append(contentsOf: repeatElement(filler, count: count - values.count))
    }
    follow(&values)
    values[slot] = value
    layOut(&values)
    return nil
  }

  /// Takes a prefix's value out and returns it.
  @inlinable
  func remove<Value>(from values: inout [Value]) -> Value {
    let old = values[slot]
    values[slot] = values[0]
    follow(&values)
    layOut(&values)
    return old
  }

  @inlinable
  func follow<Value>(_ values: inout [Value]) {
    for move in moves {
      for place in 0..<move.count {
        values[move.to &+ place] = values[move.from &+ place]
        values[move.from &+ place] = values[0]
      }
    }
  }

  @inlinable
  func layOut<Value>(_ values: inout [Value]) {
    guard let layout else { return }
    let old = values
    values = []
    guard let first = layout.moves.first else { return }
    values = Array(repeating: old[first.from], count: layout.count)
    for move in layout.moves {
      for place in 0..<move.count { values[move.to &+ place] = old[move.from &+ place] }
    }
  }
}

extension PrefixTable: Sequence {
  /// Goes through a table's prefixes in ascending order: by family, then address, then length.
  ///
  /// It keeps the table as it was when the iteration began.
  public struct Iterator: IteratorProtocol, Sendable {
    @usableFromInline let table: PrefixTable
    @usableFromInline var slots: PrefixSlots.Iterator

    @inlinable
    init(_ table: PrefixTable) {
      self.table = table
      slots = PrefixSlots.Iterator(table.slots)
    }

    /// The next prefix and its value; `nil` after the last.
    @inlinable
    public mutating func next() -> Match? {
      slots.next().flatMap { table.match($0.slot, $0.family) }
    }
  }

  /// Starts an iteration in ascending order.
  ///
  /// - Complexity: O(1); the whole iteration is O(*n*) in the number of prefixes.
  @inlinable public func makeIterator() -> Iterator { Iterator(self) }

  /// The number of prefixes.
  @inlinable public var underestimatedCount: Int { count }
}
