package import HNVCore

/// A diagnostic as JSON: HNVCore, which knows no Codable, leaves it to this module.
package struct DiagnosticDocument: Encodable, Sendable {
  /// `error` or `warning`.
  package let severity: String
  /// The rule's identifier.
  package let rule: String
  /// The rule's sentence.
  package let sentence: String
  /// Where the rule comes from.
  package let source: String
  /// The object that breaks it.
  package let subject: String
  /// The offending value.
  package let value: String
  /// What is wrong with it.
  package let explanation: String
  /// What would put it right.
  package let fix: String
  /// The file; `nil` where no place is known.
  package let file: String?
  /// The line, from 1; `nil` in a file that is no text.
  package let line: UInt32?
  /// The column, from 1.
  package let column: UInt32?

  /// Takes a diagnostic apart.
  package init(_ diagnostic: Diagnostic) {
    severity = diagnostic.severity.rawValue
    rule = diagnostic.rule.identifier
    sentence = diagnostic.rule.sentence
    source = diagnostic.rule.source
    subject = diagnostic.subject.description
    value = diagnostic.value
    explanation = diagnostic.explanation
    fix = diagnostic.fix
    file = diagnostic.place?.file
    line = diagnostic.place.flatMap { $0.line == 0 ? nil : $0.line }
    column = diagnostic.place.flatMap { $0.column == 0 ? nil : $0.column }
  }
}
