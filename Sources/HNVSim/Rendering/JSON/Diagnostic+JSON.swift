public import HNVCore

extension Diagnostic: JSONObjectValue {
  /// The members of a diagnostic; what it does not have is left out.
  public static let jsonForm = JSONForm<Diagnostic>(
    "diagnostic", about: "An error or a warning about a declaration.",
    [
      .member("severity", "Whether the declaration is refused.") { $0.severity },
      .member("rule", "The identifier of the rule that is broken.") { $0.rule.identifier },
      .member("sentence", "The rule in a sentence.") { $0.rule.sentence },
      .member("source", "Where the rule comes from.") { $0.rule.source },
      .member("subject", "The object that breaks it.") { $0.subject.description },
      .member("value", "The offending value.") { $0.value },
      .member("explanation", "What is wrong with it.") { $0.explanation },
      .member("fix", "How to correct it.") { $0.fix },
      .optional("file", "The file, where a source location is known.") { $0.place?.file },
      .optional("line", "The line, from 1; none in a file that is not text.") {
        $0.place.flatMap { $0.line == 0 ? nil : $0.line }
      },
      .optional("column", "The column, from 1.") {
        $0.place.flatMap { $0.column == 0 ? nil : $0.column }
      },
    ])
}

extension DiagnosticRule.Severity: JSONWord {
  static var words: [String] { [Self.error, .warning].map(\.rawValue) }
}

/// Everything that is wrong with a lab, as `hnv check` writes it.
package struct CheckReport: JSONWritable {
  let diagnostics: [Diagnostic]

  /// Reports diagnostics in the order given.
  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  package static let jsonForm = JSONForm<CheckReport>(
    "check", about: "Everything that is wrong with a lab; also written where it is refused.",
    [.member("diagnostics", "The errors and warnings.") { $0.diagnostics }])
}
