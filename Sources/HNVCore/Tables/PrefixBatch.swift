/// Longest matches of many addresses at once.
///
/// Each step is made for all of a few addresses before the next one, so that the processor waits
/// for memory once for many (group prefetching: Chen, Ailamaki, Gibbons and Mowry, "Improving Hash
/// Join Performance through Prefetching", 2004). Keep it between calls; its storage is used again.
public struct PrefixBatch: Sendable {
  /// The slot found for each address; 0 for none.
  @usableFromInline var slots: [Int32] = []
  @usableFromInline var family = IPFamily.v4
  /// For each address under way: where its code is, or `done`, or `search`.
  @usableFromInline var places = [Int](repeating: done, count: length)

  @inlinable static var done: Int { -1 }
  @inlinable static var search: Int { -2 }

  /// How many are under way together: more than a processor has loads.
  @inlinable static var length: Int { 64 }

  /// An empty batch.
  public init() {}

  /// Finds what `PrefixTable.longestMatch(for:)` does, for each of some addresses.
  ///
  /// - Complexity: O(*n*) for *n* addresses.
  @inlinable
  public mutating func find<Value>(
    _ addresses: ArraySlice<IPv4Address>, in table: PrefixTable<Value>
  ) {
    prepare(addresses.count, .v4)
    let addresses = addresses.span
    Self.find(&slots, &places, in: table.slots.v4, table.v4) { addresses[$0].bits }
  }

  /// Finds what `PrefixTable.longestMatch(for:)` does, for each of some addresses.
  ///
  /// - Complexity: O(*n*) for *n* addresses.
  @inlinable
  public mutating func find<Value>(
    _ addresses: ArraySlice<IPv6Address>, in table: PrefixTable<Value>
  ) {
    prepare(addresses.count, .v6)
    let addresses = addresses.span
    Self.find(&slots, &places, in: table.slots.v6, table.v6) { addresses[$0].bits }
  }

  /// The longest match of the address at a place, from 0 on, among those that were looked up.
  ///
  /// `nil` for none. The table is the one in which they were looked up, unchanged since.
  @inlinable @inline(__always)
  public func match<Value>(
    _ place: Int, in table: PrefixTable<Value>
  ) -> PrefixTable<Value>.Match? {
    let slot = Int(slots[place])
    return switch family {
    case .v4: table.match(slot, table.slots.v4, table.v4)
    case .v6: table.match(slot, table.slots.v6, table.v6)
    }
  }

  @usableFromInline
  mutating func prepare(_ count: Int, _ family: IPFamily) {
    self.family = family
    if slots.count != count { slots = Array(repeating: 0, count: count) }
  }

  @inlinable @inline(__always)
  static func find<Bits, Value>(
    _ slots: inout [Int32], _ places: inout [Int], in table: FamilySlots<Bits>,
    _ values: [Value], _ address: (Int) -> Bits
  ) {
    var slots = slots.mutableSpan
    let valueBytes = values.count &* MemoryLayout<Value>.stride
    guard let trie = table.large.first, trie.codes.count &+ valueBytes > 1 &<< 20 else {
      // A table in the cache is faster one by one.
      for place in 0..<slots.count {
        slots[place] = Int32(truncatingIfNeeded: table.slot(for: address(place), near: values))
      }
      return
    }
    var places = places.mutableSpan
    var first = 0
    while first < slots.count {
      let count = min(length, slots.count &- first)
      for lane in 0..<count {
        let start = trie.start(for: address(first &+ lane))
        places[lane] = trie.begin(start.shortcut, start.octet, near: values)
        slots[first &+ lane] = Int32(truncatingIfNeeded: start.shortcut.number)
      }
      for lane in 0..<count where places[lane] != done {
        let place = places[lane]
        var slot = 0
        if place >= 0 {
          let code = Int(trie.codes[place])
          let head = trie.heads[place &>> 8]
          slot = code > head.limit ? head.base &+ code : 0
        }
        if slot == 0 { slot = table.slot(for: address(first &+ lane), near: values) }
        values.prefetchElement(at: slot)
        slots[first &+ lane] = Int32(truncatingIfNeeded: slot)
      }
      first &+= count
    }
  }
}

extension OctetTrie {
  /// Has the processor fetch what a search will read next, and says what is left to do.
  @inlinable @inline(__always)
  func begin<Value>(_ start: Shortcut, _ octet: Int, near values: [Value]) -> Int {
    guard start.isNode else {
      if start.isTail { items.prefetchElement(at: start.number) }
      values.prefetchElement(at: start.number)
      return start.isRoute ? PrefixBatch.done : PrefixBatch.search
    }
    let place = start.number &<< 8 | octet
    codes.prefetchElement(at: place)
    heads.prefetchElement(at: start.number)
    return place
  }
}
