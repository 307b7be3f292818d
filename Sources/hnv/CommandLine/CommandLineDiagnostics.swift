import HNVCore
import HNVSim

/// What can be wrong with the names on a command line.
extension Diagnostic {
  /// The command whose name is nearest to a word that names none.
  static func nearestCommand(to name: String, among commands: [Command]) -> Command? {
    let nearest = NearestName.of(name, among: commands.map(\.name))
    return commands.first { $0.name == nearest }
  }

  static func unknownCommand(
    _ name: String, after asked: String, _ program: String, _ commands: [Command]
  ) -> Diagnostic {
    let nearest = nearestCommand(to: name, among: commands)
    let names = commands.map(\.name).listed(with: "or")
    return Diagnostic(
      .unknownCommand, in: .named("command \(name.visible)"), value: name,
      "there is no command \(name.visible)" + question(nearest?.name),
      fix: nearest.map { "write \(asked) \($0.name)" }
        ?? "choose \(names); \(program) help says what each does")
  }

  static func unknownOption(_ argument: String, ofProgram program: String) -> Diagnostic {
    let names = Command.builtIn.map(\.name)
    let nearest = NearestName.of(String(argument.drop { $0 == "-" }), among: names)
    return Diagnostic(
      .unknownOption, in: .named("option \(argument)"), value: argument,
      "\(program) itself has no option \(argument)" + question(nearest.map { "--\($0)" }),
      fix: nearest.map { "write \(program) --\($0)" }
        ?? "write options after the command; \(program) --help lists the commands")
  }

  static func unknownOption(
    _ argument: String, _ spelling: String, nearest: Option?, of command: Command,
    _ program: String
  ) -> Diagnostic {
    Diagnostic(
      .unknownOption, in: .named("option \(spelling)"), value: argument,
      "\(command.name) has no option \(spelling)" + question(nearest?.spelling),
      fix: nearest.map { "write \($0.usage)" }
        ?? "choose an option that \(program) \(command.name) --help lists")
  }

  static func unknownChoice(_ text: String, of option: Option, _ choices: [String]) -> Diagnostic {
    let nearest = NearestName.of(text, among: choices)
    return Diagnostic(
      .unknownChoice, in: subject(option), value: text,
      "\(text) is no choice of \(option.spelling)" + question(nearest),
      fix: nearest.map { "write \(option.spelling) \($0)" }
        ?? "choose \(choices.listed(with: "or"))")
  }

  private static func question(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }

  private static func subject(_ option: Option) -> Subject { .named("option \(option.spelling)") }
}

/// What can be wrong with the values on a command line.
extension Diagnostic {
  static func missingValue(
    of option: Option, _ value: String = "", instead: String, fix: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .missingValue, in: subject(option), value: value,
      "\(option.spelling) needs a value; \(instead)", fix: fix ?? "write \(option.usage)")
  }

  /// What was meant as a value begins with `-`, which only `=` can say.
  static func missingValue(of option: Option, meant value: String) -> Diagnostic {
    let isGood = (try? option.value(from: value)) != nil
    return missingValue(
      of: option, value, instead: "\(value) follows",
      fix: isGood ? "write \(option.spelling)=\(value) if \(value) is its value" : nil)
  }

  static func unexpectedValue(_ text: String, of option: Option) -> Diagnostic {
    Diagnostic(
      .unexpectedValue, in: subject(option), value: text,
      "\(option.spelling) takes no value", fix: "write \(option.spelling) alone")
  }

  static func repeatedOption(_ argument: String, _ option: Option) -> Diagnostic {
    Diagnostic(
      .repeatedOption, in: subject(option), value: argument,
      "\(option.spelling) is given more than once", fix: "keep one \(option.spelling)")
  }

  static func notDigits(_ text: String, of option: Option, _ range: ClosedRange<UInt64>)
    -> Diagnostic
  {
    Diagnostic(
      .numberSyntax, in: subject(option), value: text, "\(text) is not a number in digits",
      fix: "write a whole number \(range.inWords)")
  }

  static func outOfRange(_ text: String, of option: Option, _ range: ClosedRange<UInt64>)
    -> Diagnostic
  {
    Diagnostic(
      .numberRange, in: subject(option), value: text, "\(text) is not \(range.inWords)",
      fix: "choose a number \(range.inWords)")
  }
}

/// What can be wrong with the number of arguments.
extension Diagnostic {
  static func emptyArgument(_ positional: Positional) -> Diagnostic {
    Diagnostic(
      .missingValue, in: .named("argument \(positional.name)"), value: "",
      "\(positional.name) is empty", fix: "give \(positional.help)")
  }

  static func extraArgument(_ word: String, of command: Command) -> Diagnostic {
    let taken = command.positionals.map(\.name).listed(with: "and")
    let option = command.options.first { $0.name == word }
    return Diagnostic(
      .extraArgument, in: .named("argument \(word.visible)"), value: word,
      "\(command.name) takes \(taken.isEmpty ? "no argument" : "\(taken) only"); "
        + "\(word.visible) is left over",
      fix: option.map { "write \($0.usage) if the option is meant" }
        ?? "leave it out, or quote it together with the word before it")
  }

  static func missing(
    _ arguments: [Positional], _ options: [Option], of command: Command, _ program: String
  ) -> Diagnostic {
    let missing = arguments.map(\.name) + options.map(\.usage)
    return Diagnostic(
      .missingArgument, in: .named("command \(command.name)"), value: "",
      "\(missing.listed(with: "and")) \(missing.count == 1 ? "is" : "are") missing",
      fix: "write \(program) \(command.name) "
        + command.requiredUsage.joined(separator: " "))
  }
}
