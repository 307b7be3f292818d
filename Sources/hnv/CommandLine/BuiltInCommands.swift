/// The commands that every program has, and the options that stand for them.
extension Command {
  /// Shows the overview, or the page of one command.
  static let help = Command(
    name: "help", summary: "explain the program, or one of its commands",
    discussion: """
      Without a COMMAND this lists all there are. With one it shows what the command does, its \
      arguments and options, and examples; COMMAND --help shows the same page.
      """,
    positionals: [
      Positional(name: "COMMAND", help: "the command to explain", isRequired: false)
    ],
    exitStatuses: [ExitStatus.usual[0], ExitStatus.usual[2]])

  /// Says which version this is.
  static let version = Command(
    name: "version", summary: "say which version this is",
    discussion: "Prints the program's name and version on one line.",
    exitStatuses: [ExitStatus.usual[0], ExitStatus.usual[2]])

  /// The built-in commands, in the order in which the overview lists them after all others.
  static let builtIn = [help, version]

  /// The built-in command that an option in the place of a command stands for.
  static func builtIn(for spelling: String) -> Command? {
    switch spelling {
    case "-h", "--help": help
    case "--version": version
    default: nil
    }
  }
}

extension Option {
  /// Shows the page of the command; understood by every one of them.
  static let help = flag("help", "show this page")
}
