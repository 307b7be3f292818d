import Testing

@testable import BenchKit

@Suite("Statistics")
struct SpreadTests {
  @Test(
    "the median is the middle run, or the mean of the middle two",
    arguments: [([3, 1, 2], 2), ([4, 1, 2, 3], 2.5), ([7], 7)] as [([Double], Double)])
  func median(_ runs: [Double], _ median: Double) {
    #expect(Spread(runs).median == median)
    #expect(Spread(runs: runs).median == median)
  }

  @Test("of the same work the least run counts, of works that differ the median")
  func value() {
    #expect(Spread([3, 1, 2]).value == 2)
    #expect(Spread([3, 1, 2]).isSettled == nil)
    #expect(Spread(runs: [3, 1, 2]).value == 1)
  }

  @Test(
    "runs settle when five lie within five hundredths of the least",
    arguments: [
      ([9, 100, 104, 102, 103, 101], false), ([300, 100, 104, 102, 103, 105], true),
      ([100, 104, 102, 103, 105.1, 200], false), ([100, 100, 100, 100], false),
    ] as [([Double], Bool)])
  func settling(_ runs: [Double], _ isSettled: Bool) {
    #expect(Spread(runs: runs).isSettled == isSettled)
  }

  @Test("work is done again until its runs settle, or time is up")
  func repetition() {
    var steady = Repetition(runs: 6, budget: .seconds(3_600))
    for _ in 0..<5 { steady.add(10) }
    #expect(!steady.isOver)
    steady.add(20)
    #expect(steady.isOver)
    var restless = Repetition(runs: 6, budget: .seconds(3_600))
    for run in 0..<20 { restless.add(Double(10 + 2 * run)) }
    #expect(!restless.isOver)
    var late = Repetition(budget: .zero)
    late.add(1)
    #expect(!late.isOver)
    late.add(1)
    #expect(late.isOver)
  }

  @Test("a rate turns the least time into the most")
  func rate() {
    let rate = Spread(runs: [1, 2, 4]).mapped { 8 / $0 }
    #expect((rate.least, rate.median, rate.most) == (2, 4, 8))
    #expect(rate.value == 8)
  }
}
