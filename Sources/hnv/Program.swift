import HNVCore
import HNVSim

/// The command line as a function: arguments in, texts and an exit status out.
struct Program {
  /// How what is written is set off.
  var style = Style.plain
  /// How complaints are set off.
  var errorStyle = Style.plain
  /// Takes a text for the standard output.
  let write: (String) -> Void
  /// Takes a text for the standard error.
  let complain: (String) -> Void
  /// Takes bytes for the standard output; without it they are lost.
  var writeBytes: ([UInt8]) -> Void = { _ in }

  static let version = "0.1.0"

  /// The commands, in the order of the overview.
  static let commands: [Command] = [
    .trace, .traceroute, .reach, .compare, .check, .run, .capture, .replay, .table, .nextHop,
  ]

  /// Does what the arguments say.
  ///
  /// - Returns: 0 for a good answer, 1 for a bad one, 2 when the question was refused.
  func run(_ arguments: [String]) -> Int32 {
    do throws(Diagnostics) {
      switch try CommandLineParser.parse(
        arguments, program: "hnv", commands: Self.commands, style: style)
      {
      case .help(let text):
        write(text)
        return 0
      case .version:
        write("hnv \(Self.version)")
        return 0
      case .run(let command): return try run(command)
      }
    } catch {
      complain(DiagnosticReport(diagnostics: error.all, style: errorStyle).text)
      return 2
    }
  }

  private func run(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    switch command.command.name {
    case Command.trace.name: try trace(command)
    case Command.traceroute.name: try traceroute(command)
    case Command.reach.name: try reach(command)
    case Command.compare.name: try compare(command)
    case Command.check.name: try check(command)
    case Command.run.name: try run(lab: command)
    case Command.capture.name: try capture(command)
    case Command.replay.name: try replay(command)
    case Command.table.name: try table(command)
    default: try nextHop(command)
    }
  }

  /// The lab that a command names.
  func lab(_ command: ParsedCommand) throws(Diagnostics) -> Lab {
    try Lab(contentsOf: command.positional("LAB") ?? "")
  }

  /// The lab that a command names, wired up under the model that it names, or else the lab's own.
  func fabric(_ command: ParsedCommand) throws(Diagnostics) -> Fabric {
    let lab = try lab(command)
    return try Fabric(lab, under: model(command, of: lab))
  }

  /// The model that a command names, or else the lab's own.
  func model(_ command: ParsedCommand, of lab: Lab) -> any ForwardingModel {
    command.text("model").flatMap { ForwardingModels.named($0) }
      ?? ForwardingModels.model(of: lab)
  }

  /// Writes a value as JSON.
  func writeJSON(_ value: some Encodable) {
    do {
      write(try JSONText.render(value))
    } catch {
      complain("this answer cannot be written as JSON: \(error)")
    }
  }

  /// Gives a trace its colours.
  func paint(_ role: TextRole, _ text: String) -> String {
    switch role {
    case .success: style(.success, text)
    case .failure: style(.error, text)
    case .name: style(.name, text)
    case .aside: style(.aside, text)
    }
  }
}

extension Positional {
  static let lab = Positional(name: "LAB", help: "the lab file, in JSON5")
}

extension Option {
  static let model = Option.choice(
    "model", "MODEL", of: ForwardingModels.names,
    "the forwarding model; default: the one that the lab is about")

  static let format = Option.choice(
    "format", "FORMAT", of: ["text", "json"], default: "text", "how the answer is written")
}
