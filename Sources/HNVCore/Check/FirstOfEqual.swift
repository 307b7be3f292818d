/// The first of equal entries among many, nearly all of which differ: hashes alone in open
/// addressing, so that entries are compared only where these are equal.
struct FirstOfEqual {
  /// The hash of an entry, and its index from 1 on; 0 where there is none.
  private var slots: [UInt64]

  /// Room for so many entries.
  init(for count: Int) { slots = Array(repeating: 0, count: Probe.capacity(for: count)) }

  /// Takes in an entry; there must be room for it.
  ///
  /// - Returns: the index of the first one that equals it; `nil` where it is the first itself.
  mutating func insert(
    _ index: Int, hash: UInt32, isEqual: (_ other: Int) -> Bool
  ) -> Int? {
    var probe = Probe(hash, from: 0, capacity: slots.count)
    while slots[probe.place] != 0 {
      let slot = slots[probe.place]
      let other = Int(UInt32(truncatingIfNeeded: slot)) - 1
      if UInt32(slot >> 32) == hash, isEqual(other) { return other }
      probe.advance()
    }
    slots[probe.place] = UInt64(hash) << 32 | UInt64(UInt32(truncatingIfNeeded: index + 1))
    return nil
  }
}
