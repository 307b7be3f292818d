import HNVCore

/// Reads the section that a lab has for a model, noting everything that is wrong with it.
struct SectionReader: TextReading {
  let intent: Intent
  var diagnostics: [Diagnostic] = []

  init(_ intent: Intent) { self.intent = intent }

  /// The value of a setting; what is no value of it counts as left out.
  mutating func choice<Value: Choice>(_ written: Written?, default value: Value) -> Value {
    guard let written else { return value }
    if let chosen = Value(rawValue: written.text) { return chosen }
    let choices = Value.allCases.map(\.rawValue)
    diagnostics.append(
      Diagnostic(
        .notAChoice, value: written.text,
        "\(written.text) is not a value of \(Value.name), which is"
          + " \(choices.joined(separator: " or "))",
        fix: NearestName.of(written.text, among: choices).map { "did you mean \($0)?" },
        at: written.place))
    return value
  }

  /// The host of a name.
  mutating func host(_ written: Written) -> Int? {
    if case .host(let index) = intent.elements[written.text] { return index }
    return refuse(written, "there is no host \(written.text)", among: intent.hosts.map(\.name))
  }

  /// The network of a name.
  mutating func network(_ written: Written) -> Int? {
    let names = intent.networks.map(\.name)
    return names.firstIndex(of: written.text)
      ?? refuse(written, "there is no network \(written.text)", among: names)
  }

  /// What a section says of subnets by name, in the order of the subnets.
  mutating func bySubnet(_ named: [Lab.Named]) -> [Written?] {
    var values: [Written?] = Array(repeating: nil, count: intent.subnets.count)
    var positions: [String: Int] = [:]
    for (index, subnet) in intent.subnets.enumerated() { positions[subnet.name] = index }
    for pair in named {
      if let index = positions[pair.name.text] {
        values[index] = pair.value
      } else {
        let names = intent.subnets.map(\.name)
        _ = refuse(pair.name, "there is no subnet \(pair.name.text)", among: names)
      }
    }
    return values
  }

  private mutating func refuse(_ written: Written, _ what: String, among names: [String]) -> Int? {
    guard !intent.damaged.contains(written.text) else { return nil }
    diagnostics.append(.unknownName(written, what, among: names))
    return nil
  }
}
