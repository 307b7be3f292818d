/// One thing that the library sets out to reach, and the row by which it is judged.
struct Target {
  let what: String
  let row: Figure.Row
  /// Any of these is enough.
  let bounds: [Bound]

  init(_ what: String, _ row: Figure.Row, _ bounds: Bound...) {
    self.what = what
    self.row = row
    self.bounds = bounds
  }

  /// What the figure may be at most.
  enum Bound {
    /// So much in itself; a time is scaled by the dependent load from 1 GiB, bytes are not.
    case value(Double)
    /// So much in itself, where the figure of another row is at most a value: quick and small.
    case valueWhere(Double, Figure.Row, atMost: Double)
    /// So many times the least of these references, in the same row; without one of them it cannot
    /// be judged.
    case times(Double, of: [String])
    /// So many times the library's own figure in another row.
    case timesRow(Double, Figure.Row)
    /// So many times the dependent load from 1 GiB.
    case loads(Double)
    /// So much a second at least: for rates.
    case rate(Double)
  }

  /// The dependent load from 1 GiB on the machine that absolute targets were set on.
  static let referenceLoad = 180.0
}

/// What a run says of a target.
struct TargetResult {
  enum Verdict: String {
    case yes, no
    /// It was measured, but not what it stands against.
    case notJudged = "not judged"
    case notMeasured = "not measured"
  }

  let target: Target
  let verdict: Verdict
  let measured: String
  /// What it was to be at most, and where that came from.
  let reference: String

  init(_ target: Target, by report: Report) {
    guard let figure = report.figure(target.row) else {
      let reason = report.omissions.first { target.row.isOf($0) }?.reason
      self.init(target, .notMeasured, "", reason ?? "not in this run (--suite, --largest)")
      return
    }
    let limits = target.bounds.map { $0.limit(figure, report) }
    let isRate = figure.unit == .perSecond
    let value = figure.spread.value
    let holds = limits.contains { limit in
      limit.value.map { isRate ? value >= $0 : value <= $0 } ?? false
    }
    let verdict: Verdict = holds ? .yes : limits.contains(where: \.isUnknown) ? .notJudged : .no
    let text = limits.map { limit in
      guard let value = limit.value else { return limit.source }
      let bound = FigureText.value(value, figure.unit)
      return "\(isRate ? "at least" : "at most") \(bound), \(limit.source)"
    }
    let unsettled = figure.spread.isSettled == false ? " (not settled)" : ""
    self.init(
      target, verdict, FigureText.value(value, figure.unit) + unsettled,
      text.joined(separator: "; or "))
  }

  private init(_ target: Target, _ verdict: Verdict, _ measured: String, _ reference: String) {
    self.target = target
    self.verdict = verdict
    self.measured = measured
    self.reference = reference
  }
}

extension Figure.Row {
  /// Whether what was left out has this row.
  fileprivate func isOf(_ omission: Report.Omission) -> Bool {
    omission.suite == suite
      && (omission.setting == setting || omission.setting == "\(setting), \(operation)")
  }
}
