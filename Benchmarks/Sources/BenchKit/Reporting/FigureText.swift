import Foundation

/// Figures in words.
enum FigureText {
  /// A figure with its spread, and as a ratio to each reference of its row.
  static func line(_ figure: Figure, beside references: [Figure]) -> String {
    let name = pad(figure.row.operation, 40) + pad(figure.subject, 18)
    let text = "  " + name + value(figure.spread.value, figure.unit) + runs(figure)
    guard figure.subject == Figure.own else { return text }
    let ratios = ratios(figure, to: references)
    return ratios.isEmpty ? text : text + "   " + ratios
  }

  /// A figure as a ratio to each of some references.
  static func ratios(_ figure: Figure, to references: [Figure]) -> String {
    references.map { reference in
      "\(number(figure.spread.value / reference.spread.value)) x \(reference.subject)"
    }.joined(separator: ", ")
  }

  /// What the runs say beside the figure: how far they lie apart, and whether they agree.
  private static func runs(_ figure: Figure) -> String {
    let spread = figure.spread
    var words: [String] = []
    if spread.least != spread.most {
      let size = scale(spread.value, figure.unit).size
      words = [("least", spread.least), ("median", spread.median), ("most", spread.most)]
        .filter { $0.1 != spread.value }.map { "\($0.0) \(number($0.1 / size))" }
    }
    if spread.isSettled == false { words.append("not settled") }
    return words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
  }

  /// A value and its unit; times and sizes in the unit that suits them.
  static func value(_ value: Double, _ unit: Figure.Unit) -> String {
    let scale = scale(value, unit)
    return scale.name.isEmpty ? number(value) : "\(number(value / scale.size)) \(scale.name)"
  }

  /// The largest unit that a value has one of at least, or else the smallest.
  private static func scale(
    _ value: Double, _ unit: Figure.Unit
  ) -> (name: String, size: Double) {
    let units: [(name: String, size: Double)] =
      switch unit {
      case .nanoseconds: [("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)]
      case .bytes:
        [("bytes", 1), ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824)]
      case .perSecond: [("a second", 1), ("thousand a second", 1e3), ("M a second", 1e6)]
      case .count: [("", 1)]
      }
    return units.last { abs(value) >= $0.size } ?? units[0]
  }

  /// Three digits that count, or the whole number.
  static func number(_ value: Double) -> String {
    let digits = abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2
    return String(format: "%.\(digits)f", value)
  }

  static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
