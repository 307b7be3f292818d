/// The runs of one measurement: each figure is the cost of one operation.
struct Spread: Codable, Equatable {
  /// What the measurement says, and what is compared.
  ///
  /// Of the same work done again and again it is the least, for whatever disturbs a run makes it
  /// longer; of pieces of work that differ it is the median.
  let value: Double
  let median: Double
  let least: Double
  let most: Double
  /// Whether the quickest runs of the same work agree; `nil` where it was not done again.
  let isSettled: Bool?

  /// Takes a figure for each of several pieces of work, at least one.
  init(_ figures: [Double]) {
    let sorted = figures.sorted()
    let median = Self.median(sorted)
    self.init(median, median, sorted[0], sorted[sorted.count - 1], nil)
  }

  /// Takes the runs of the same work, at least one.
  init(runs: [Double]) {
    let sorted = runs.sorted()
    self.init(
      sorted[0], Self.median(sorted), sorted[0], sorted[sorted.count - 1],
      Repetition.agree(sorted))
  }

  private init(
    _ value: Double, _ median: Double, _ least: Double, _ most: Double, _ isSettled: Bool?
  ) {
    self.value = value
    self.median = median
    self.least = least
    self.most = most
    self.isSettled = isSettled
  }

  /// The middle one, or the mean of the middle two.
  private static func median(_ sorted: [Double]) -> Double {
    (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The spread of another quantity that follows from this one, such as a rate from a time.
  func mapped(_ change: (Double) -> Double) -> Spread {
    let ends = [change(least), change(most)].sorted()
    return Spread(change(value), change(median), ends[0], ends[1], isSettled)
  }

  /// Times a body that does `count` operations, in nanoseconds each: one run to warm up, then as
  /// many as `Repetition` says.
  ///
  /// The body returns a checksum of what it did, so that no compiler leaves it out; it must be the
  /// same in every run.
  static func of(
    _ count: Int, runs: Int = 15, budget: Duration = .seconds(2), _ body: () -> UInt64
  ) -> (spread: Spread, checksum: UInt64) {
    let clock = ContinuousClock()
    let checksum = body()
    var repetition = Repetition(runs: runs, budget: budget)
    while !repetition.isOver {
      var again: UInt64 = 0
      let time = clock.measure { again = body() }
      precondition(again == checksum, "two runs of one measurement do not agree")
      repetition.add(time.inNanoseconds / Double(count))
    }
    return (Spread(runs: repetition.times), checksum)
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
