/// A few prefixes of one family, in a list that is looked through from end to end.
///
/// A routing domain seldom has more routes. To compare an address with each of so few takes less
/// time than to find out with which: no step waits for the one before, and none is guessed wrong.
struct PrefixHandful<Bits: AddressBits>: Sendable {
  typealias Entry = PrefixTrie<Bits>.Entry

  /// In ascending order: of those that cover an address the last is the longest.
  private var items: [Item] = []

  /// How many a handful is at most.
  static var limit: Int { 16 }

  private struct Item: Sendable {
    let bits: Bits
    /// Ones in the bits that count.
    let mask: Bits
    let slot: Int32
    let length: UInt8

    var entry: Entry { Entry(bits: bits, length: length, slot: slot) }

    func covers(_ address: Bits) -> Bool { address & mask == bits }

    func precedes(_ other: Bits, _ length: UInt8) -> Bool {
      (bits, self.length) < (other, length)
    }
  }

  var count: Int { items.count }

  /// All, in ascending order.
  var entries: [Entry] { items.map { $0.entry } }

  /// The entry that is exactly this prefix.
  func entry(_ bits: Bits, length: UInt8) -> Entry? {
    items.first { $0.length == length && $0.bits == bits }?.entry
  }

  @inline(__always)
  func longestMatch(for address: Bits) -> PrefixSlots.Found {
    var found = PrefixSlots.Found.nothing
    for item in items where item.covers(address) {
      found = PrefixSlots.Found(slot: item.slot, length: item.length)
    }
    return found
  }

  /// Every entry that covers the address, the longest first.
  func matches(for address: Bits) -> [Entry] {
    items.reversed().filter { $0.covers(address) }.map { $0.entry }
  }

  /// The entries within a prefix, in order.
  func covered(by bits: Bits, length: UInt8) -> [Entry] {
    items.filter { $0.length >= length && $0.bits.masked(to: Int(length)) == bits }
      .map { $0.entry }
  }

  /// Of the entries that do not cover the address, the one that shares the most leading bits; of
  /// several the longest, and of those the first.
  func nearestMiss(for address: Bits) -> Entry? {
    var nearest: (item: Item, shared: Int)?
    for item in items where !item.covers(address) {
      let shared = item.bits.sharedLength(with: address)
      if let nearest, (shared, item.length) <= (nearest.shared, nearest.item.length) { continue }
      nearest = (item, shared)
    }
    return nearest?.item.entry
  }

  /// Gives a prefix the slot unless it has one, and returns the one that it has then.
  mutating func insert(_ slot: Int32, _ bits: Bits, length: UInt8) -> Int32 {
    let place = items.firstIndex { !$0.precedes(bits, length) } ?? items.count
    if place < items.count, items[place].bits == bits, items[place].length == length {
      return items[place].slot
    }
    items.insert(
      Item(bits: bits, mask: ~Bits.hostMask(Int(length)), slot: slot, length: length), at: place)
    return slot
  }

  /// Removes a prefix and returns its slot; `nil` where it has none.
  mutating func remove(_ bits: Bits, length: UInt8) -> Int32? {
    items.firstIndex { $0.length == length && $0.bits == bits }.map { items.remove(at: $0).slot }
  }
}
