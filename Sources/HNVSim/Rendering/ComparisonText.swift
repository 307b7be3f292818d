import HNVCore

extension Comparison {
  /// The comparison as text, without a line break at its end.
  ///
  /// Rows in which all models agree are left out unless `everything` is asked for.
  public func rendered(everything: Bool = false) -> String {
    rendered(everything: everything, paint: .none)
  }

  /// The comparison as text in colour.
  package func rendered(everything: Bool, paint: Paint) -> String {
    let text = ComparisonText(comparison: self, everything: everything, paint: paint)
    return text.lines.joined(separator: "\n")
  }
}

/// The lines of a comparison: its tables, then the differences.
struct ComparisonText {
  let comparison: Comparison
  let everything: Bool
  let paint: Paint

  var lines: [String] {
    var lines = [paint(.name, "\(comparison.lab), under \(names.joined(separator: ", "))")]
    lines += self.lines(of: Self.outcomes) + losses
    for table in Self.tables { lines += self.lines(of: table) }
    return lines + changes + ["", agreement]
  }

  private var names: [String] { comparison.columns.map(\.model) }

  private var agreement: String {
    let differing = Set(comparison.differences.flatMap(\.pairs)).count
    let same = comparison.rows.count - differing
    let count = comparison.rows.count
    return "\(count) \(count == 1 ? "pair" : "pairs"): \(same) the same under all models,"
      + " \(differing) different"
  }

  /// One property of packets, and the text of a cell.
  private struct Table: Sendable {
    let title: String
    let word: @Sendable (Observation) -> (text: String, role: TextRole?)
  }

  private static let outcomes = Table(
    title: "TTL on arrival, or why the packet was dropped"
  ) { cell in
    let arrival = cell.arrival.map { "\($0.timeToLive)" } ?? cell.disposition.rawValue
    guard let loss = cell.loss else { return (arrival, nil) }
    return loss.subject == .packet
      ? (loss.disposition.rawValue, .failure)
      : ("\(arrival), \(loss.subject.rawValue) \(loss.disposition)", .failure)
  }

  private static let tables = [
    Table(title: "MAC addresses on arrival: kept, destination rewritten (dst), or both") { cell in
      switch cell.arrival?.macAddresses {
      case .kept: ("kept", nil)
      case .destinationRewritten: ("dst", nil)
      case .bothRewritten: ("both", nil)
      case nil: ("-", .aside)
      }
    },
    Table(title: "underlay crossings x encapsulation bytes") { cell in
      guard cell.arrival != nil else { return ("-", .aside) }
      let bytes = cell.overhead.map { "\($0)" } ?? "?"
      return (cell.crossings == 0 ? "0" : "\(cell.crossings) x \(bytes)", nil)
    },
    Table(title: "hops, and the machines that forward") { cell in
      guard cell.arrival != nil else { return ("-", .aside) }
      let through = cell.through.isEmpty ? "" : " via \(cell.through.joined(separator: ", "))"
      return ("\(cell.elements.count - 1)\(through)", nil)
    },
  ]

  private func lines(of table: Table) -> [String] {
    var order: [[String]] = []
    var pairs: [[String]: [Comparison.Pair]] = [:]
    var roles: [[String]: [TextRole?]] = [:]
    for row in comparison.rows {
      let words = row.cells.map { $0.map(table.word) ?? (text: "refused", role: .aside) }
      let texts = words.map(\.text)
      let distinct = Set(zip(texts, comparison.columns).filter { !$1.isRefused }.map(\.0))
      guard everything || distinct.count > 1 else { continue }
      if pairs[texts] == nil { order.append(texts) }
      roles[texts] = words.map(\.role)
      pairs[texts, default: []].append(Comparison.Pair(from: row.from, to: row.to))
    }
    guard !order.isEmpty else { return [] }
    let labels = order.map { PairNames.lines(pairs[$0] ?? []) }
    let widths = names.indices.map { column in
      max(names[column].count, order.map { $0[column].count }.max() ?? 0)
    }
    let width = labels.flatMap { $0 }.map(\.count).max() ?? 0
    var lines = ["", paint(.name, table.title)]
    lines.append(
      "  " + String(repeating: " ", count: width) + "  "
        + zip(names, widths).map { Self.padded($0, $1) }.joined(separator: "  ")
        .trimmingTrailingSpaces)
    for (texts, label) in zip(order, labels) {
      let cells = texts.indices.map { column in
        let role = roles[texts]?[column] ?? nil
        let text = Self.padded(texts[column], column == texts.count - 1 ? 0 : widths[column])
        return role.map { paint($0, text) } ?? text
      }
      lines.append(
        "  " + Self.padded(label.first ?? "", width) + "  " + cells.joined(separator: "  "))
      lines += label.dropFirst().map { "  \($0)" }
    }
    return lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// What arrives under the first model and not under another, or the other way round.
  private var losses: [String] {
    let columns = comparison.columns.flatMap { column -> [String] in
      let lost = differences(of: column, [.outcome])
      let problems = (column.isRefused ? column.diagnostics : unmet(column)).flatMap { diagnostic in
        lines(of: diagnostic, isRefusal: column.isRefused)
      }
      return problems.isEmpty && lost.isEmpty ? [] : [heading(column)] + problems + lost
    }
    let title = paint(.name, "differences from \(names.first ?? "")")
    return ["", title]
      + (columns.isEmpty ? ["  none: the same packets arrive under every model"] : columns)
  }

  private func lines(of diagnostic: Diagnostic, isRefusal: Bool) -> [String] {
    isRefusal
      ? [
        "    \(paint(.failure, "refused")): \(diagnostic.explanation)",
        "      fix: \(diagnostic.fix)",
      ]
      : ["    \(diagnostic.explanation)"]
  }

  /// What differs of packets that arrive, and the steps that cause it.
  private var changes: [String] {
    let columns = comparison.columns.flatMap { column -> [String] in
      let own = differences(
        of: column, Comparison.Aspect.allCases.filter { $0 != .outcome })
      return own.isEmpty ? [] : [heading(column)] + own
    }
    return columns.isEmpty
      ? []
      : ["", paint(.name, "differences on arrival, and the steps that cause them")] + columns
  }

  private func heading(_ column: Comparison.Column) -> String {
    "  \(paint(.name, column.model))  \(paint(.aside, column.title))"
  }

  private func differences(
    of column: Comparison.Column, _ aspects: [Comparison.Aspect]
  ) -> [String] {
    comparison.differences.filter { $0.model == column.model && aspects.contains($0.aspect) }
      .flatMap { lines(of: $0) }
  }

  private func unmet(_ column: Comparison.Column) -> [Diagnostic] {
    column.diagnostics.filter { $0.rule == .notInModel }
  }

  private func lines(of difference: Comparison.Difference) -> [String] {
    let pairs = PairNames.lines(difference.pairs)
    var lines = pairs.dropLast().map { "    \($0)" }
    lines.append("    \(pairs.last ?? ""): \(difference.summary)")
    if let step = difference.step {
      lines.append(evidence(step, difference.model))
    } else if difference.aspect == .timeToLive {
      lines.append(paint(.aside, "      \(difference.model): TTL not decremented"))
    }
    if let step = difference.baselineStep { lines.append(evidence(step, difference.baseline)) }
    if let fix = difference.step?.step.fix, difference.aspect == .outcome {
      lines.append("      fix: \(fix)")
    }
    return lines
  }

  private func evidence(_ evidence: Comparison.Evidence, _ model: String) -> String {
    let step = evidence.step
    let setting = step.setting.map { ", setting \($0)" } ?? ""
    let changes = step.changesBeside.map { ", \($0)" }
    return paint(
      .aside,
      "      \(model), \(evidence.element): \(step.action.rawValue) \(step.detail)"
        + changes.joined() + setting)
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
