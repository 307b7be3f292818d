public import HNVCore

/// A diagnostic as JSON: HNVCore, which knows no Codable, leaves it to this module.
public struct DiagnosticDocument: Encodable, Sendable {
  /// `error` or `warning`.
  public let severity: String
  /// The rule's identifier.
  public let rule: String
  /// The rule's sentence.
  public let sentence: String
  /// Where the rule comes from.
  public let source: String
  /// The object that breaks it.
  public let subject: String
  /// The offending value.
  public let value: String
  /// What is wrong with it.
  public let explanation: String
  /// What would put it right.
  public let fix: String
  /// The file; `nil` where no place is known.
  public let file: String?
  /// The line, from 1; `nil` in a file that is no text.
  public let line: UInt32?
  /// The column, from 1.
  public let column: UInt32?

  /// Takes a diagnostic apart.
  public init(_ diagnostic: Diagnostic) {
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
