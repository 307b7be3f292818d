/// Longest matches of many addresses at once.
///
/// Each step is made for all of a few addresses before the next one, so that the processor waits
/// for memory once for many (group prefetching: Chen, Ailamaki, Gibbons and Mowry, "Improving Hash
/// Join Performance through Prefetching", 2004). Keep it between calls; its storage is used again.
public struct PrefixBatch: Sendable {
  /// The slot found for each address; 0 for none.
  @usableFromInline var slots: [Int32] = []
  @usableFromInline var family = IPFamily.v4
  /// For each address under way: where its code is; -1 where that does not say enough.
  @usableFromInline var places = [Int](repeating: -1, count: length)

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
    table.match(Int(slots[place]), family)
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
        places[lane] = trie.prefetch(start, near: values)
        // All that there is to a route, and of no use otherwise.
        let slot = start.shortcut.isRoute ? start.shortcut.number : 0
        slots[first &+ lane] = Int32(truncatingIfNeeded: slot)
      }
      for lane in 0..<count where slots[first &+ lane] == 0 {
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
  /// Has the processor fetch what a search will read next, and returns the place of its code.
  @inlinable @inline(__always)
  func prefetch<Value>(_ start: Start, near values: [Value]) -> Int {
    let number = start.shortcut.number
    guard start.shortcut.isNode else {
      if start.shortcut.isTail { items.prefetchElement(at: number) }
      values.prefetchElement(at: number)
      return -1
    }
    codes.prefetchElement(at: number &<< 8 | start.octet)
    heads.prefetchElement(at: number)
    return number &<< 8 | start.octet
  }
}
