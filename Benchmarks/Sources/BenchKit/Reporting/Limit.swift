/// What a figure may be at most in a run.
struct Limit {
  /// `nil` where the bound does not apply, or cannot be known.
  var value: Double?
  let source: String
  var isUnknown = false

  static func unknown(_ what: String) -> Limit {
    Limit(source: "\(what): not measured, so that it cannot be judged", isUnknown: true)
  }
}

extension Target.Bound {
  func limit(_ figure: Figure, _ report: Report) -> Limit {
    let scale = report.dependentLoad / Target.referenceLoad
    switch self {
    case .value(let value):
      guard figure.unit == .nanoseconds else { return Limit(value: value, source: "as it is") }
      return Limit(
        value: value * scale, source: "\(FigureText.value(value, .nanoseconds)) scaled")
    case .valueWhere(let value, let row, let most):
      guard let other = report.figure(row) else { return .unknown(row.operation) }
      let applies = other.spread.value <= most
      let bound = FigureText.value(value, figure.unit)
      return Limit(
        value: applies ? value * scale : nil,
        source: "\(bound) scaled\(applies ? "," : " does not count:") \(row.operation)"
          + " \(FigureText.number(other.spread.value)), at most \(FigureText.number(most))")
    case .rate(let value):
      return Limit(
        value: value / scale, source: "\(FigureText.value(value, .perSecond)) scaled")
    case .loads(let factor):
      return Limit(
        value: factor * report.dependentLoad,
        source: "\(factor) x the dependent load from 1 GiB")
    case .times(let factor, let subjects):
      let known = subjects.compactMap { report.figure(figure.row, $0) }
      guard known.count == subjects.count,
        let best = known.min(by: { $0.spread.value < $1.spread.value })
      else {
        let missing = subjects.filter { name in !known.contains { $0.subject == name } }
        return .unknown(missing.joined(separator: ", "))
      }
      return Limit(value: factor * best.spread.value, source: "\(factor) x \(best.subject)")
    case .timesRow(let factor, let row):
      guard let other = report.figure(row) else { return .unknown("\(row)") }
      return Limit(
        value: factor * other.spread.value, source: "\(factor) x \(row.setting), \(row.operation)")
    }
  }
}
