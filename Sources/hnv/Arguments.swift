import HNVSim

/// The arguments of a command: what it takes, and what it was given.
///
/// A command states both in one function, which runs twice: at first with nothing given, from which
/// help and the reader learn what it takes, then with what was read. The only way to a value is the
/// call that declares its option, so no command can ask for an option that it does not have.
struct Arguments {
  /// The arguments that are known by their positions, in their order; required ones first.
  private(set) var positionals: [Positional] = []

  /// The options in the order in which help lists them; `--help` is understood everywhere.
  private(set) var options: [Option] = []

  private let given: [String: [String]]

  /// Takes valid values by the names of positionals and the spellings of options; a flag that was
  /// given has an empty one.
  init(given: [String: [String]] = [:]) { self.given = given }
}

extension Arguments {
  /// An argument that has to be given.
  mutating func positional(_ name: String, _ help: String) -> String {
    positionals.append(Positional(name: name, help: help, isRequired: true))
    return given[name]?.first ?? ""
  }

  /// An argument that may be left out.
  mutating func optionalPositional(_ name: String, _ help: String) -> String? {
    positionals.append(Positional(name: name, help: help, isRequired: false))
    return given[name]?.first
  }

  /// Whether an option without a value is given.
  mutating func flag(_ name: String, _ help: String) -> Bool {
    !take(Option(name: name, help: help)).isEmpty
  }

  /// A text; `nil` where the option is not given.
  mutating func text(_ name: String, _ placeholder: String, _ help: String) -> String? {
    take(Option(name: name, value: .text, placeholder: placeholder, help: help)).first
  }

  /// A text that has to be given.
  mutating func requiredText(_ name: String, _ placeholder: String, _ help: String) -> String {
    take(Option(name: name, value: .text, placeholder: placeholder, isRequired: true, help: help))
      .first ?? ""
  }

  /// The texts of an option that may be repeated, in the order given.
  mutating func texts(_ name: String, _ placeholder: String, _ help: String) -> [String] {
    take(Option(name: name, value: .text, placeholder: placeholder, isRepeatable: true, help: help))
  }

  /// A whole number; `nil` where the option is not given, which `fallback` explains.
  mutating func number<Number: FixedWidthInteger>(
    _ name: String, _ placeholder: String, in range: ClosedRange<Number>,
    or fallback: String? = nil,
    _ help: String
  ) -> Number? {
    number(
      Option(
        name: name, value: .number(in: range), placeholder: placeholder, fallback: fallback,
        help: help))
  }

  /// A whole number, with a default.
  mutating func number<Number: FixedWidthInteger>(
    _ name: String, _ placeholder: String, in range: ClosedRange<Number>, default fallback: Number,
    _ help: String
  ) -> Number {
    number(
      Option(
        name: name, value: .number(in: range), placeholder: placeholder, fallback: "\(fallback)",
        help: help)) ?? fallback
  }

  /// A whole number that has to be given.
  mutating func requiredNumber<Number: FixedWidthInteger>(
    _ name: String, _ placeholder: String, in range: ClosedRange<Number>, _ help: String
  ) -> Number {
    number(
      Option(
        name: name, value: .number(in: range), placeholder: placeholder, isRequired: true,
        help: help)) ?? range.lowerBound
  }

  /// One of a few words; `nil` where the option is not given, which `fallback` explains.
  mutating func choice(
    _ name: String, _ placeholder: String, of choices: [String], or fallback: String? = nil,
    _ help: String
  ) -> String? {
    take(
      Option(
        name: name, value: .choice(choices), placeholder: placeholder, fallback: fallback,
        help: help)
    ).first
  }

  /// One of a few cases by its word, with a default.
  mutating func choice<Choice: RawRepresentable<String>>(
    _ name: String, _ placeholder: String, of choices: [Choice], default fallback: Choice,
    _ help: String
  ) -> Choice {
    let words = take(
      Option(
        name: name, value: .choice(choices.map(\.rawValue)), placeholder: placeholder,
        fallback: fallback.rawValue, help: help))
    return words.first.flatMap { Choice(rawValue: $0) } ?? fallback
  }

  /// Some of a few words, separated by commas; `nil` where the option is not given, which
  /// `fallback` explains.
  mutating func list(
    _ name: String, _ placeholder: String, of choices: [String], or fallback: String? = nil,
    _ help: String
  ) -> [String]? {
    take(
      Option(
        name: name, value: .list(choices), placeholder: placeholder, fallback: fallback,
        help: help)
    ).first.map(Option.items)
  }

  private mutating func number<Number: FixedWidthInteger>(_ option: Option) -> Number? {
    take(option).first.flatMap { Number($0) }
  }

  private mutating func take(_ option: Option) -> [String] {
    options.append(option)
    return given[option.spelling] ?? []
  }
}

/// An argument that is known by its position, such as `LAB`.
struct Positional: Sendable {
  /// The name that help and errors use, in capitals.
  let name: String

  /// One line that explains it, without a full stop.
  let help: String

  /// Whether the command refuses to run without it.
  let isRequired: Bool
}

/// An option of a command: its name, what may follow it, and the line that explains it.
struct Option: Sendable {
  /// What may follow an option.
  enum Value: Hashable, Sendable {
    /// Nothing: the option is a flag.
    case none
    /// Any text but the empty one.
    case text
    /// A whole number in decimal digits, within a range.
    case number(ClosedRange<UInt64>)
    /// One of a few words.
    case choice([String])
    /// Some of a few words, separated by commas.
    case list([String])

    static func number<Number: FixedWidthInteger>(in range: ClosedRange<Number>) -> Value {
      .number(UInt64(clamping: range.lowerBound)...UInt64(clamping: range.upperBound))
    }
  }

  /// The name without its dashes, such as `from`.
  let name: String

  /// What may follow.
  var value = Value.none

  /// The name of what follows, in capitals; empty for a flag.
  var placeholder = ""

  /// Whether the command refuses to run without it.
  var isRequired = false

  /// Whether it may be given more than once.
  var isRepeatable = false

  /// The value where the option is not given, as help shows it.
  var fallback: String?

  /// One line that explains it, without a full stop.
  let help: String

  /// Shows the page of the command; understood by every one of them.
  static let help = Option(name: "help", help: "show this page")

  /// The option as it is typed, without its value: `--from`.
  var spelling: String { "--\(name)" }

  /// The option as it is typed, with its value: `--from MACHINE`.
  var usage: String { value == .none ? spelling : "\(spelling) \(placeholder)" }

  /// The parts of a list.
  static func items(of text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// What is wrong with a value.
  func mistakes(in text: String) -> [String] {
    if value != .none, text.isEmpty { return ["\(spelling) needs a value, but it is empty"] }
    switch value {
    case .none: return ["\(spelling) takes no value"]
    case .text: return []
    case .number(let range):
      // UInt64(_:) alone would also take a sign.
      let isDigits = text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      if isDigits, let number = UInt64(text), range.contains(number) { return [] }
      return ["\(spelling) takes a number \(range.inWords), not \(text.visible)"]
    case .choice(let choices): return mistakes(in: [text], of: choices)
    case .list(let choices): return mistakes(in: Self.items(of: text), of: choices)
    }
  }

  private func mistakes(in words: [String], of choices: [String]) -> [String] {
    var reported: Set<String> = []
    return words.filter { !choices.contains($0) && reported.insert($0).inserted }.map { word in
      "\(spelling) takes \(choices.listed(with: "or")), not \(word.visible)"
        + UsageError.question(NearestName.of(word, among: choices))
    }
  }
}

/// What is wrong with a command line, one plain line for each mistake.
struct UsageError: Error {
  /// The mistakes in the order of the arguments, what is missing last.
  let mistakes: [String]

  /// The command line that shows how it is done.
  let help: String

  /// The lines as the terminal shows them.
  var text: String {
    (mistakes.map { "hnv: \($0.printable)" } + ["Run '\(help)' for details."])
      .joined(separator: "\n")
  }

  /// `; did you mean --from?`; nothing where no name is near.
  static func question(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }
}

/// Reads the arguments of one command and collects the mistakes.
///
/// Options and arguments may come in any order. `--option value` and `--option=value` mean the
/// same; a value that begins with `-` is accepted only after `=`, a lone `-` anywhere. `--` ends
/// the options. An option whose name is almost right is read as the one that was meant, so that
/// one slip is reported once.
struct ArgumentReader {
  /// The mistakes in the order of the arguments, what is missing last.
  private(set) var mistakes: [String] = []

  /// What was given, as `Arguments` takes it; valid where there are no mistakes.
  private(set) var given: [String: [String]] = [:]

  /// Whether `--help` was among the arguments.
  private(set) var asksForHelp = false

  private let command: Command
  private let options: [Option]
  private var rest: ArraySlice<String>
  private var wordCount = 0

  // Named on the command line, whether or not a good value followed.
  private var namedOptions: Set<String> = []
  private var guessedOptions: Set<String> = []

  /// Reads all the arguments that follow the command's name; nothing is missing where the command
  /// is only a guess.
  init(_ command: Command, _ arguments: ArraySlice<String>, isGuess: Bool = false) {
    self.command = command
    options = command.options + [.help]
    rest = arguments
    while let argument = rest.popFirst() {
      if argument == "--" {
        while let word = rest.popFirst() { readWord(word) }
      } else if looksLikeOption(argument) {
        readOption(argument)
      } else {
        readWord(argument)
      }
    }
    if !isGuess { noteMissing() }
  }
}

extension ArgumentReader {
  private mutating func readWord(_ word: String) {
    defer { wordCount += 1 }
    guard let positional = command.positionals.dropFirst(wordCount).first else {
      let option = command.options.first { $0.name == word }
      mistakes.append(
        "unexpected argument \(word.visible) for \(command.name)"
          + UsageError.question(option?.spelling))
      return
    }
    if word.isEmpty { mistakes.append("\(positional.name) is empty") }
    given[positional.name] = [word]
  }

  private mutating func readOption(_ argument: String) {
    let (spelling, attached) = split(argument)
    if let option = option(spelled: spelling) {
      if option.name == Option.help.name, attached == nil { asksForHelp = true }
      if !namedOptions.insert(option.name).inserted, !option.isRepeatable {
        mistakes.append("\(option.spelling) is given more than once")
      }
      readValue(of: option, attached)
    } else {
      let nearest = nearestOption(to: spelling)
      mistakes.append(
        "unknown option \(spelling.visible) for \(command.name)"
          + UsageError.question(nearest?.spelling))
      guard let nearest else {
        if attached == nil { skipSurplusValue() }
        return
      }
      guessedOptions.insert(nearest.name)
      readValue(of: nearest, attached)
    }
  }

  /// Skips the word behind an unknown option where it can only be the option's value: no argument
  /// is left that it could be, or another word follows that is one.
  private mutating func skipSurplusValue() {
    guard let next = rest.first, !looksLikeOption(next) else { return }
    let isFull = wordCount >= command.positionals.count
    let isFollowed = rest.dropFirst().first.map { !looksLikeOption($0) } ?? false
    if isFull || isFollowed { rest.removeFirst() }
  }

  private mutating func readValue(of option: Option, _ attached: String?) {
    if option.value == .none, attached == nil {
      given[option.spelling] = [""]
    } else if let text = attached ?? nextValue(of: option) {
      mistakes += option.mistakes(in: text)
      given[option.spelling, default: []].append(text)
    }
  }

  /// The argument that is an option's value; `nil` where another option, or nothing, follows.
  private mutating func nextValue(of option: Option) -> String? {
    guard let next = rest.first else {
      mistakes.append("\(option.spelling) needs a value")
      return nil
    }
    if !looksLikeOption(next) { return rest.removeFirst() }
    var mistake = "\(option.spelling) needs a value, but \(next.visible) follows"
    let spelling = split(next).spelling
    if next == "--" {
      // What follows is read as if the value were there, and not as arguments.
      rest.removeFirst()
    } else if self.option(spelled: spelling) == nil, nearestOption(to: spelling) == nil {
      // It is no option, so it was meant as the value, and is not to be reported a second time.
      rest.removeFirst()
      if option.mistakes(in: next).isEmpty {
        mistake += "; write \(option.spelling)=\(next.visible) if that is its value"
      }
    }
    mistakes.append(mistake)
    return nil
  }

  private mutating func noteMissing() {
    let arguments = command.positionals.filter { $0.isRequired && given[$0.name] == nil }
    let options = command.options.filter {
      $0.isRequired && !namedOptions.contains($0.name) && !guessedOptions.contains($0.name)
    }
    let missing = arguments.map(\.name) + options.map(\.usage)
    if !missing.isEmpty { mistakes.append("missing \(missing.listed(with: "and"))") }
  }
}

extension ArgumentReader {
  /// A lone `-` is by custom the name of the standard input, and so a word like any other.
  private func looksLikeOption(_ argument: String) -> Bool {
    argument.hasPrefix("-") && argument != "-"
  }

  private func split(_ argument: String) -> (spelling: String, attached: String?) {
    guard let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
    return (String(argument[..<equals]), String(argument[equals...].dropFirst()))
  }

  private func option(spelled spelling: String) -> Option? {
    if spelling == "-h" { return .help }
    return options.first { $0.spelling == spelling }
  }

  private func nearestOption(to spelling: String) -> Option? {
    let name = NearestName.of(String(spelling.drop { $0 == "-" }), among: options.map(\.name))
    return options.first { $0.name == name }
  }
}
