/// One error or warning about a declaration: the rule, the object and the value.
///
/// Everything that the library refuses is a diagnostic, from an address that does not parse to
/// contradictory policy, so that all of it can be reported in one way.
public struct Diagnostic: Error, Hashable, Sendable {
  /// The broken rule: its identifier, sentence and source.
  public let rule: DiagnosticRule

  /// The rule's severity, or a lower one by the setting `policyChecks`.
  public internal(set) var severity: DiagnosticRule.Severity

  /// The object that breaks the rule.
  public var subject: Subject

  /// The offending value, as it was written.
  public let value: String

  /// What is wrong with this value; a sentence without its full stop.
  public let explanation: String

  /// How to correct it, in the imperative; a sentence without its full stop.
  public let fix: String

  /// The source location of the value; `nil` where the caller has not filled it in.
  public var place: Place?

  /// Creates a diagnostic; without `fix` it uses the rule's general one.
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

  /// The same diagnostic about another object, with its source location.
  public func attributed(to subject: Subject, at place: Place? = nil) -> Diagnostic {
    var diagnostic = self
    diagnostic.subject = subject
    diagnostic.place = place ?? diagnostic.place
    return diagnostic
  }
}

extension Diagnostic: CustomStringConvertible {
  /// Source location, severity, object, explanation, rule and fix, on one line.
  public var description: String {
    var text = ""
    if let place { text += "\(place): " }
    text += "\(severity): "
    if subject != .text { text += "\(subject): " }
    return text + "\(explanation) [\(rule.identifier)]; \(fix)"
  }
}

/// All diagnostics of one declaration, thrown together.
public struct Diagnostics: Error, Hashable, Sendable, CustomStringConvertible {
  /// The diagnostics, in declared order.
  public let all: [Diagnostic]

  /// Gathers diagnostics.
  public init(_ all: [Diagnostic]) { self.all = all }

  /// Those for which the declaration is refused.
  public var errors: [Diagnostic] { all.filter { $0.severity == .error } }

  /// Those that are reported while the network runs all the same.
  public var warnings: [Diagnostic] { all.filter { $0.severity == .warning } }

  /// One line for each diagnostic.
  public var description: String {
    var text = ""
    for diagnostic in all { text += (text.isEmpty ? "" : "\n") + diagnostic.description }
    return text
  }
}

/// The object that a diagnostic is about.
///
/// HNVCore does not know files. It says "lookup record 3 of host hv2", and the caller, who keeps a
/// source location for each object, turns that into file, line and column.
public enum Subject: Hashable, Sendable {
  /// A piece of text on its own, such as an address that does not parse.
  case text
  /// The network as a whole.
  case network
  /// A hypervisor.
  case host(String)
  /// One entry of a host's policy; `index` counts from 0.
  case entry(Kind, index: Int, host: String)
  /// Anything else that the caller has a name for, such as `machine A`.
  case named(String)

  /// The lists of a host's policy.
  public enum Kind: String, Hashable, Sendable, CustomStringConvertible {
    /// A NetVirtualizationLookupRecord.
    case lookupRecord = "lookup record"
    /// A NetVirtualizationCustomerRoute.
    case customerRoute = "customer route"
    /// A NetVirtualizationProviderAddress.
    case providerAddress = "provider address"
    /// A NetVirtualizationProviderRoute.
    case providerRoute = "provider route"
    /// A VM port.
    case port = "VM port"

    /// The words that reports use.
    public var description: String { rawValue }
  }
}

extension Subject: CustomStringConvertible {
  /// The object in words; entries are counted from 1.
  public var description: String {
    switch self {
    case .text: "text"
    case .network: "the network"
    case .host(let name): "host \(name)"
    case .entry(let kind, let index, let host): "\(kind) \(index + 1) of host \(host)"
    case .named(let name): name
    }
  }
}

/// A source location: in a lab file, a script, the Swift source of a test, or a capture.
public struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file's name as the person gave it.
  public let file: String

  /// The line, from 1; 0 where only the file is known, as of one that is no text.
  public let line: UInt32

  /// The column in characters, from 1; 0 where only the line is known.
  public let column: UInt32

  /// Creates a place; leave the column out where only the line is known.
  public init(file: String, line: UInt32, column: UInt32 = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The file as a whole.
  public init(file: String) { self.init(file: file, line: 0) }

  /// `file:line:column`, the form that editors and terminals turn into a link.
  public var description: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }

  /// Orders by file, then line, then column.
  public static func < (left: Place, right: Place) -> Bool {
    if left.file != right.file { return left.file < right.file }
    return (left.line, left.column) < (right.line, right.column)
  }
}
