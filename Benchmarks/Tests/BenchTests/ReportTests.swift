import Testing

@testable import BenchKit

@Suite("Figures and what they say")
struct ReportTests {
  private let row = Figure.Row("suite", "setting", "batched")

  private func report(own: Double) -> Report {
    var report = Report()
    report.dependentLoad = 360
    report.add(Figure(row, Spread([10]), by: "peer", checksum: 1))
    report.add(Figure(row, Spread([own]), checksum: 1))
    return report
  }

  @Test("a target is judged beside its reference, or by a value that is scaled")
  func result() {
    let ratio = Target("", row, .times(1.2, of: ["peer"]))
    #expect(TargetResult(ratio, by: report(own: 12)).verdict == .yes)
    #expect(TargetResult(ratio, by: report(own: 12.1)).verdict == .no)
    // The machine is half as fast as the one that the value was set on.
    #expect(TargetResult(Target("", row, .value(7)), by: report(own: 14)).verdict == .yes)
    // The better of two cannot be judged by one of them.
    let better = Target("", row, .times(1.2, of: ["peer", "absent"]))
    #expect(TargetResult(better, by: report(own: 1)).verdict == .notJudged)
    let absent = Target("", Figure.Row("suite", "setting", "x"), .value(7))
    #expect(TargetResult(absent, by: report(own: 1)).verdict == .notMeasured)
  }

  @Test("a target can hold for what is quick, or for what is small")
  func quickOrSmall() {
    let bytes = Figure.Row("suite", "setting", "bytes")
    let target = Target(
      "", row, .valueWhere(4, bytes, atMost: 300), .valueWhere(10, bytes, atMost: 120))
    func verdict(_ own: Double, _ size: Double?) -> TargetResult.Verdict {
      // Twice as much, for the machine is half as fast.
      var report = report(own: own * 2)
      if let size { report.add(Figure(bytes, Spread([size]), .bytes)) }
      return TargetResult(target, by: report).verdict
    }
    #expect(verdict(4, 300) == .yes)
    #expect(verdict(5, 300) == .no)
    #expect(verdict(10, 120) == .yes)
    #expect(verdict(11, 120) == .no)
    #expect(verdict(4, 301) == .no)
    #expect(verdict(4, nil) == .notJudged)
  }

  @Test("a run says whether the machine was quiet")
  func quiet() {
    var report = Report()
    report.add(Figure(row, Spread(runs: [1, 1, 1, 1, 1])))
    report.add(Figure(row, Spread([1, 9]), by: "of works that differ"))
    #expect(Summary.quiet(report)[0].hasPrefix("The machine was quiet: each of 1 "))
    report.add(Figure(row, Spread(runs: [1, 2, 3, 4, 5]), by: "peer"))
    #expect(Summary.quiet(report)[0].hasPrefix("THE MACHINE WAS NOT QUIET: 1 of 2 "))
  }

  @Test("answers that differ are noticed")
  func mismatch() {
    var report = report(own: 1)
    #expect(report.mismatches.isEmpty)
    report.add(Figure(row, Spread([1]), by: "wrong", checksum: 2))
    #expect(report.mismatches.count == 1)
  }

  @Test("a chart is drawn inside its picture, its text escaped")
  func chart() {
    let points = [Chart.Point(size: 1_000, value: 5), Chart.Point(size: 1_024_000, value: 700)]
    let svg = ChartSVG(Chart("x", "a < b", .nanoseconds, [("one", points), ("none", [])])).text
    #expect(svg.contains("a &lt; b"))
    #expect(svg.contains("prefers-color-scheme: dark"))
    #expect(!svg.contains("none</text>"))
    #expect(LogAxis([1_000, 1_024_000]).ticks.count == 5)
  }
}
