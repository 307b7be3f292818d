/// A rule for declarations, with the evidence for it.
///
/// Each module lists its rules once, as `DiagnosticRule.core` does; a diagnostic points to one of
/// them. Identifiers never change, so that scripts and expectations can rely on them.
public struct DiagnosticRule: Sendable {
  /// What a broken rule means for the declaration.
  public enum Severity: String, Hashable, Sendable, CustomStringConvertible {
    /// Unreadable, out of range or contradictory: the declaration is refused.
    case error
    /// Something that will hurt: reported, and the network runs all the same.
    case warning

    /// The word that reports use.
    public var description: String { rawValue }
  }

  /// A stable name of lower-case words joined by hyphens.
  public let identifier: String

  /// Whether a declaration that breaks the rule is refused; a setting may lower it.
  public let severity: Severity

  /// The rule as one sentence.
  public let sentence: String

  /// The source of the rule: an RFC, a cmdlet's page, an article, or this library.
  public let source: String

  /// How to correct it in general, in the imperative; a diagnostic may be more specific.
  public let fix: String

  /// States a rule.
  public init(
    _ identifier: String, _ severity: Severity, _ sentence: String, source: String, fix: String
  ) {
    self.identifier = identifier
    self.severity = severity
    self.sentence = sentence
    self.source = source
    self.fix = fix
  }
}

extension DiagnosticRule: Hashable {
  /// Two rules are the same when their identifiers are.
  public static func == (left: DiagnosticRule, right: DiagnosticRule) -> Bool {
    left.identifier == right.identifier
  }

  /// Hashes the identifier.
  public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}
