import HNVCore

/// The rules that a command line is held to.
extension DiagnosticRule {
  /// The first word is a command.
  static let unknownCommand = DiagnosticRule(
    "unknown-command", .error, "A command line begins with the name of a command.",
    source: "hnv's own help", fix: "choose a command from the list that help prints")

  /// An option is in the command's table.
  static let unknownOption = DiagnosticRule(
    "unknown-option", .error, "A command takes the options that its own help lists, no others.",
    source: "hnv's own help", fix: "choose an option from those that --help prints")

  /// An option that is not a flag has a value.
  static let missingValue = DiagnosticRule(
    "missing-value", .error,
    "What takes a value is followed by one, which may begin with - only after =.",
    source: "hnv itself, so that a forgotten value does not swallow the next option",
    fix: "write the value behind it")

  /// A flag has no value.
  static let unexpectedValue = DiagnosticRule(
    "unexpected-value", .error, "A flag stands alone.",
    source: "hnv's own help", fix: "leave the value out")

  /// An option is given once.
  static let repeatedOption = DiagnosticRule(
    "repeated-option", .error, "An option is given once, unless help says that it may be repeated.",
    source: "hnv itself, which would have to ignore one of the two",
    fix: "keep one of them")

  /// A number is digits.
  static let numberSyntax = DiagnosticRule(
    "number-syntax", .error, "A whole number is written in decimal digits and nothing else.",
    source: "hnv itself, so that a number reads one way only",
    fix: "write it in digits from 0 to 9")

  /// A number is in its range.
  static let numberRange = DiagnosticRule(
    "number-range", .error, "A number lies in the range that help gives for its option.",
    source: "hnv's own help", fix: "choose a number in the range")

  /// A choice is one of those offered.
  static let unknownChoice = DiagnosticRule(
    "unknown-choice", .error, "An option with choices takes one of them, spelled as help does.",
    source: "hnv's own help", fix: "choose one of those that --help prints")

  /// What is required is there.
  static let missingArgument = DiagnosticRule(
    "missing-argument", .error, "A command is given every argument and option that it requires.",
    source: "hnv's own help", fix: "add what is missing")

  /// There are no more arguments than the command takes.
  static let extraArgument = DiagnosticRule(
    "extra-argument", .error, "A command is given no more arguments than it takes.",
    source: "hnv's own help", fix: "leave it out")

  /// All the rules of the command line.
  static let commandLine = [
    unknownCommand, unknownOption, missingValue, unexpectedValue, repeatedOption, numberSyntax,
    numberRange, unknownChoice, missingArgument, extraArgument,
  ]
}
