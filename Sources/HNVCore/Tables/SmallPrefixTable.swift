/// A few prefixes of one family, found by the ranges of addresses that they make.
///
/// A routing domain seldom has more. No step of a lookup waits for another and none is guessed: how
/// many ranges begin at or before an address says in which it is.
@usableFromInline
struct SmallPrefixTable<Bits: TrieAddress>: Sendable {
  @usableFromInline typealias Item = OctetTrie<Bits>.Item

  @usableFromInline let starts: Bits.Starts
  /// The slot of each range's prefix; 0 for none.
  @usableFromInline let slots: [UInt8]
  /// By slot, from 1 on without a gap.
  @usableFromInline let items: [Item]

  /// Holds what stands in the slots: with so many prefixes at most, there are 31 ranges.
  init(_ items: [Item]) {
    self.items = items
    var borders: [Bits] = [0]
    for item in items.dropFirst() {
      borders.append(item.bits)
      let last = item.bits | Bits.hostMask(item.length)
      if last != .max { borders.append(last + 1) }
    }
    borders.sort()
    var distinct: [Bits] = []
    for border in borders where distinct.last != border { distinct.append(border) }
    starts = Bits.Starts(distinct)
    var slots = distinct.map { start in
      let covering = items.indices.dropFirst().filter { items[$0].covers(start) }
      return UInt8(covering.max { items[$0].length < items[$1].length } ?? 0)
    }
    // The highest address of all is counted in the places that no range begins in, too.
    slots += repeatElement(slots[slots.count - 1], count: 32 - slots.count)
    self.slots = slots
  }

  @inlinable @inline(__always)
  func slot(for address: Bits) -> Int { Int(slots[starts.count(upTo: address) &- 1]) }
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
