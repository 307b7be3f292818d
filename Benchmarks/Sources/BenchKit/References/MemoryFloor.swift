/// What memory allows: the time of one load from a region of a given size, to set figures against.
struct MemoryFloor {
  /// Each load's address depends on the load before.
  let dependent: Spread
  /// The loads do not wait for one another.
  let independent: Spread
  /// By how many bytes the memory of the process in pages of 2 MiB grew by the region; `nil` where
  /// that is unknown.
  let hugeByteCount: Int?

  private static let lineByteCount = 64

  /// Measures a region whose size is a power of two, at least 4 KiB.
  init(byteCount: Int) {
    let count = byteCount / Self.lineByteCount
    let hugeBefore = Pages.hugeByteCount
    let region = UnsafeMutableRawBufferPointer.allocate(
      byteCount: byteCount, alignment: Self.lineByteCount)
    defer { region.deallocate() }
    Self.link(region, count)
    hugeByteCount = hugeBefore.flatMap { before in
      Pages.hugeByteCount.map { max(0, $0 - before) }
    }
    let loads = 1 << 20
    // Each run goes on where the one before ended, so that none finds its lines in a cache.
    var line: UInt32 = 0
    dependent =
      Spread.of(loads) {
        for _ in 0..<loads { line = Self.load(region, line) }
        return 0
      }.spread
    precondition(line < count, "the cycle left the region")
    let shift = UInt64(64 - count.trailingZeroBitCount)
    var (sum, turn) = (UInt64(0), UInt64(0))
    independent =
      Spread.of(loads) {
        for _ in 0..<loads {
          // Two multiplications spread the numbers over all lines, without waiting for a load.
          turn += 1
          var place = turn &* 0x9e37_79b9_7f4a_7c15
          place = (place ^ place >> 32) &* 0xd6e8_feb8_6659_fd93
          sum &+= UInt64(Self.load(region, UInt32(truncatingIfNeeded: place &>> shift)))
        }
        return 0
      }.spread
    precondition(sum > 0, "nothing was loaded")
  }

  private static func load(_ region: UnsafeMutableRawBufferPointer, _ line: UInt32) -> UInt32 {
    region.load(fromByteOffset: Int(line) * lineByteCount, as: UInt32.self)
  }

  /// Makes each line name the next: one cycle through all in random order (Sattolo, 1986).
  private static func link(_ region: UnsafeMutableRawBufferPointer, _ count: Int) {
    var generator = SplitMix64(seed: 2)
    for line in 0..<count { store(region, line, UInt32(line)) }
    for last in stride(from: count - 1, to: 0, by: -1) {
      let other = generator.next().multipliedFullWidth(by: UInt64(last)).high
      let line = load(region, UInt32(last))
      store(region, last, load(region, UInt32(other)))
      store(region, Int(other), line)
    }
  }

  private static func store(_ region: UnsafeMutableRawBufferPointer, _ line: Int, _ next: UInt32) {
    region.storeBytes(of: next, toByteOffset: line * lineByteCount, as: UInt32.self)
  }
}
