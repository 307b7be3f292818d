/// The end of a run: each target, what was measured, what it stands against, whether it holds.
enum Summary {
  static func text(of report: Report) -> String {
    let load = FigureText.value(report.dependentLoad, .nanoseconds)
    let scale = FigureText.number(report.dependentLoad / Target.referenceLoad)
    var lines = [
      "", "TARGETS",
      "Times that are targets in themselves were set on a machine whose dependent load from 1 GiB"
        + " takes 180 ns;",
      "here it takes \(load), so that they are scaled by \(scale).",
    ]
    let results = Targets.all.map { TargetResult($0, by: report) }
    for result in results {
      lines.append(
        "  " + FigureText.pad(result.verdict.rawValue, 14) + result.target.what)
      let measured = result.measured.isEmpty ? "" : "\(result.measured); "
      lines.append(String(repeating: " ", count: 16) + measured + result.reference)
    }
    let counts = [TargetResult.Verdict.yes, .no, .notMeasured].map { verdict in
      "\(results.filter { $0.verdict == verdict }.count) \(verdict.rawValue)"
    }
    lines.append("\nTargets that hold: " + counts.joined(separator: ", ") + ".")
    lines.append(
      report.mismatches.isEmpty
        ? "All answers agree."
        : "ANSWERS DO NOT AGREE:\n" + report.mismatches.map { "  \($0)" }.joined(separator: "\n"))
    return lines.joined(separator: "\n")
  }
}
