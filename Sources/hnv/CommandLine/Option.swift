/// One option of a command: its name, what may follow it, and the line that explains it.
struct Option: Sendable {
  /// What may follow an option.
  enum Kind: Hashable, Sendable {
    /// Nothing: the option is there, or it is not.
    case flag
    /// Any text but the empty one.
    case text
    /// A whole number in decimal digits, within a range.
    case number(ClosedRange<UInt64>)
    /// One of a few words.
    case choice([String])
  }

  /// What was given with an option.
  enum Value: Hashable, Sendable {
    /// A flag that is there.
    case present
    /// A text or a choice.
    case text(String)
    /// A number within its range.
    case number(UInt64)
  }

  /// The name without its dashes, such as `from`.
  let name: String

  /// What may follow.
  let kind: Kind

  /// The name of what follows, in capitals; empty for a flag.
  let placeholder: String

  /// Whether the command refuses to run without it.
  let isRequired: Bool

  /// Whether it may be given more than once.
  let isRepeatable: Bool

  /// What holds when the option is not given.
  let fallback: Value?

  /// One line that explains it, without a full stop.
  let help: String

  /// The option as it is typed, without its value: `--from`.
  var spelling: String { "--\(name)" }

  /// The option as it is typed, with its value: `--from MACHINE`.
  var usage: String { kind == .flag ? spelling : "\(spelling) \(placeholder)" }
}

extension Option {
  /// An option without a value.
  static func flag(_ name: String, _ help: String) -> Option {
    Option(
      name: name, kind: .flag, placeholder: "", isRequired: false, isRepeatable: false,
      fallback: nil, help: help)
  }

  /// An option followed by free text.
  static func text(
    _ name: String, _ placeholder: String, required: Bool = false, repeatable: Bool = false,
    default fallback: String? = nil, _ help: String
  ) -> Option {
    Option(
      name: name, kind: .text, placeholder: placeholder, isRequired: required,
      isRepeatable: repeatable, fallback: fallback.map(Value.text), help: help)
  }

  /// An option followed by a whole number; a default outside the range is a programmer's error.
  static func number(
    _ name: String, _ placeholder: String, in range: ClosedRange<UInt64>, required: Bool = false,
    repeatable: Bool = false, default fallback: UInt64? = nil, _ help: String
  ) -> Option {
    precondition(fallback.map(range.contains) ?? true, "the default of --\(name) is out of range")
    return Option(
      name: name, kind: .number(range), placeholder: placeholder, isRequired: required,
      isRepeatable: repeatable, fallback: fallback.map(Value.number), help: help)
  }

  /// An option followed by one of a few words; a default not among them is a programmer's error.
  static func choice(
    _ name: String, _ placeholder: String, of choices: [String], required: Bool = false,
    repeatable: Bool = false, default fallback: String? = nil, _ help: String
  ) -> Option {
    precondition(fallback.map(choices.contains) ?? true, "the default of --\(name) is no choice")
    return Option(
      name: name, kind: .choice(choices), placeholder: placeholder, isRequired: required,
      isRepeatable: repeatable, fallback: fallback.map(Value.text), help: help)
  }
}
