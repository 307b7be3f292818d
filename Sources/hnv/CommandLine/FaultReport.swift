import HNVCore

/// Faults as a person reads them at a terminal: a block for each, errors first, then a count.
///
/// The first line of a block begins with the place in the form that terminals turn into a link.
/// A rule is quoted where it is first broken; after that its identifier is enough.
struct FaultReport {
  /// The faults in any order.
  let faults: [Fault]

  /// How what matters is set off.
  var style = Style.plain

  /// The width to keep to, in characters.
  var width = TextLayout.pageWidth

  /// The report without a line break at its end; empty when there are no faults.
  var text: String {
    var quoted: Set<Rule> = []
    let blocks = inOrder.map { block(for: $0, quotingRule: quoted.insert($0.rule).inserted) }
    return (blocks + [count]).joined(separator: "\n\n")
  }

  /// How many there are, such as `2 errors, 1 finding`.
  var count: String {
    let errors = faults.count { $0.severity == .error }
    let findings = faults.count - errors
    var parts: [String] = []
    if errors > 0 { parts.append(style(.error, errors.counted("error"))) }
    if findings > 0 { parts.append(style(.finding, findings.counted("finding"))) }
    return parts.joined(separator: ", ")
  }
}

extension FaultReport {
  private static let textColumn = 11

  /// Errors before findings, then by place, then as they came; those without a place at the end.
  private var inOrder: [Fault] {
    faults.enumerated().sorted { left, right in
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

  private func block(for fault: Fault, quotingRule: Bool) -> String {
    var rows: [(String, String)] = []
    if fault.subject != .text { rows.append(("in", fault.subject.description)) }
    if !fault.value.isEmpty { rows.append(("value", fault.value)) }
    if quotingRule { rows += quotation(of: fault.rule) }
    rows.append(("mend", fault.mend))
    let lines = rows.map { row($0, $1) }
    return ([headline(of: fault)] + lines).joined(separator: "\n")
  }

  /// The rule with its source behind it, or below it where one line does not hold both.
  private func quotation(of rule: Rule) -> [(String, String)] {
    let source = "(source: \(rule.source))"
    let quotation = "\(rule.sentence) \(source)"
    return quotation.count <= width - Self.textColumn
      ? [("rule", quotation)] : [("rule", rule.sentence), ("", source)]
  }

  private func headline(of fault: Fault) -> String {
    var words: [String] = []
    if let place = fault.place {
      words.append(style(.name, place.description.printable + ":"))
    }
    words.append(style(fault.isError ? .error : .finding, "\(fault.severity):"))
    words += TextLayout.words(of: fault.explanation).map(\.printable)
    let sentence = TextLayout.hanging(words, at: 2, from: 0, width: width)

    let tag = "[\(fault.rule.identifier)]"
    let lastLine = sentence.split(separator: "\n").last.map(String.init) ?? ""
    let fits = Style.visibleWidth(of: lastLine) + 3 + tag.count <= width
    return sentence + (fits ? "   " : "\n  ") + style(.aside, tag)
  }

  private func row(_ label: String, _ text: String) -> String {
    // A value stays on one line, to be found again in the file as it is.
    let words = (label == "value" ? [text] : TextLayout.words(of: text)).map(\.printable)
    let padding = TextLayout.spaces(Self.textColumn - 4 - label.count)
    return "    " + style(.aside, label) + padding
      + TextLayout.hanging(words, at: Self.textColumn, width: width)
  }
}

extension Fault {
  fileprivate var isError: Bool { severity == .error }
}
