import HNVCore
import HNVSim

/// The command line as a function: arguments in, texts and an exit status out.
struct Program {
  static let version = "0.1.0"

  /// The style of the standard output.
  var style = Style.plain
  /// The style of the standard error.
  var errorStyle = Style.plain
  /// The commands in the order of the overview, `help` and `version` not counted.
  var commands = Self.commands
  /// Writes a text to the standard output.
  let write: (String) -> Void
  /// Writes a text to the standard error.
  let complain: (String) -> Void
  /// Writes bytes to the standard output.
  var writeBytes: ([UInt8]) -> Void = { _ in }

  static let commands: [Command] = [
    .trace, .traceroute, .reach, .compare, .check, .run, .capture, .replay, .table, .nextHop,
  ]

  /// Runs the command that the arguments name.
  ///
  /// - Returns: The exit status: 0 for success, 1 when the check failed, 2 for wrong usage or a
  ///   refused file.
  func run(_ arguments: [String]) -> Int32 {
    let action: Command.Action
    do throws(UsageError) {
      action = try self.action(for: arguments)
    } catch {
      return refuse(error)
    }
    do throws(Diagnostics) {
      return try action(self)
    } catch {
      complain(DiagnosticReport(diagnostics: error.all, style: errorStyle).text)
      return 2
    }
  }

  /// Reports wrong usage.
  ///
  /// - Returns: The exit status.
  func refuse(_ error: UsageError) -> Int32 {
    complain(error.text)
    return 2
  }

  /// What a command works out; where the lab or the question is refused, `--format json` writes the
  /// diagnostics, so that it always writes one document.
  func result<Result>(
    as format: Arguments.Format, _ body: () throws(Diagnostics) -> Result
  ) throws(Diagnostics) -> Result {
    do throws(Diagnostics) {
      return try body()
    } catch {
      if format == .json { write(CheckReport(error.all).json) }
      throw error
    }
  }

  /// What colours the pieces of a trace.
  var paint: Paint {
    guard style.isColoured else { return .none }
    return Paint(
      before: { role in
        switch role {
        case .success: Style.start(of: .success)
        case .failure: Style.start(of: .error)
        case .name: Style.start(of: .name)
        case .aside: Style.start(of: .aside)
        }
      }, after: Style.end)
  }
}

extension Program {
  /// The commands with those that every program has.
  var allCommands: [Command] { commands + [.help, .version] }

  /// The action that a command line asks for: the page of help, whatever else is wrong, where it
  /// has `--help`.
  private func action(for arguments: [String]) throws(UsageError) -> Command.Action {
    let name = arguments.first ?? Command.help.name
    let rest = arguments.dropFirst()
    guard let command = command(spelled: name) else { throw unknownCommand(name, rest) }
    let reader = ArgumentReader(command, rest)
    if reader.asksForHelp {
      return { program in
        program.write(HelpPage(style: program.style).page(for: command))
        return 0
      }
    }
    guard reader.mistakes.isEmpty else {
      throw UsageError(mistakes: reader.mistakes, help: "hnv \(command.name) --help")
    }
    return command.action(given: reader.given)
  }

  private func command(spelled spelling: String) -> Command? {
    switch spelling {
    case "-h", "--help": .help
    case "--version": .version
    default: allCommands.first { $0.name == spelling }
    }
  }

  /// All that is wrong; the rest of the line is read as if the nearest command had been named, and
  /// what that one lacks is not reported.
  private func unknownCommand(_ name: String, _ rest: ArraySlice<String>) -> UsageError {
    if name.hasPrefix("-") {
      let nearest = NearestName.of(
        String(name.drop { $0 == "-" }), among: [Command.help.name, Command.version.name])
      let question = nearest.map { UsageError.question("--\($0)") }
      return UsageError(
        mistakes: ["unknown option \(name.visible)\(question ?? "; options follow the command")"],
        help: "hnv --help")
    }
    let nearest = NearestName.of(name, among: allCommands.map(\.name)).flatMap(command(spelled:))
    let mistake = "unknown command \(name.visible)" + UsageError.question(nearest?.name)
    guard let nearest else { return UsageError(mistakes: [mistake], help: "hnv --help") }
    let reader = ArgumentReader(nearest, rest, isGuess: true)
    return UsageError(
      mistakes: [mistake] + (reader.asksForHelp ? [] : reader.mistakes),
      help: "hnv \(nearest.name) --help")
  }
}

/// One command: its name, its arguments, what it does, and what help says about it.
///
/// The parser, the help pages and the nearest-name errors read this table, so that what is accepted
/// and what is explained cannot differ.
struct Command: Sendable {
  /// Runs the command.
  ///
  /// - Returns: The exit status.
  typealias Action = (Program) throws(Diagnostics) -> Int32

  /// The word that selects the command, such as `trace`.
  let name: String

  /// One line for the list of commands, without a full stop.
  let summary: String

  /// The text of the command's own page; an empty line separates paragraphs.
  let discussion: String

  /// Command lines to learn from.
  let examples: [Example]

  /// What the command's exit statuses mean.
  let exitStatuses: [ExitStatus]

  /// The arguments that are known by their positions.
  let positionals: [Positional]

  /// The options in the order in which help lists them.
  let options: [Option]

  private let declaration: @Sendable (inout Arguments) -> Action

  /// A command whose arguments `declaration` takes; its result is what to do with them.
  init(
    name: String, summary: String, discussion: String, examples: [Example] = [],
    exitStatuses: [ExitStatus] = ExitStatus.usual,
    declaration: @escaping @Sendable (inout Arguments) -> Action
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
    self.exitStatuses = exitStatuses
    self.declaration = declaration
    var arguments = Arguments()
    _ = declaration(&arguments)
    positionals = arguments.positionals
    options = arguments.options
  }

  /// The command with its arguments, which have to be valid.
  func action(given: [String: [String]]) -> Action {
    var arguments = Arguments(given: given)
    return declaration(&arguments)
  }
}

/// A command line worth trying, and what it shows.
struct Example: Sendable {
  /// The whole line as it is typed, the program's name included.
  let commandLine: String

  /// What the line shows, without a full stop.
  let shows: String
}

/// An exit status of the program, and its meaning.
struct ExitStatus: Hashable, Sendable {
  /// The number that the shell sees.
  let code: Int32

  /// When the program ends with it, without a full stop.
  let meaning: String

  static let success = ExitStatus(code: 0, meaning: "success")
  static let failure = ExitStatus(code: 1, meaning: "the check failed")
  static let refusal = ExitStatus(code: 2, meaning: "wrong usage, or a file was refused")

  /// The statuses of most commands.
  static let usual = [success, failure, refusal]
}

/// The arguments that most commands have.
extension Arguments {
  enum Format: String, CaseIterable {
    case text, json
  }

  mutating func lab() -> String { positional("LAB", "the lab file, in JSON5") }

  /// The model that the command line names; `nil` for the lab's own.
  mutating func model() -> (any ForwardingModel)? {
    choice(
      "model", "MODEL", of: ForwardingModels.names, or: "the lab's own", "the forwarding model"
    ).flatMap { ForwardingModels.named($0) }
  }

  mutating func format() -> Format {
    choice("format", "FORMAT", of: Format.allCases, default: .text, "the output format")
  }
}

extension Fabric {
  /// The network of a lab file; under the lab's own model where none is given.
  init(contentsOf path: String, under model: (any ForwardingModel)?) throws(Diagnostics) {
    let lab = try Lab(contentsOf: path)
    self = try Fabric(lab, under: model ?? ForwardingModels.model(of: lab))
  }
}
