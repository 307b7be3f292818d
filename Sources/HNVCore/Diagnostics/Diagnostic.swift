/// One thing that is wrong with what was declared: which rule, in which object, with which value.
///
/// Every refusal of the library is a diagnostic, whether an address does not parse or a policy
/// contradicts itself, so that whoever reports them needs one way to do so.
public struct Diagnostic: Error, Hashable, Sendable {
  /// The rule that is broken: its identifier, sentence and source.
  public let rule: DiagnosticRule

  /// What it means here: the rule's own severity, unless a setting lets the network run.
  public private(set) var severity: DiagnosticRule.Severity

  /// The object that breaks it, named as its declarer would count it.
  public var subject: Subject

  /// The offending value, as it was written.
  public let value: String

  /// What exactly is wrong with this value; a sentence without its full stop.
  public let explanation: String

  /// What would put it right, in the imperative; a sentence without its full stop.
  public let fix: String

  /// Where the value was written; `nil` until whoever declared it fills it in.
  public var place: Place?

  /// Creates a diagnostic; without `fix` it takes the rule's general one.
  public init(
    _ rule: DiagnosticRule, in subject: Subject = .text, value: String, _ explanation: String,
    fix: String? = nil, at place: Place? = nil
  ) {
    self.rule = rule
    severity = rule.severity
    self.subject = subject
    self.value = value
    self.explanation = explanation
    self.fix = fix ?? rule.fix
    self.place = place
  }

  /// The same diagnostic, blamed on another object or given its place.
  public func attributed(to subject: Subject, at place: Place? = nil) -> Diagnostic {
    var diagnostic = self
    diagnostic.subject = subject
    diagnostic.place = place ?? diagnostic.place
    return diagnostic
  }

  /// The same diagnostic as the settings judge it: whether a rule whose enforcement no source documents
  /// refuses the network is the setting `policyChecks`.
  public func adjustingSeverity(by settings: Settings) -> Diagnostic {
    var diagnostic = self
    switch settings.policyChecks {
    case .strict: break
    case .lenient: if PolicyChecks.rules.contains(rule) { diagnostic.severity = .warning }
    }
    return diagnostic
  }
}

extension Diagnostic: CustomStringConvertible {
  /// Place, severity, object, what is wrong, the rule and the fix, on one line.
  public var description: String {
    var text = ""
    if let place { text += "\(place): " }
    text += "\(severity): "
    if subject != .text { text += "\(subject): " }
    return text + "\(explanation) [\(rule.identifier)]; \(fix)"
  }
}

/// Everything that is wrong with one declaration, thrown together and never only the first.
public struct Diagnostics: Error, Hashable, Sendable, CustomStringConvertible {
  /// The diagnostics, in the order of what declares them.
  public let all: [Diagnostic]

  /// Gathers diagnostics.
  public init(_ all: [Diagnostic]) { self.all = all }

  /// Those that refuse the declaration.
  public var errors: [Diagnostic] { all.filter { $0.severity == .error } }

  /// Those that are reported while the network still runs.
  public var warnings: [Diagnostic] { all.filter { $0.severity == .warning } }

  /// One line a diagnostic.
  public var description: String {
    var text = ""
    for diagnostic in all { text += (text.isEmpty ? "" : "\n") + diagnostic.description }
    return text
  }
}
