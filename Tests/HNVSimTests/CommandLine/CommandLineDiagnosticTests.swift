import HNVCore
import Testing

@testable import hnv

@Suite struct CommandLineDiagnosticTests {
  /// A command line that does not hold, and everything that is said about it.
  struct Line: CustomTestStringConvertible {
    let arguments: [String]
    let diagnostics: [String]

    init(_ arguments: [String], _ diagnostics: [String]) {
      self.arguments = arguments
      self.diagnostics = diagnostics
    }

    /// A line without empty arguments.
    init(_ line: String, _ diagnostics: String...) {
      self.init(line.split(separator: " ").map(String.init), diagnostics)
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let names = [
    Line(
      "sned L --from A --to B",
      "command sned: there is no command sned; did you mean send? [unknown-command]; "
        + "write hnv send"),
    Line(
      "xyzzy --nonsense",
      "command xyzzy: there is no command xyzzy [unknown-command]; "
        + "choose send, inspect, list, help or version; hnv help says what each does"),
    Line(
      ["", "--help"],
      [
        "command \"\": there is no command \"\" [unknown-command]; "
          + "choose send, inspect, list, help or version; hnv help says what each does"
      ]),
    Line(
      "help sned",
      "command sned: there is no command sned; did you mean send? [unknown-command]; "
        + "write hnv help send"),
    Line(
      "sned --help",
      "command sned: there is no command sned; did you mean send? [unknown-command]; "
        + "write hnv send"),
    Line(
      "--hlep",
      "option --hlep: hnv itself has no option --hlep; did you mean --help? [unknown-option]; "
        + "write hnv --help"),
    Line(
      "--json send",
      "option --json: hnv itself has no option --json [unknown-option]; "
        + "write options after the command; hnv --help lists the commands"),
    Line(
      "send L --form A --to B",
      "option --form: send has no option --form; did you mean --from? [unknown-option]; "
        + "write --from MACHINE"),
    Line(
      "send L --form=A --to B",
      "option --form: send has no option --form; did you mean --from? [unknown-option]; "
        + "write --from MACHINE"),
    Line(
      "send L --from A --to B --jsno",
      "option --jsno: send has no option --jsno; did you mean --json? [unknown-option]; "
        + "write --json"),
    Line(
      "send L --from A --to B --colourful",
      "option --colourful: send has no option --colourful [unknown-option]; "
        + "choose an option that hnv send --help lists"),
    Line(
      "list --strict",
      "option --strict: list has no option --strict [unknown-option]; "
        + "choose an option that hnv list --help lists"),
  ]

  static let values = [
    Line(
      "send L --from --to B",
      "option --from: --from needs a value; --to follows [missing-value]; write --from MACHINE"),
    Line(
      "send L --to B --from",
      "option --from: --from needs a value; nothing follows [missing-value]; "
        + "write --from MACHINE"),
    Line(
      "send --to B --from -- L",
      "option --from: --from needs a value; -- follows [missing-value]; write --from MACHINE"),
    Line(
      "send L --to B --from -23",
      "option --from: --from needs a value; -23 follows [missing-value]; "
        + "write --from=-23 if -23 is its value"),
    Line(
      "send L --to B --from A --ttl -23",
      "option --ttl: --ttl needs a value; -23 follows [missing-value]; write --ttl N"),
    Line(
      "send L --to B --from=",
      "option --from: --from needs a value; what is given is empty [missing-value]; "
        + "write --from MACHINE"),
    Line(
      ["send", "L", "--to", "B", "--from", ""],
      [
        "option --from: --from needs a value; what is given is empty [missing-value]; "
          + "write --from MACHINE"
      ]),
    Line(
      "send L --to B --from A --json=yes",
      "option --json: --json takes no value [unexpected-value]; write --json alone"),
    Line(
      "send L --help=yes --from A --to B",
      "option --help: --help takes no value [unexpected-value]; write --help alone"),
    Line(
      "send L --from A --to B --from C",
      "option --from: --from is given more than once [repeated-option]; keep one --from"),
    Line(
      "send L --from A --to B --json --json",
      "option --json: --json is given more than once [repeated-option]; keep one --json"),
    Line(
      "send L --from A --to B --detail pth",
      "option --detail: pth is no choice of --detail; did you mean path? [unknown-choice]; "
        + "write --detail path"),
    Line(
      "send L --from A --to B --detail=zzzzzzzz",
      "option --detail: zzzzzzzz is no choice of --detail [unknown-choice]; "
        + "choose outcome, path or everything"),
  ]

  static let counts = [
    Line(
      "send",
      "command send: LAB, --from MACHINE and --to ADDRESS are missing [missing-argument]; "
        + "write hnv send LAB --from MACHINE --to ADDRESS"),
    Line(
      "send L --to B",
      "command send: --from MACHINE is missing [missing-argument]; "
        + "write hnv send LAB --from MACHINE --to ADDRESS"),
    Line(
      "inspect", "command inspect: FIRST is missing [missing-argument]; write hnv inspect FIRST"),
    Line(
      ["inspect", ""], ["argument FIRST: FIRST is empty [missing-value]; give a lab file"]),
    Line(
      ["list", ""],
      [
        "argument \"\": list takes no argument; \"\" is left over [extra-argument]; "
          + "leave it out, or quote it together with the word before it"
      ]),
    Line(
      "list L",
      "argument L: list takes no argument; L is left over [extra-argument]; "
        + "leave it out, or quote it together with the word before it"),
    Line(
      "version 2",
      "argument 2: version takes no argument; 2 is left over [extra-argument]; "
        + "leave it out, or quote it together with the word before it"),
    Line(
      "help send list",
      "argument list: help takes COMMAND only; list is left over [extra-argument]; "
        + "leave it out, or quote it together with the word before it"),
    Line(
      "send L --from A --to B from",
      "argument from: send takes LAB only; from is left over [extra-argument]; "
        + "write --from MACHINE if the option is meant"),
  ]

  static let manyAtOnce = Line(
    "sned L M --form --ttl 0 --detail pth --ttl x",
    "command sned: there is no command sned; did you mean send? [unknown-command]; "
      + "write hnv send",
    "argument M: send takes LAB only; M is left over [extra-argument]; "
      + "leave it out, or quote it together with the word before it",
    "option --form: send has no option --form; did you mean --from? [unknown-option]; "
      + "write --from MACHINE",
    "option --from: --from needs a value; --ttl follows [missing-value]; write --from MACHINE",
    "option --ttl: 0 is not from 1 to 255 [number-range]; choose a number from 1 to 255",
    "option --detail: pth is no choice of --detail; did you mean path? [unknown-choice]; "
      + "write --detail path",
    "option --ttl: --ttl is given more than once [repeated-option]; keep one --ttl",
    "option --ttl: x is not a number in digits [number-syntax]; "
      + "write a whole number from 1 to 255",
    "command send: --to ADDRESS is missing [missing-argument]; "
      + "write hnv send LAB --from MACHINE --to ADDRESS")

  @Test(arguments: names + values + counts + [manyAtOnce])
  func `a bad line is told everything that is wrong with it`(line: Line) {
    #expect(descriptions(of: line.arguments) == line.diagnostics.map { "error: " + $0 })
  }

  @Test(arguments: [
    "+5", "5.0", "5 ", " 5", "0x5", "1_0", "five", "５", "٥", "5\u{301}", "5e1",
  ])
  func `a number is digits and nothing else`(text: String) {
    let diagnostics = diagnostics(of: ["send", "L", "--from", "A", "--to", "B", "--ttl=\(text)"])
    #expect(diagnostics.map(\.rule) == [.numberSyntax])
    #expect(diagnostics.map(\.value) == [text])
  }

  @Test(arguments: ["0", "256", "18446744073709551615", "18446744073709551616", "000", "0256"])
  func `a number lies in its range, and the range is named`(text: String) {
    let diagnostics = diagnostics(of: ["send", "L", "--from", "A", "--to", "B", "--ttl=\(text)"])
    #expect(diagnostics.map(\.rule) == [.numberRange])
    #expect(diagnostics.map(\.explanation) == ["\(text) is not from 1 to 255"])
  }

  @Test func `the rules have different names of words in lower case`() {
    let names = DiagnosticRule.commandLine.map(\.identifier)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }, "\(name)")
    }
  }

  @Test func `every rule is broken by some line of these tables`() {
    let lines = Self.names + Self.values + Self.counts + [Self.manyAtOnce]
    let broken = Set(lines.flatMap { diagnostics(of: $0.arguments) }.map(\.rule))
    #expect(broken == Set(DiagnosticRule.commandLine))
  }

  private func descriptions(of arguments: [String]) -> [String] {
    diagnostics(of: arguments).map(\.description)
  }

  private func diagnostics(of arguments: [String]) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try CommandLineParser.parse(arguments, program: "hnv", commands: SampleCommands.all)
      return []
    } catch {
      return error.all
    }
  }
}
