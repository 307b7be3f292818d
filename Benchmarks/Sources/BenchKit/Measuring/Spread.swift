/// The runs of one measurement: each figure is the cost of one operation.
struct Spread: Codable, Equatable {
  let median: Double
  let least: Double
  let most: Double

  /// Takes at least one run; of an even number the median is the mean of the middle two.
  init(_ runs: [Double]) {
    let sorted = runs.sorted()
    least = sorted[0]
    most = sorted[sorted.count - 1]
    median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The spread of another quantity that follows from this one, such as a rate from a time.
  func mapped(_ change: (Double) -> Double) -> Spread {
    Spread([change(least), change(median), change(most)])
  }

  /// Times a body that does `count` operations, in nanoseconds each: one run to warm up, then
  /// `runs` that count, or as many, at least two, as begin within the budget.
  ///
  /// The body returns a checksum of what it did, so that no compiler leaves it out; it must be the
  /// same in every run.
  static func of(
    _ count: Int, runs: Int = 5, budget: Duration = .milliseconds(600), _ body: () -> UInt64
  ) -> (spread: Spread, checksum: UInt64) {
    let clock = ContinuousClock()
    let checksum = body()
    var times: [Double] = []
    let start = clock.now
    while times.count < runs, times.count < 2 || start.duration(to: clock.now) < budget {
      var again: UInt64 = 0
      let time = clock.measure { again = body() }
      precondition(again == checksum, "two runs of one measurement do not agree")
      times.append(time.inNanoseconds / Double(count))
    }
    return (Spread(times), checksum)
  }

  /// Times something too long to do twice, in nanoseconds, and keeps what it made.
  static func once<Made, Failure: Error>(
    _ body: () throws(Failure) -> Made
  ) throws(Failure) -> (spread: Spread, made: Made) {
    let clock = ContinuousClock()
    let start = clock.now
    let made = try body()
    return (Spread([start.duration(to: clock.now).inNanoseconds]), made)
  }
}

extension Duration {
  /// The duration in nanoseconds.
  var inNanoseconds: Double {
    Double(components.seconds) * 1e9 + Double(components.attoseconds) * 1e-9
  }
}
