import HNVCore

/// What a command line asks for.
enum Invocation: Sendable {
  /// To be shown this text, which is laid out and has no line break at its end.
  case help(String)
  /// To be told the version.
  case version
  /// To have this done.
  case run(ParsedCommand)
}

/// Understands command lines by a table of commands.
enum CommandLineParser {
  /// Reads the arguments that follow the program's name.
  ///
  /// Options and arguments may come in any order. `--option value` and `--option=value` mean the
  /// same; a value that begins with `-` is accepted only after `=`, a lone `-` anywhere. `--` ends
  /// the options. A request for help wins over everything that is wrong beside it.
  ///
  /// - Throws: Everything that is wrong, in the order of the arguments, what is missing last.
  static func parse(
    _ arguments: [String], program: String, commands: [Command], style: Style = .plain
  ) throws(Diagnostics) -> Invocation {
    let commands = commands + Command.builtIn
    let help = HelpPage(program: program, style: style)
    guard let first = arguments.first else { return .help(help.overview(of: commands)) }
    let rest = arguments.dropFirst()
    guard let command = command(first, among: commands) else {
      throw diagnostics(ofUnknown: first, followedBy: rest, program, commands)
    }

    var reader = ArgumentReader(command, program: program)
    reader.read(rest)
    if reader.asksForHelp { return .help(help.page(for: command)) }
    let parsed = try reader.finish()
    switch command.name {
    case Command.version.name: return .version
    case Command.help.name: return .help(try topic(of: parsed, help, commands))
    default: return .run(parsed)
    }
  }
}

extension CommandLineParser {
  private static func command(_ name: String, among commands: [Command]) -> Command? {
    Command.builtIn(for: name) ?? commands.first { $0.name == name }
  }

  /// The page that `hnv help` was asked for.
  private static func topic(
    of parsed: ParsedCommand, _ help: HelpPage, _ commands: [Command]
  ) throws(Diagnostics) -> String {
    guard let name = parsed.positional("COMMAND") else { return help.overview(of: commands) }
    guard let command = commands.first(where: { $0.name == name }) else {
      let asked = "\(help.program) \(Command.help.name)"
      throw Diagnostics([.unknownCommand(name, after: asked, help.program, commands)])
    }
    return help.page(for: command)
  }

  /// What is wrong, the rest of the line read as if the nearest command had been named.
  private static func diagnostics(
    ofUnknown name: String, followedBy rest: ArraySlice<String>, _ program: String,
    _ commands: [Command]
  ) -> Diagnostics {
    if name.hasPrefix("-") { return Diagnostics([.unknownOption(name, ofProgram: program)]) }
    let diagnostic = Diagnostic.unknownCommand(name, after: program, program, commands)
    guard let meant = Diagnostic.nearestCommand(to: name, among: commands) else {
      return Diagnostics([diagnostic])
    }
    var reader = ArgumentReader(meant, program: program)
    reader.read(rest)
    return Diagnostics([diagnostic] + (reader.asksForHelp ? [] : reader.diagnostics))
  }
}
