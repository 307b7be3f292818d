import Testing

@testable import BenchKit

@Suite("Statistics")
struct SpreadTests {
  @Test(
    "the median is the middle run, or the mean of the middle two",
    arguments: [([3, 1, 2], 2), ([4, 1, 2, 3], 2.5), ([7], 7)] as [([Double], Double)])
  func median(_ runs: [Double], _ median: Double) {
    #expect(Spread(runs).median == median)
  }

  @Test("a rate turns the least time into the most")
  func rate() {
    let rate = Spread([1, 2, 4]).mapped { 8 / $0 }
    #expect((rate.least, rate.median, rate.most) == (2, 4, 8))
  }
}
