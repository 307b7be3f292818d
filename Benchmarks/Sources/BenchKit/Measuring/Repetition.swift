/// How often the same work is measured: until the quickest runs agree, or time is up.
///
/// Whatever disturbs a run makes it longer, so that runs which agree on being the quickest were
/// hardly disturbed. `Peers/dpdk.c` goes by the same rule and the same numbers.
struct Repetition {
  /// So many of the quickest runs have to agree.
  static let agreeing = 5
  /// They agree when they lie within this share of the least.
  static let tolerance = 0.05

  /// No work is repeated more often.
  private static let mostRuns = 10_000

  private let runs: Int
  private let budget: Duration
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private(set) var times: [Double] = []
  /// The quickest runs, the least first.
  private var quickest: [Double] = []

  /// At least so many runs, or as many, at least two, as begin within the budget.
  init(runs: Int = 15, budget: Duration = .seconds(2)) {
    self.runs = runs
    #if DEBUG
      // A debug build is run for its answers, not for its times.
      self.budget = budget / 10
    #else
      self.budget = budget
    #endif
    start = clock.now
  }

  mutating func add(_ nanoseconds: Double) {
    times.append(nanoseconds)
    quickest.insert(nanoseconds, at: quickest.firstIndex { $0 > nanoseconds } ?? quickest.count)
    if quickest.count > Self.agreeing { quickest.removeLast() }
  }

  /// Whether it has been measured often enough.
  var isOver: Bool {
    guard times.count >= 2 else { return false }
    if times.count >= runs, Self.agree(quickest) { return true }
    return times.count >= Self.mostRuns || start.duration(to: clock.now) >= budget
  }

  /// Whether the quickest of sorted runs agree; too few do not.
  static func agree(_ sorted: [Double]) -> Bool {
    sorted.count >= agreeing && sorted[agreeing - 1] <= sorted[0] * (1 + tolerance)
  }
}
