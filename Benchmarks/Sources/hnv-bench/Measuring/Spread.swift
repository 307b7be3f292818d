/// The runs of one measurement: each figure is the time of one operation, in nanoseconds.
struct Spread {
  private let sorted: [Double]

  /// Takes at least one run.
  init(_ runs: [Double]) { sorted = runs.sorted() }

  var least: Double { sorted[0] }
  var median: Double { sorted[sorted.count / 2] }
  var most: Double { sorted[sorted.count - 1] }

  /// Times a body that does `count` operations: one run to warm up, then `runs` that count.
  ///
  /// The body returns a checksum of what it did, so that no compiler leaves it out; it must be the
  /// same in every run.
  static func of(
    _ count: Int, runs: Int = 5, _ body: () -> UInt64
  ) -> (spread: Spread, checksum: UInt64) {
    let clock = ContinuousClock()
    let checksum = body()
    var times: [Double] = []
    for _ in 0..<runs {
      var again: UInt64 = 0
      let time = clock.measure { again = body() }
      precondition(again == checksum, "two runs of one measurement do not agree")
      times.append(time.nanoseconds / Double(count))
    }
    return (Spread(times), checksum)
  }
}

extension Duration {
  /// The duration in nanoseconds.
  var nanoseconds: Double {
    Double(components.seconds) * 1e9 + Double(components.attoseconds) * 1e-9
  }
}
