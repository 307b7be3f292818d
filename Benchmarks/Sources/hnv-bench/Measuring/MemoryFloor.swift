/// What memory allows: the time of one load from a region of a given size, to set figures against.
struct MemoryFloor {
  /// The region's size in bytes.
  let byteCount: Int
  /// Each load's address depends on the load before.
  let dependent: Spread
  /// The loads do not wait for one another.
  let independent: Spread

  /// Measures a region of at least 4 KiB.
  init(byteCount: Int) {
    self.byteCount = byteCount
    let count = byteCount / MemoryLayout<UInt32>.stride
    let ring = Self.ring(count)
    let loads = 4_000_000
    dependent =
      Spread.of(loads) {
        ring.withUnsafeBufferPointer { ring in
          var place: UInt32 = 0
          for _ in 0..<loads { place = ring[Int(place)] }
          return UInt64(place)
        }
      }.spread
    independent =
      Spread.of(loads) {
        ring.withUnsafeBufferPointer { ring in
          var generator = SplitMix64(seed: 1)
          var sum: UInt64 = 0
          for _ in 0..<loads {
            let place = generator.next().multipliedFullWidth(by: UInt64(count)).high
            sum &+= UInt64(ring[Int(place)])
          }
          return sum
        }
      }.spread
  }

  /// One cycle through all places in random order (Sattolo, 1986).
  private static func ring(_ count: Int) -> [UInt32] {
    var generator = SplitMix64(seed: 2)
    var ring = Array(0..<UInt32(count))
    for last in stride(from: count - 1, to: 0, by: -1) {
      ring.swapAt(last, Int.random(in: 0..<last, using: &generator))
    }
    return ring
  }
}
