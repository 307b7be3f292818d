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
    lines += self.lines(of: Self.outcomes) + losses
    for table in Self.tables { lines += self.lines(of: table) }
    return lines + changes + ["", agreement]
  }

  private var names: [String] { comparison.columns.map(\.model) }

  /// How many pairs come out alike.
  private var agreement: String {
    let differing = Set(comparison.differences.flatMap(\.pairs)).count
    let same = comparison.rows.count - differing
    return "\(comparison.rows.count) pairs: \(same) alike under all, \(differing) not"
  }

  /// A thing to compare, with a word for each cell.
  private struct Table: Sendable {
    let title: String
    let word: @Sendable (Observation) -> (text: String, role: TextRole?)
  }

  private static let outcomes = Table(
    title: "TTL on arrival, or how the packet or its answer was lost"
  ) { cell in
    let arrival = cell.arrival.map { "\($0.timeToLive)" } ?? cell.disposition.rawValue
    guard let failure = cell.failure else { return (arrival, nil) }
    return cell.disposition.isSuccess
      ? ("\(arrival), answer \(failure)", .failure) : (failure.rawValue, .failure)
  }

  private static let tables = [
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
      let bytes = cell.overhead.map { "\($0)" } ?? "?"
      return (cell.crossings == 0 ? "0" : "\(cell.crossings) x \(bytes)", nil)
    },
    Table(title: "hops from element to element, and the machines on the way that forward") { cell in
      guard cell.arrival != nil else { return ("-", .aside) }
      let through = cell.through.isEmpty ? "" : " by \(cell.through.joined(separator: ", "))"
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

  /// What does not work under a model as it does under the first: the question that whoever moves a
  /// network asks first.
  private var losses: [String] {
    let columns = comparison.columns.flatMap { column -> [String] in
      let lost = differences(of: column, [.outcome])
      let told = (column.isRefused ? column.diagnostics : unmet(column)).flatMap { diagnostic in
        lines(of: diagnostic, isRefusal: column.isRefused)
      }
      return told.isEmpty && lost.isEmpty ? [] : [heading(column)] + told + lost
    }
    let title = paint(.name, "what goes otherwise than under \(names.first ?? ""), and why")
    return ["", title]
      + (columns.isEmpty ? ["  nothing: what arrives, arrives everywhere"] : columns)
  }

  private func lines(of diagnostic: Diagnostic, isRefusal: Bool) -> [String] {
    isRefusal
      ? [
        "    \(paint(.failure, "refused")): \(diagnostic.explanation)",
        "      fix  \(diagnostic.fix)",
      ]
      : ["    \(diagnostic.explanation)"]
  }

  /// What arrives differently under a model, and the steps that show it.
  private var changes: [String] {
    let columns = comparison.columns.flatMap { column -> [String] in
      let own = differences(
        of: column, Comparison.Aspect.allCases.filter { $0 != .outcome })
      return own.isEmpty ? [] : [heading(column)] + own
    }
    return columns.isEmpty
      ? []
      : ["", paint(.name, "what arrives in another way, and the step that shows it")] + columns
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
      lines.append(paint(.aside, "      \(difference.model): nothing on the way changes it"))
    }
    if let step = difference.baselineStep { lines.append(evidence(step, difference.baseline)) }
    if let fix = difference.step?.step.fix, difference.aspect == .outcome {
      lines.append("      fix  \(fix)")
    }
    return lines
  }

  private func evidence(_ evidence: Comparison.Evidence, _ model: String) -> String {
    let step = evidence.step
    let setting = step.setting.map { ", by \($0)" } ?? ""
    // Steps that change headers mostly say so.
    let changes = step.changes.filter { !step.detail.contains($0.field) }.map {
      ", \($0.field) \($0.before) becomes \($0.after)"
    }
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
