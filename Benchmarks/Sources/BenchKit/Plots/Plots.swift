import Foundation

/// The plots of a run: what grows with the network, and what does not.
enum Plots {
  static func draw(into folder: String, from report: Report) throws(FileDiagnostic) {
    for chart in charts(of: report) where !chart.series.isEmpty {
      let path = "\(folder)/\(chart.name).svg"
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try ChartSVG(chart).text.write(toFile: path, atomically: true, encoding: .utf8)
      } catch {
        throw FileDiagnostic("\(path) cannot be written: \(error.localizedDescription)")
      }
      print(path)
    }
  }

  static func charts(of report: Report) -> [Chart] {
    [
      Chart(
        "host-routes", "Host routes per hypervisor", .count,
        [
          ("every tenant's", series(report, "life", "host routes, every tenant's")),
          ("of the tenants here", series(report, "life", "host routes, of tenants here")),
        ]),
      Chart(
        "memory", "Memory of the whole network", .bytes,
        [("policy and compiled state", series(report, "life", "memory in all"))]),
      Chart(
        "lookup", "A record looked up, a packet decided", .nanoseconds,
        [
          ("record, batched", series(report, "records", "batched", "IPv4")),
          (
            "decision, one at a time",
            series(report, "decisions", "dependent", "IPv4", "1 + 1 rules, delivered")
          ),
          (
            "decision, batched",
            series(report, "decisions", "batched", "IPv4", "1 + 1 rules, delivered")
          ),
        ]),
      Chart(
        "update", "From a change to the packet that obeys it", .nanoseconds,
        [
          ("one record, one host", series(report, "life", "one record changed")),
          ("one VM moved, all hosts", series(report, "life", "one VM moved, all hosts told")),
        ]),
      Chart(
        "trace", "A full trace with its reply", .nanoseconds,
        [("trace", series(report, "traces", "trace with reply"))]),
    ]
  }

  /// The library's figures of one operation by size, in all settings that have these words.
  private static func series(
    _ report: Report, _ suite: String, _ operation: String, _ words: String...
  ) -> [Chart.Point] {
    report.figures.compactMap { figure -> Chart.Point? in
      guard figure.row.suite == suite, figure.row.operation == operation,
        figure.subject == Figure.own, words.allSatisfy({ figure.row.setting.contains($0) }),
        let size = figure.size
      else { return nil }
      return Chart.Point(size: Double(size), value: figure.spread.value)
    }.sorted { $0.size < $1.size }
  }
}
