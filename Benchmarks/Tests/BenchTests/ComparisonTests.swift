import Testing

@testable import BenchKit

@Suite("Whether a table is better in all")
struct ComparisonTests {
  private let own = Contender("hnv", lookup: 10, bytes: 30, insert: 300, delete: 300)

  @Test("better is who is better in speed, memory and change at once")
  func verdicts() {
    func verdict(_ lookup: Double?, _ bytes: Double?, _ insert: Double?, _ delete: Double?) -> Bool?
    {
      Contender("peer", lookup: lookup, bytes: bytes, insert: insert, delete: delete)
        .isBetterInAll(than: own)
    }
    #expect(verdict(9, 29, 299, 300) == true)
    #expect(verdict(10, 29, 299, 300) == false)
    #expect(verdict(9, 31, 299, 300) == false)
    #expect(verdict(9, 29, 100, 501) == false)
    #expect(verdict(9, 29, nil, 300) == nil)
    // One figure is enough to say that it is not.
    #expect(verdict(nil, 31, nil, nil) == false)
  }

  @Test("the table has what was measured, and what was measured elsewhere")
  func table() {
    let setting = "IPv4, 1000000 Internet-like"
    var report = Report()
    for (subject, factor) in [(Figure.own, 1.0), ("rte_fib", 0.5), (Comparison.byLength, 2)] {
      for operation in ["hit, independent", "bytes a route", "insert", "delete"] {
        report.add(
          Figure(Figure.Row("prefixes", setting, operation), Spread([factor]), by: subject))
      }
    }
    let text = Comparison(report, setting, routeCount: 1_000_000, load: 90).text
    #expect(text.contains("Better than hnv in all three: rte_fib."))
    #expect(
      text.contains("Not better than hnv in all three: Dictionary by length, poptrie, bart."))
    #expect(text.contains("Not judged, for figures are missing: rte_lpm."))
    #expect(text.contains("scaled by 0.50"))
    let small = Comparison(report, setting, routeCount: 1_000, load: 90).text
    #expect(!small.contains("poptrie"))
  }
}
