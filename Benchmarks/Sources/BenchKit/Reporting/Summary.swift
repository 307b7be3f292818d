/// The end of a run: each target, what was measured, what it stands against, whether it holds.
enum Summary {
  static func text(of report: Report) -> String {
    let results = Targets.all.map { TargetResult($0, by: report) }
    let lines = ["", "TARGETS"] + scale(of: report) + targets(results) + calls(report)
    return (lines + [""] + quiet(report) + [counts(results), answers(report)])
      .joined(separator: "\n")
  }

  /// What one operation calls, beside its time or rate.
  static func calls(_ report: Report) -> [String] {
    let kinds = CallCounts.Kind.allCases
    func line(_ first: String, _ second: String, _ others: [String]) -> String {
      "  " + FigureText.pad(first, 52) + FigureText.pad(second, 24)
        + others.map { FigureText.pad($0, 13) }.joined()
    }
    let lines = report.figures.compactMap { figure -> String? in
      let counts = kinds.compactMap { report.figure(figure.row.calls($0)) }
      guard counts.count == kinds.count, figure.subject == Figure.own else { return nil }
      return line(
        "\(figure.row)", FigureText.value(figure.spread.value, figure.unit),
        counts.map { FigureText.value($0.spread.value, $0.unit) })
    }
    let heading = ["", "CALLS OF ONE OPERATION", line("", "", kinds.map(\.rawValue))]
    return lines.isEmpty ? [] : heading + lines
  }

  /// By what absolute targets are scaled, and in what kind of memory.
  private static func scale(of report: Report) -> [String] {
    let load = FigureText.value(report.dependentLoad, .nanoseconds)
    let scale = FigureText.number(report.dependentLoad / Target.referenceLoad)
    var lines = [
      "Times that are targets in themselves were set on a machine whose dependent load from 1 GiB"
        + " takes 180 ns;",
      "here it takes \(load), so that they are scaled by \(scale).",
    ]
    if let bytes = report.hugeByteCount {
      let size = bytes == 0 ? "nothing" : FigureText.value(Double(bytes), .bytes)
      lines.append(
        "Pages of 2 MiB were \(report.machine.hasHugePages ? "" : "not ")asked for; of a region of"
          + " 1 GiB \(size) was in them.")
    }
    return lines
  }

  private static func targets(_ results: [TargetResult]) -> [String] {
    results.flatMap { result in
      let measured = result.measured.isEmpty ? "" : "\(result.measured); "
      return [
        "  " + FigureText.pad(result.verdict.rawValue, 14) + result.target.what,
        String(repeating: " ", count: 16) + measured + result.reference,
      ]
    }
  }

  /// Whether the machine was so quiet that the figures can be relied on.
  static func quiet(_ report: Report) -> [String] {
    let (unsettled, all) = (report.unsettled, report.repeated.count)
    let runs = Repetition.agreeing
    let share = Int(Repetition.tolerance * 100)
    guard !unsettled.isEmpty else {
      return [
        "The machine was quiet: each of \(all) repeated figures has \(runs) runs within \(share) %"
          + " of the least."
      ]
    }
    let most = 20
    var lines = [
      "THE MACHINE WAS NOT QUIET: \(unsettled.count) of \(all) repeated figures, in"
        + " \(Set(unsettled.map(\.row)).count) rows, have no \(runs) runs within \(share) % of the"
        + " least:"
    ]
    lines += unsettled.prefix(most).map { "  \($0.row), \($0.subject)" }
    if unsettled.count > most { lines.append("  and \(unsettled.count - most) more") }
    #if DEBUG
      lines.append("This is a debug build: its times say nothing, and it hardly repeats them.")
    #endif
    return lines
  }

  private static func counts(_ results: [TargetResult]) -> String {
    let counts = [TargetResult.Verdict.yes, .no, .notJudged, .notMeasured].map { verdict in
      "\(results.filter { $0.verdict == verdict }.count) \(verdict.rawValue)"
    }
    return "Targets that hold: " + counts.joined(separator: ", ") + "."
  }

  private static func answers(_ report: Report) -> String {
    report.mismatches.isEmpty
      ? "All answers agree."
      : "ANSWERS DO NOT AGREE:\n" + report.mismatches.map { "  \($0)" }.joined(separator: "\n")
  }
}
