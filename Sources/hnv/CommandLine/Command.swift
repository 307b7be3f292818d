/// One command: its name, what it does, its arguments, options, examples and exit statuses.
///
/// The table of commands is all there is: the parser, the help pages and the nearest-name errors
/// read it, so that what is accepted and what is explained cannot differ.
struct Command: Sendable {
  /// The word that selects the command, such as `trace`.
  let name: String

  /// One line for the list of commands, without a full stop.
  let summary: String

  /// What the command's own page teaches; an empty line separates paragraphs.
  let discussion: String

  /// The arguments in their order: required ones first, and only the last may repeat.
  var positionals: [Positional] = []

  /// The options in the order in which help lists them; `--help` is understood everywhere.
  var options: [Option] = []

  /// Command lines to learn from.
  var examples: [Example] = []

  /// What the command's exit statuses mean.
  var exitStatuses: [ExitStatus] = ExitStatus.usual
}

/// An argument that is known by its position, such as `LAB`.
struct Positional: Sendable {
  /// The name that help and diagnostics use, in capitals.
  let name: String

  /// One line that explains it, without a full stop.
  let help: String

  /// Whether the command refuses to run without it.
  var isRequired = true

  /// Whether it takes all the arguments that are left.
  var isRepeatable = false

  /// The argument as a usage line shows it: `LAB`, `LAB...`, `[LAB]`.
  var usage: String {
    let text = isRepeatable ? "\(name)..." : name
    return isRequired ? text : "[\(text)]"
  }
}

/// A command line worth trying, and what it shows.
struct Example: Sendable {
  /// The whole line as it is typed, the program's name included.
  let commandLine: String

  /// What the line shows, without a full stop.
  let shows: String
}

/// A status that the program ends with, and its meaning.
struct ExitStatus: Hashable, Sendable {
  /// The number that the shell sees.
  let code: Int32

  /// When the program ends with it, without a full stop.
  let meaning: String

  /// What commands end with unless they say otherwise.
  static let usual = [
    ExitStatus(code: 0, meaning: "the question was answered, and the answer is good"),
    ExitStatus(code: 1, meaning: "the question was answered, and the answer is bad"),
    ExitStatus(code: 2, meaning: "the command line, or a file that it names, was refused"),
  ]
}
