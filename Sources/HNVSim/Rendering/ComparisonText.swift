import HNVCore

extension Comparison {
  /// The comparison as text, without a line break at its end; `paint` may add colour.
  ///
  /// Rows in which all models agree are left out unless `everything` is asked for.
  public func rendered(
    everything: Bool = false, paint: @escaping (TextRole, String) -> String = { $1 }
  ) -> String {
    let text = ComparisonText(comparison: self, everything: everything, paint: paint)
    return text.lines.joined(separator: "\n")
  }
}

/// Puts a comparison into tables and sentences.
struct ComparisonText {
  let comparison: Comparison
  let everything: Bool
  let paint: (TextRole, String) -> String

  var lines: [String] {
    var lines = [paint(.name, "\(comparison.lab), under \(names.joined(separator: ", "))")]
    for table in Self.tables { lines += self.lines(of: table) }
    for column in comparison.columns.indices { lines += reasons(of: column) }
    return lines
  }

  private var names: [String] { comparison.columns.map(\.model) }

  /// A thing to compare, with a word for each cell.
  private struct Table: Sendable {
    let title: String
    let word: @Sendable (Observation) -> (text: String, role: TextRole?)
  }

  private static let tables = [
    Table(title: "time to live on arrival, or how the packet or its answer was lost") { cell in
      if let failure = cell.failure { return (failure.rawValue, .failure) }
      return (cell.arrival.map { "\($0.timeToLive)" } ?? cell.disposition.rawValue, nil)
    },
    Table(title: "MAC addresses on arrival: kept, destination alone rewritten, or both") { cell in
      switch cell.arrival?.macAddresses {
      case .kept: ("kept", nil)
      case .destinationRewritten: ("dst", nil)
      case .bothRewritten: ("both", nil)
      case nil: ("-", .aside)
      }
    },
    Table(title: "tunnels: how often from host to host, and the bytes around the packet") { cell in
      guard cell.arrival != nil else { return ("-", .aside) }
      return (cell.crossings == 0 ? "0" : "\(cell.crossings) x \(cell.overhead)", nil)
    },
    Table(title: "forwarding machines on the way") { cell in
      guard cell.arrival != nil else { return ("-", .aside) }
      return (cell.through.isEmpty ? "none" : cell.through.joined(separator: ","), nil)
    },
  ]

  private func lines(of table: Table) -> [String] {
    var order: [[String]] = []
    var pairs: [[String]: [Comparison.Pair]] = [:]
    var roles: [[String]: [TextRole?]] = [:]
    for row in comparison.rows {
      let words = row.cells.map { $0.map(table.word) ?? (text: "refused", role: .aside) }
      let texts = words.map(\.text)
      let told = Set(zip(texts, comparison.columns).filter { !$1.isRefused }.map(\.0))
      guard everything || told.count > 1 else { continue }
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

  /// What is otherwise under a model, and what of the lab it cannot have.
  private func reasons(of column: Int) -> [String] {
    let own = comparison.columns[column]
    let differences = comparison.differences.filter { $0.model == own.model }
    guard own.isRefused || !differences.isEmpty || !unmet(own).isEmpty else { return [] }
    var lines = ["", "\(paint(.name, own.model))  \(paint(.aside, own.title))"]
    if own.isRefused { lines.append("  \(paint(.failure, "refuses the lab"))") }
    for fault in own.isRefused ? own.faults : unmet(own) {
      lines.append("  \(fault.explanation)")
      if own.isRefused { lines.append("    mend  \(fault.mend)") }
    }
    for difference in differences { lines += self.lines(of: difference) }
    return lines
  }

  private func unmet(_ column: Comparison.Column) -> [Fault] {
    column.faults.filter { $0.rule == .notInModel }
  }

  private func lines(of difference: Comparison.Difference) -> [String] {
    var lines = PairNames.lines(difference.pairs).map { "  \($0)" }
    lines.append("    \(difference.summary)")
    if let step = difference.step { lines.append(evidence(step, difference.model)) }
    if let step = difference.baselineStep { lines.append(evidence(step, difference.baseline)) }
    if let mend = difference.step?.step.mend, difference.aspect == .outcome {
      lines.append("      mend  \(mend)")
    }
    return lines
  }

  private func evidence(_ evidence: Comparison.Evidence, _ model: String) -> String {
    let setting = evidence.step.setting.map { ", by \($0)" } ?? ""
    return paint(
      .aside,
      "      \(model), \(evidence.element): \(evidence.step.action.rawValue)"
        + " \(evidence.step.detail)\(setting)")
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
