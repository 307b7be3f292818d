/// Tells how far a long analysis is, once it has taken two seconds and every second after.
struct Progress {
  private let total: Int
  private let unit: String
  private let complain: (String) -> Void
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private var done = 0

  init(total: Int, unit: String, complain: @escaping (String) -> Void) {
    self.total = total
    self.unit = unit
    self.complain = complain
    next = clock.now.advanced(by: .seconds(2))
  }

  mutating func advance() {
    done += 1
    // Asking the clock costs more than a short analysis.
    guard done.isMultiple(of: 16), clock.now >= next else { return }
    next = clock.now.advanced(by: .seconds(1))
    complain("\(done) of \(total) \(unit) …")
  }
}
