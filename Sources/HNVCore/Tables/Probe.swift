/// The places of an open-addressing table in the order in which a key is looked for in them.
///
/// The first is the one that the hash names, then come those behind it, around the end (linear
/// probing: Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithm L).
/// A table always has a free place, at which a search that finds nothing ends.
struct Probe {
  private var current: Int32
  private let start: Int32
  private let end: Int32

  /// Starts in `capacity` places, at least one, from `start` on.
  ///
  /// The hash chooses by its high bits, so that a table may have any number of places (Lemire,
  /// "Fast Random Integer Generation in an Interval", 2019).
  @inline(__always)
  init(_ hash: UInt32, from start: Int, capacity: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    end = Int32(truncatingIfNeeded: start &+ capacity)
    let offset = (UInt64(hash) &* UInt64(truncatingIfNeeded: capacity)) &>> 32
    current = self.start &+ Int32(truncatingIfNeeded: offset)
  }

  var place: Int { Int(current) }

  @inline(__always)
  mutating func advance() {
    current &+= 1
    if current == end { current = start }
  }

  /// The places that keep searches short for `count` keys: six of seven are taken.
  static func capacity(for count: Int) -> Int { count + count / 6 + 1 }
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
