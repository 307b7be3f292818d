import Testing

@testable import hnv

/// Command lines that are wrong, and all that is said about them.
struct UsageErrorTests {
  struct Line: CustomTestStringConvertible {
    let arguments: [String]
    /// The command of which help is offered; empty for the overview.
    let command: String
    let mistakes: [String]

    init(_ arguments: [String], _ command: String, _ mistakes: String...) {
      self.arguments = arguments
      self.command = command
      self.mistakes = mistakes
    }

    /// A line without empty arguments.
    init(_ line: String, _ command: String, _ mistakes: String...) {
      arguments = line.split(separator: " ").map(String.init)
      self.command = command
      self.mistakes = mistakes
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let names = [
    Line("sned L --from A --to B", "send", "unknown command sned; did you mean send?"),
    Line("sned", "send", "unknown command sned; did you mean send?"),
    Line(["se nd"], "send", "unknown command \"se nd\"; did you mean send?"),
    Line("xyzzy --nonsense", "", "unknown command xyzzy"),
    Line(["", "--help"], "", "unknown command \"\""),
    Line("help sned", "", "unknown command sned; did you mean send?"),
    Line("help xyzzy", "", "unknown command xyzzy"),
    Line("sned --help", "send", "unknown command sned; did you mean send?"),
    Line("--hlep", "", "unknown option --hlep; did you mean --help?"),
    Line("--json send", "", "unknown option --json; options follow the command"),
    Line(
      "send L --form A --to B", "send", "unknown option --form for send; did you mean --from?"),
    Line(
      "send L --form=A --to B", "send", "unknown option --form for send; did you mean --from?"),
    Line(
      "send L --from A --to B --jsno", "send",
      "unknown option --jsno for send; did you mean --json?"),
    Line(
      "send L --from A --to B --colourful", "send", "unknown option --colourful for send"),
    Line("list --strict", "list", "unknown option --strict for list"),
  ]

  static let values = [
    Line("send L --from --to B", "send", "--from needs a value, but --to follows"),
    Line("send L --to B --from", "send", "--from needs a value"),
    Line("send L --from -- --to B", "send", "--from needs a value, but -- follows"),
    Line("send --to B --from -- L", "send", "--from needs a value, but -- follows"),
    Line(
      "send L --to B --from -23", "send",
      "--from needs a value, but -23 follows; write --from=-23 if that is its value"),
    Line("send L --to B --from A --ttl -23", "send", "--ttl needs a value, but -23 follows"),
    Line("send L --to B --from=", "send", "--from needs a value, but it is empty"),
    Line(
      ["send", "L", "--to", "B", "--from", ""], "send", "--from needs a value, but it is empty"),
    Line("send L --to B --from A --json=yes", "send", "--json takes no value"),
    Line("send L --help=yes --from A --to B", "send", "--help takes no value"),
    Line("send L --from A --to B --from C", "send", "--from is given more than once"),
    Line("send L --from A --to B --json --json", "send", "--json is given more than once"),
    Line(
      "send L --from A --to B --detail pth", "send",
      "--detail takes outcome, path or everything, not pth; did you mean path?"),
    Line(
      "send L --from A --to B --detail=zzzzzzzz", "send",
      "--detail takes outcome, path or everything, not zzzzzzzz"),
    Line(
      "send L --from A --to B --tags bleu,red,,zzzz", "send",
      "--tags takes red, green or blue, not bleu; did you mean blue?",
      "--tags takes red, green or blue, not \"\"", "--tags takes red, green or blue, not zzzz"),
    Line(
      "send L --from A --to B --tags ,,", "send", "--tags takes red, green or blue, not \"\""),
    Line(
      ["send", "L", "--from=A", "--to=B", "--detail= path"], "send",
      "--detail takes outcome, path or everything, not \" path\"; did you mean path?"),
    Line(
      ["send", "L", "--from=A", "--to=B", "--ttl=\u{1B}[31m\n"], "send",
      "--ttl takes a number from 1 to 255, not \\u{1B}[31m\\n"),
  ]

  static let counts = [
    Line("send", "send", "missing LAB, --from MACHINE and --to ADDRESS"),
    Line("send L --to B", "send", "missing --from MACHINE"),
    Line("inspect", "inspect", "missing FIRST"),
    Line(["inspect", ""], "inspect", "FIRST is empty"),
    Line(["list", ""], "list", "unexpected argument \"\" for list"),
    Line("list L", "list", "unexpected argument L for list"),
    Line("version 2", "version", "unexpected argument 2 for version"),
    Line("help send list", "help", "unexpected argument list for help"),
    Line(
      "send L --from A --to B from", "send",
      "unexpected argument from for send; did you mean --from?"),
  ]

  static let manyAtOnce = Line(
    "sned L M --form --ttl 0 --detail pth --ttl x", "send",
    "unknown command sned; did you mean send?", "unexpected argument M for send",
    "unknown option --form for send; did you mean --from?",
    "--from needs a value, but --ttl follows", "--ttl takes a number from 1 to 255, not 0",
    "--detail takes outcome, path or everything, not pth; did you mean path?",
    "--ttl is given more than once", "--ttl takes a number from 1 to 255, not x")

  @Test(arguments: names + values + counts + [manyAtOnce])
  func `every mistake of a line is reported on one line`(line: Line) {
    let session = Session(line.arguments, commands: SampleCommands.all)
    #expect(session.status == 2 && session.output == "")
    let help = line.command.isEmpty ? "hnv --help" : "hnv \(line.command) --help"
    let lines = line.mistakes.map { "hnv: \($0)\n" } + ["Run '\(help)' for details.\n"]
    #expect(session.complaints == lines.joined())
  }

  @Test(arguments: [
    "+5", "5.0", "5 ", " 5", "0x5", "1_0", "five", "５", "٥", "5\u{301}", "5e1", "0", "256",
    "18446744073709551615", "18446744073709551616", "000", "0256",
  ])
  func `a number is digits and nothing else, and in its range`(text: String) {
    let arguments = ["send", "L", "--from", "A", "--to", "B", "--ttl=\(text)"]
    let shown = text.contains(" ") ? "\"\(text)\"" : text
    #expect(
      Session(arguments, commands: SampleCommands.all).complaints.split(separator: "\n").first
        == "hnv: --ttl takes a number from 1 to 255, not \(shown)")
  }
}
