/// The places of an open-addressing table in the order in which a key is looked for in them.
///
/// The first is the one that the hash names, then come those behind it, around the end (linear
/// probing: Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithm L).
/// A table always has a free place, at which a search that finds nothing ends.
struct Probe {
  private(set) var place: Int
  private let start: Int
  private let end: Int

  /// Starts in `capacity` places, at least one, from `start` on.
  ///
  /// The hash chooses by its high bits, so that a table may have any number of places (Lemire,
  /// "Fast Random Integer Generation in an Interval", 2019).
  init(_ hash: UInt32, from start: Int, capacity: Int) {
    self.start = start
    end = start + capacity
    place = start + Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(capacity)) &>> 32)
  }

  /// Starts at a place of them.
  init(at place: Int, from start: Int, capacity: Int) {
    self.place = place
    self.start = start
    end = start + capacity
  }

  mutating func advance() {
    place += 1
    if place == end { place = start }
  }

  /// The places that keep searches short for `count` keys: five of six are taken.
  static func capacity(for count: Int) -> Int { count + count / 5 + 1 }
}

extension AddressBits {
  /// A number whose high bits differ for addresses that differ anywhere, neighbours included
  /// (Fibonacci hashing: Knuth, section 6.4).
  var spread: UInt32 {
    var folded = UInt64(truncatingIfNeeded: self)
    if Self.bitWidth > 64 {
      let high = UInt64(truncatingIfNeeded: self >> (Self.bitWidth / 2))
      folded ^= high &* 0xff51_afd7_ed55_8ccd
      folded ^= folded >> 32
    }
    return UInt32(truncatingIfNeeded: (folded &* 0x9e37_79b9_7f4a_7c15) >> 32)
  }
}
