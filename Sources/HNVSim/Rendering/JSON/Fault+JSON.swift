public import HNVCore

/// A fault as JSON: HNVCore, which knows no Codable, leaves it to this module.
public struct FaultDocument: Encodable, Sendable {
  /// `error` or `finding`.
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
  public let mend: String
  /// The file; `nil` where no place is known.
  public let file: String?
  /// The line, from 1; `nil` in a file that is no text.
  public let line: UInt32?
  /// The column, from 1.
  public let column: UInt32?

  /// Takes a fault apart.
  public init(_ fault: Fault) {
    severity = fault.severity.rawValue
    rule = fault.rule.identifier
    sentence = fault.rule.sentence
    source = fault.rule.source
    subject = fault.subject.description
    value = fault.value
    explanation = fault.explanation
    mend = fault.mend
    file = fault.place?.file
    line = fault.place.flatMap { $0.line == 0 ? nil : $0.line }
    column = fault.place.flatMap { $0.column == 0 ? nil : $0.column }
  }
}
