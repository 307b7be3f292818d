/// One thing that is wrong with what was declared: which rule, in which object, with which value.
///
/// Every refusal of the library is a fault, whether an address does not parse or a policy
/// contradicts itself, so that whoever reports them needs one way to do so.
public struct Fault: Error, Hashable, Sendable {
  /// The rule that is broken: its identifier, sentence and source.
  public let rule: Rule

  /// What it means here: the rule's own severity, unless a setting lets the network run.
  public private(set) var severity: Rule.Severity

  /// The object that breaks it, named as its declarer would count it.
  public var subject: Subject

  /// The offending value, as it was written.
  public let value: String

  /// What exactly is wrong with this value; a sentence without its full stop.
  public let explanation: String

  /// What would put it right, in the imperative; a sentence without its full stop.
  public let mend: String

  /// Where the value was written; `nil` until whoever declared it fills it in.
  public var place: Place?

  /// Creates a fault; without `mend` it takes the rule's general one.
  public init(
    _ rule: Rule, in subject: Subject = .text, value: String, _ explanation: String,
    mend: String? = nil, at place: Place? = nil
  ) {
    self.rule = rule
    severity = rule.severity
    self.subject = subject
    self.value = value
    self.explanation = explanation
    self.mend = mend ?? rule.mend
    self.place = place
  }

  /// The same fault, blamed on another object or given its place.
  public func blaming(_ subject: Subject, at place: Place? = nil) -> Fault {
    var fault = self
    fault.subject = subject
    fault.place = place ?? fault.place
    return fault
  }

  /// The same fault as the settings judge it: whether a rule whose enforcement no source documents
  /// refuses the network is the setting `policyChecks`.
  public func judged(by settings: Settings) -> Fault {
    var fault = self
    switch settings.policyChecks {
    case .strict: break
    case .lenient: if PolicyChecks.rules.contains(rule) { fault.severity = .finding }
    }
    return fault
  }
}

extension Fault: CustomStringConvertible {
  /// Place, severity, object, what is wrong, the rule and the mend, on one line.
  public var description: String {
    var text = ""
    if let place { text += "\(place): " }
    text += "\(severity): "
    if subject != .text { text += "\(subject): " }
    return text + "\(explanation) [\(rule.identifier)]; \(mend)"
  }
}

/// Everything that is wrong with one declaration, thrown together and never only the first.
public struct Faults: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, in the order of what declares them.
  public let all: [Fault]

  /// Gathers faults.
  public init(_ all: [Fault]) { self.all = all }

  /// Those that refuse the declaration.
  public var errors: [Fault] { all.filter { $0.severity == .error } }

  /// Those that are reported while the network still runs.
  public var findings: [Fault] { all.filter { $0.severity == .finding } }

  /// One line a fault.
  public var description: String {
    var text = ""
    for fault in all { text += (text.isEmpty ? "" : "\n") + fault.description }
    return text
  }
}
