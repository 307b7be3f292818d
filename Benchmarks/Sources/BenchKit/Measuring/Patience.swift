import Foundation

/// Keeps a run from sizes that would take too long or too much memory, judging by smaller ones.
///
/// Between the last two sizes cost grew by some power of the size; the next is judged by the same
/// power, at least linear.
struct Patience {
  /// The longest that one size may take.
  var limit = Duration.seconds(90)

  private var spent: [(size: Int, cost: Cost)] = []

  /// What grows with the size: the time to make what is measured, and its memory.
  ///
  /// How long it is then measured does not count, for that is the same for every size.
  struct Cost {
    var nanoseconds = 0.0
    var bytes = 0
  }

  init() {}

  /// Notes what a size took.
  mutating func note(_ size: Int, _ cost: Cost) { spent.append((size, cost)) }

  /// Why a size should not be tried; `nil` when it may.
  func objection(to size: Int) -> String? {
    guard let last = spent.last, last.size > 0, size > last.size else { return nil }
    let growth = Double(size) / Double(last.size)
    let time = last.cost.nanoseconds * pow(growth, exponent)
    if time > limit.inNanoseconds {
      return "judging by smaller sizes it would take \(FigureText.value(time, .nanoseconds))"
    }
    let bytes = Double(last.cost.bytes) * growth
    if bytes > Double(Memory.available) / 2 {
      return "judging by smaller sizes it would hold \(FigureText.value(bytes, .bytes))"
    }
    return nil
  }

  /// The power of the size by which time grew, from 1 to 2.
  private var exponent: Double {
    guard spent.count > 1 else { return 1 }
    let (before, last) = (spent[spent.count - 2], spent[spent.count - 1])
    let growth = Double(last.size) / Double(before.size)
    guard growth > 1, before.cost.nanoseconds > 0 else { return 1 }
    return min(2, max(1, log(last.cost.nanoseconds / before.cost.nanoseconds) / log(growth)))
  }
}
