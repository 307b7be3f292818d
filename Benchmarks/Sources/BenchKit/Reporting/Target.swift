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
    /// So many times the least of these references, in the same row.
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
    let limits = target.bounds.map { bound in bound.limit(figure, report) }
    let known = limits.compactMap { $0 }
    let isRate = figure.unit == .perSecond
    let holds = known.contains {
      isRate ? figure.spread.median >= $0.value : figure.spread.median <= $0.value
    }
    let verdict: Verdict = holds ? .yes : known.count < limits.count ? .notMeasured : .no
    let text = known.map {
      "\(isRate ? "at least" : "at most") \(FigureText.value($0.value, figure.unit)), \($0.source)"
    }
    let missing = known.count < limits.count ? ["a reference was not measured"] : []
    self.init(
      target, verdict, FigureText.value(figure.spread.median, figure.unit),
      (text + missing).joined(separator: "; or "))
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

extension Target.Bound {
  /// The bound for a figure; `nil` when what it stands on was not measured.
  fileprivate func limit(_ figure: Figure, _ report: Report) -> (value: Double, source: String)? {
    let scale = report.dependentLoad / Target.referenceLoad
    switch self {
    case .value(let value):
      guard figure.unit == .nanoseconds else { return (value, "as it is") }
      return (value * scale, "\(FigureText.value(value, .nanoseconds)) scaled")
    case .rate(let value):
      return (value / scale, "\(FigureText.value(value, .perSecond)) scaled")
    case .loads(let factor):
      return (factor * report.dependentLoad, "\(factor) x the dependent load from 1 GiB")
    case .times(let factor, let subjects):
      let all = subjects.compactMap { report.figure(figure.row, $0) }
      guard let best = all.min(by: { $0.spread.median < $1.spread.median }) else { return nil }
      return (factor * best.spread.median, "\(factor) x \(best.subject)")
    case .timesRow(let factor, let row):
      guard let other = report.figure(row) else { return nil }
      return (factor * other.spread.median, "\(factor) x \(row.setting), \(row.operation)")
    }
  }
}
