import Foundation

/// Keeps a run from sizes that would take too long or too much memory, judging by smaller ones.
///
/// Between the last two sizes cost grew by some power of the size; the next is judged by the same
/// power, at least linear.
struct Patience {
  /// The longest that one size may take.
  var limit = Duration.seconds(90)

  private var spent: [(size: Int, time: Double, bytes: Int)] = []

  init() {}

  /// Measures a size, whose body tells how many bytes what it measured held.
  mutating func spend(on size: Int, _ body: () -> Int) {
    let clock = ContinuousClock()
    let start = clock.now
    let bytes = body()
    note(size, start.duration(to: clock.now), bytes)
  }

  /// Notes what a size took.
  mutating func note(_ size: Int, _ time: Duration, _ bytes: Int) {
    spent.append((size, time.inNanoseconds, bytes))
  }

  /// Why a size should not be tried; `nil` when it may.
  func objection(to size: Int) -> String? {
    guard let last = spent.last, last.size > 0, size > last.size else { return nil }
    let growth = Double(size) / Double(last.size)
    let time = last.time * pow(growth, exponent)
    if time > limit.inNanoseconds {
      return "it would take about \(FigureText.value(time, .nanoseconds)), judging by \(last.size)"
    }
    let bytes = Double(last.bytes) * growth
    if bytes > Double(Memory.available) / 2 {
      return "it would hold about \(FigureText.value(bytes, .bytes)), judging by \(last.size)"
    }
    return nil
  }

  /// The power of the size by which time grew, from 1 to 2.
  private var exponent: Double {
    guard spent.count > 1 else { return 1 }
    let (before, last) = (spent[spent.count - 2], spent[spent.count - 1])
    let growth = Double(last.size) / Double(before.size)
    guard growth > 1, before.time > 0 else { return 1 }
    return min(2, max(1, log(last.time / before.time) / log(growth)))
  }
}
