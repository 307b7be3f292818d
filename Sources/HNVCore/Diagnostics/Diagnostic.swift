/// One thing that is wrong with what was declared: which rule, in which object, with which value.
///
/// Every refusal of the library is a diagnostic, whether an address does not parse or a policy
/// contradicts itself, so that whoever reports them needs one way to do so.
public struct Diagnostic: Error, Hashable, Sendable {
  /// The rule that is broken: its identifier, sentence and source.
  public let rule: DiagnosticRule

  /// What it means here: the rule's own severity, unless a setting lets the network run.
  public internal(set) var severity: DiagnosticRule.Severity

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

/// The object that a diagnostic is about, named as whoever declared the policy counts it.
///
/// HNVCore does not know files. It says "lookup record 3 of host hv2", and the declarer, who
/// keeps a place for each object, turns that into file, line and column.
public enum Subject: Hashable, Sendable {
  /// A piece of text on its own, such as an address that does not parse.
  case text
  /// The network as a whole.
  case network
  /// A hypervisor.
  case host(String)
  /// One entry of a host's policy; `index` counts from 0.
  case entry(Kind, index: Int, host: String)
  /// Anything else that a declarer has a name for, such as `machine A`.
  case named(String)

  /// The lists that a host's policy consists of.
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

/// A place in what a person handed in: a lab file, a script, the Swift source of a test, a capture.
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
