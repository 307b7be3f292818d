/// A command line that holds: the command, and what was given to it, defaults filled in.
///
/// The names are those of the command's table. To ask for one that the table does not have is a
/// programmer's error and traps, for the answer "not given" would be wrong for ever.
struct ParsedCommand: Sendable {
  /// The command to run.
  let command: Command

  private let values: [String: [Option.Value]]
  private let words: [String: [String]]

  /// Takes what was given, by the names of options and of positionals.
  init(_ command: Command, values: [String: [Option.Value]], words: [String: [String]]) {
    self.command = command
    self.words = words
    var values = values
    for option in command.options where values[option.name] == nil {
      values[option.name] = option.fallback.map { [$0] }
    }
    self.values = values
  }

  /// Whether a flag was given.
  func flag(_ name: String) -> Bool { !given(name).isEmpty }

  /// The text or choice of an option, its default, or `nil`; the first if it may be repeated.
  func text(_ name: String) -> String? { texts(name).first }

  /// All the texts or choices of an option, in the order given.
  func texts(_ name: String) -> [String] {
    given(name).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The number of an option, its default, or `nil`; the first if it may be repeated.
  func number(_ name: String) -> UInt64? { numbers(name).first }

  /// All the numbers of an option, in the order given.
  func numbers(_ name: String) -> [UInt64] {
    given(name).compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  /// An argument by the name of its position; `nil` only where it may be left out.
  func positional(_ name: String) -> String? { positionals(name).first }

  /// All the arguments of a position that may repeat, in the order given.
  func positionals(_ name: String) -> [String] {
    guard command.positionals.contains(where: { $0.name == name }) else {
      fatalError("\(command.name) has no argument \(name)")
    }
    return words[name] ?? []
  }

  private func given(_ name: String) -> [Option.Value] {
    guard command.options.contains(where: { $0.name == name }) else {
      fatalError("\(command.name) has no option --\(name)")
    }
    return values[name] ?? []
  }
}
