/// Whether a table is better than the library's in all of speed, memory and change at once.
struct Comparison {
  /// Dictionaries, one for each length of prefix.
  static let byLength = "Dictionary by length"

  let setting: String
  let own: Contender
  let others: [Contender]
  private let scale: Double

  /// Takes the figures of a setting of so many Internet-like routes; `load` is the dependent load
  /// from 1 GiB, by which what was measured elsewhere is scaled.
  init(_ report: Report, _ setting: String, routeCount: Int, load: Double) {
    self.setting = setting
    scale = load / Target.referenceLoad
    own = Self.measured(Figure.own, report, setting)
    var others = ["rte_lpm", "rte_fib", Self.byLength].map {
      Self.measured($0, report, setting)
    }
    if routeCount == MeasuredElsewhere.routeCount {
      if others[0].lookup != nil {
        others[0].insert = MeasuredElsewhere.lpm.insert * scale
        others[0].delete = MeasuredElsewhere.lpm.delete * scale
        others[0].areChangesElsewhere = true
      }
      for table in MeasuredElsewhere.tables {
        var table = table.scaled(by: scale)
        table.isElsewhere = true
        table.areChangesElsewhere = true
        others.append(table)
      }
    }
    self.others = others
  }

  private static func measured(
    _ subject: String, _ report: Report, _ setting: String
  ) -> Contender {
    func value(_ operation: String) -> Double? {
      report.figure(Figure.Row("prefixes", setting, operation), subject)?.spread.value
    }
    return Contender(
      subject, lookup: value("hit, independent"), bytes: value("bytes a route"),
      insert: value("insert"), delete: value("delete"))
  }

  var text: String {
    let columns = ["lookup", "bytes a route", "insert", "delete"]
    let lines = [
      "\nNO PEER IS BETTER IN ALL? \(setting): hit, independent; memory; changes",
      "  " + FigureText.pad("", 22) + columns.map { FigureText.pad($0, 16) }.joined(),
    ]
    return (lines + ([own] + others).map(line) + verdict + notes).joined(separator: "\n")
  }

  private func line(_ table: Contender) -> String {
    let cells = [
      cell(table.lookup, .nanoseconds, table.isElsewhere),
      cell(table.bytes, .bytes, table.isElsewhere),
      cell(table.insert, .nanoseconds, table.areChangesElsewhere),
      cell(table.delete, .nanoseconds, table.areChangesElsewhere),
    ]
    return "  " + FigureText.pad(table.name, 22) + cells.joined()
  }

  private func cell(_ value: Double?, _ unit: Figure.Unit, _ isElsewhere: Bool) -> String {
    let text = value.map { FigureText.value($0, unit) + (isElsewhere ? " *" : "") }
    return FigureText.pad(text ?? "not measured", 16)
  }

  /// Computed from the figures, never said without them.
  private var verdict: [String] {
    let verdicts = others.map { ($0.name, $0.isBetterInAll(than: own)) }
    let better = verdicts.filter { $0.1 == true }.map(\.0)
    let unknown = verdicts.filter { $0.1 == nil }.map(\.0)
    let judged = verdicts.filter { $0.1 == false }.map(\.0)
    var lines: [String] = []
    if !better.isEmpty {
      lines.append("  Better than hnv in all three: \(better.joined(separator: ", ")).")
    }
    if !judged.isEmpty {
      lines.append("  Not better than hnv in all three: \(judged.joined(separator: ", ")).")
    }
    if !unknown.isEmpty {
      lines.append("  Not judged, for figures are missing: \(unknown.joined(separator: ", ")).")
    }
    return lines
  }

  private var notes: [String] {
    var notes = ["  A change is an insertion and a deletion together."]
    if others.contains(where: { $0.isElsewhere || $0.areChangesElsewhere }) {
      notes.append(
        "  * measured elsewhere; times are scaled by \(FigureText.number(scale)), as those of"
          + " targets, bytes are not.")
    }
    return notes
  }
}
