import HNVCore

/// Names of which each names one thing.
struct NameSpace<Value> {
  /// What each name means.
  private(set) var values: [String: Value] = [:]
  private var places: [String: Place] = [:]

  /// Takes a name in; throws why it cannot serve.
  mutating func declare(_ written: Written, as value: Value, _ kind: String) throws(Diagnostic) {
    let name = written.text
    if name.isEmpty || (try? IPAddress(parsing: name)) != nil {
      throw Diagnostic(
        .nameForm, value: name,
        name.isEmpty
          ? "the name of a \(kind) is empty" : "\(name) is an address, not a name for a \(kind)",
        at: written.place)
    }
    if let first = places[name] {
      throw Diagnostic(
        .duplicateName, value: name, "the name \(name) of this \(kind) is already used at \(first)",
        at: written.place)
    }
    values[name] = value
    places[name] = written.place
  }

  /// Leaves a name without a meaning, because what it was to name could not be read.
  mutating func forget(_ name: String) { values[name] = nil }
}

extension Diagnostic {
  /// A machine that the lab does not have, with the nearest one that it has, or else with all.
  static func unknownMachine(_ name: String, _ role: String, among names: [String]) -> Diagnostic {
    let nearest = NearestName.of(name, among: names).map { "did you mean \($0)?" }
    let choices = names.count <= 20 ? "name one of \(names.joined(separator: ", "))" : nil
    return Diagnostic(
      .unknownName, in: .named(role), value: name, "no machine named \(name)",
      fix: nearest ?? choices)
  }

  /// A name that is not declared, with the nearest one that is, or else with all.
  static func unknownName(_ written: Written, _ what: String, among names: [String]) -> Diagnostic {
    let nearest = NearestName.of(written.text, among: names).map { "did you mean \($0)?" }
    let choices =
      (1...12).contains(names.count) ? "name one of \(names.joined(separator: ", "))" : nil
    return Diagnostic(
      .unknownName, value: written.text, what, fix: nearest ?? choices, at: written.place)
  }
}
