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
    let ratio = Target("", row, .times(1.2, of: ["peer", "absent"]))
    #expect(TargetResult(ratio, by: report(own: 12)).verdict == .yes)
    #expect(TargetResult(ratio, by: report(own: 12.1)).verdict == .no)
    // The machine is half as fast as the one that the value was set on.
    #expect(TargetResult(Target("", row, .value(7)), by: report(own: 14)).verdict == .yes)
    let absent = Target("", Figure.Row("suite", "setting", "x"), .value(7))
    #expect(TargetResult(absent, by: report(own: 1)).verdict == .notMeasured)
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
