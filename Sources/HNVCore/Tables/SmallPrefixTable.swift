/// A few prefixes of one family, found by the ranges of addresses that they make.
///
/// A routing domain seldom has more. No step of a lookup waits for another and none is guessed: how
/// many ranges begin at or before an address says in which it is.
@usableFromInline
struct SmallPrefixTable<Bits: TrieAddress>: Sendable {
  @usableFromInline typealias Item = OctetTrie<Bits>.Item
  typealias Entry = OctetTrie<Bits>.Entry

  /// How many there are at most: with so many there are 31 ranges.
  static var limit: Int { PrefixSlots.fewSlots - 1 }

  @usableFromInline var starts = Bits.Starts([0])
  /// The slot of each range's prefix; 0 for none.
  @usableFromInline var slots = [UInt8](repeating: 0, count: 32)
  /// By slot, from 1 on without a gap.
  @usableFromInline var items = [Item.none]
  /// Where the last removal moved what was in the last slot.
  private(set) var move: SlotMove?

  var count: Int { items.count - 1 }

  /// In ascending order.
  var entries: [Entry] {
    items.indices.dropFirst().map { slot in
      Entry(bits: items[slot].bits, length: items[slot].length, slot: slot)
    }.sorted { ($0.bits, $0.length) < ($1.bits, $1.length) }
  }

  @inlinable @inline(__always)
  func slot(for address: Bits) -> Int { Int(slots[starts.count(upTo: address) &- 1]) }

  func entry(_ bits: Bits, _ length: Int) -> Entry? {
    entries.first { $0.length == length && $0.bits == bits }
  }

  func matches(for address: Bits) -> [Entry] {
    entries.reversed().filter { $0.bits.agrees(with: address, to: $0.length) }
  }

  func covered(by bits: Bits, _ length: Int) -> [Entry] {
    entries.filter { $0.length >= length && $0.bits.agrees(with: bits, to: length) }
  }

  func nearestMiss(for address: Bits) -> Entry? {
    let misses = entries.filter { !$0.bits.agrees(with: address, to: $0.length) }
    func rank(_ entry: Entry) -> (Int, Int) {
      (entry.bits.sharedLength(with: address), entry.length)
    }
    // Of several equally near ones the first.
    return misses.min { rank($0) > rank($1) }
  }

  /// Gives a prefix a slot unless it has one; one beyond the limit is not found yet.
  mutating func insert(_ bits: Bits, _ length: Int) -> (slot: Int, isNew: Bool) {
    move = nil
    if let entry = entry(bits, length) { return (entry.slot, false) }
    items.append(.route(bits, length))
    if count <= Self.limit { findRanges() }
    return (count, true)
  }

  /// Removes a prefix and returns the slot that it had; `nil` for none.
  mutating func remove(_ bits: Bits, _ length: Int) -> Int? {
    move = nil
    guard let slot = entry(bits, length)?.slot else { return nil }
    if slot != count { move = SlotMove(from: count, to: slot, count: 1) }
    items[slot] = items[count]
    items.removeLast()
    findRanges()
    return slot
  }

  private mutating func findRanges() {
    let entries = entries
    var all: [Bits] = [0]
    for entry in entries {
      let last = entry.bits | Bits.hostMask(entry.length)
      all.append(entry.bits)
      if last != .max { all.append(last + 1) }
    }
    all.sort()
    var distinct: [Bits] = []
    for start in all where distinct.last != start { distinct.append(start) }
    starts = Bits.Starts(distinct)
    slots = distinct.map { start in
      // Of those that cover it the last is the longest.
      UInt8(entries.last { $0.bits.agrees(with: start, to: $0.length) }?.slot ?? 0)
    }
    // The highest address of all is counted in the places that no range begins in, too.
    slots += repeatElement(slots[slots.count - 1], count: 32 - slots.count)
  }
}

/// Where ranges of addresses begin: 31 at most in ascending order, the first at zero.
@usableFromInline
protocol RangeStarts: Sendable {
  associatedtype Bits
  init(_ starts: [Bits])
  /// How many are at or before an address.
  func count(upTo address: Bits) -> Int
}

/// All compared at once.
@usableFromInline
struct VectorStarts: RangeStarts {
  /// With the highest bit turned, so that they compare as signed, as processors do it.
  @usableFromInline var low = SIMD16<Int32>(repeating: .max)
  @usableFromInline var high = SIMD16<Int32>(repeating: .max)

  @usableFromInline
  init(_ starts: [UInt32]) {
    for (place, start) in starts.enumerated() {
      let turned = Int32(bitPattern: start ^ 1 << 31)
      if place < 16 { low[place] = turned } else { high[place - 16] = turned }
    }
  }

  @inlinable @inline(__always)
  func count(upTo address: UInt32) -> Int {
    let all = SIMD16(repeating: Int32(bitPattern: address ^ 1 &<< 31))
    let (zero, one) = (SIMD16<Int32>(repeating: 0), SIMD16<Int32>(repeating: 1))
    let counts =
      zero.replacing(with: one, where: low .<= all)
      &+ zero.replacing(with: one, where: high .<= all)
    return Int(counts.wrappedSum())
  }
}

/// One after the other.
@usableFromInline
struct ListedStarts: RangeStarts {
  @usableFromInline let starts: [UInt128.Halves]

  @usableFromInline
  init(_ starts: [UInt128]) { self.starts = starts.map { $0.stored } }

  @inlinable @inline(__always)
  func count(upTo address: UInt128) -> Int {
    var count = 0
    for start in starts where UInt128(start) <= address { count &+= 1 }
    return count
  }
}
