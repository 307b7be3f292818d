import HNVCore

/// Diagnostics as text for a terminal: a block for each, errors first, then a count.
///
/// The first line of a block begins with the place in the form that terminals turn into a link.
/// A rule is quoted in full only the first time.
struct DiagnosticReport {
  /// The diagnostics in any order.
  let diagnostics: [Diagnostic]

  /// The colours.
  var style = Style.plain

  /// The width of a line, in characters.
  var width = TextLayout.pageWidth

  /// The report without a line break at its end; empty when there are no diagnostics.
  var text: String {
    var quoted: Set<DiagnosticRule> = []
    let blocks = inOrder.map { block(for: $0, quotingRule: quoted.insert($0.rule).inserted) }
    return (blocks + [count]).joined(separator: "\n\n")
  }

  /// The number of diagnostics, such as `2 errors, 1 warning`.
  var count: String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    var parts: [String] = []
    if errors > 0 { parts.append(style(.error, errors.counted("error"))) }
    if warnings > 0 { parts.append(style(.warning, warnings.counted("warning"))) }
    return parts.joined(separator: ", ")
  }
}

extension DiagnosticReport {
  private static let textColumn = 11

  /// Errors before warnings, then by place, then as they came; those without a place at the end.
  private var inOrder: [Diagnostic] {
    diagnostics.enumerated().sorted { left, right in
      let (isFirst, isSecond) = (left.element.isError, right.element.isError)
      if isFirst != isSecond { return isFirst }
      switch (left.element.place, right.element.place) {
      case (let first?, let second?) where first != second: return first < second
      case (.some, nil): return true
      case (nil, .some): return false
      default: return left.offset < right.offset
      }
    }.map(\.element)
  }

  private func block(for diagnostic: Diagnostic, quotingRule: Bool) -> String {
    var rows: [(String, String)] = []
    if diagnostic.subject != .text { rows.append(("in:", diagnostic.subject.description)) }
    if !diagnostic.value.isEmpty { rows.append(("value:", diagnostic.value)) }
    if quotingRule { rows += quotation(of: diagnostic.rule) }
    rows.append(("fix:", diagnostic.fix))
    let lines = rows.map { row($0, $1) }
    return ([loggedEvent(of: diagnostic)] + lines).joined(separator: "\n")
  }

  /// The rule with its source behind it, or below it where one line does not hold both.
  private func quotation(of rule: DiagnosticRule) -> [(String, String)] {
    let source = "(source: \(rule.source))"
    let quotation = "\(rule.sentence) \(source)"
    return quotation.count <= width - Self.textColumn
      ? [("rule:", quotation)] : [("rule:", rule.sentence), ("", source)]
  }

  private func loggedEvent(of diagnostic: Diagnostic) -> String {
    var words: [String] = []
    if let place = diagnostic.place {
      words.append(style(.name, place.description.printable + ":"))
    }
    words.append(style(diagnostic.isError ? .error : .warning, "\(diagnostic.severity):"))
    words += TextLayout.words(of: diagnostic.explanation).map(\.printable)
    let sentence = TextLayout.hanging(words, at: 2, from: 0, width: width)

    let tag = "[\(diagnostic.rule.identifier)]"
    let lastLine = sentence.split(separator: "\n").last.map(String.init) ?? ""
    let fits = Style.visibleWidth(of: lastLine) + 3 + tag.count <= width
    return sentence + (fits ? "   " : "\n  ") + style(.aside, tag)
  }

  private func row(_ label: String, _ text: String) -> String {
    // A value stays on one line, so that it can be searched for in the file.
    let words = (label == "value:" ? [text] : TextLayout.words(of: text)).map(\.printable)
    let padding = TextLayout.spaces(Self.textColumn - 4 - label.count)
    return "    " + style(.aside, label) + padding
      + TextLayout.hanging(words, at: Self.textColumn, width: width)
  }
}

extension Diagnostic {
  fileprivate var isError: Bool { severity == .error }
}
