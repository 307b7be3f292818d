import HNVCore
import Testing

@testable import hnv

@Suite struct HelpPageTests {
  static let page = """
    usage: hnv send LAB --from MACHINE --to ADDRESS [--ttl N] [--detail LEVEL]
                    [--drop-on HOST]... [--seed N] [--json]

    Sends one packet through the network of LAB and follows it from machine to
    machine, so that what happens to it can be understood and not only seen.

    A second paragraph is kept apart from the first.

    Arguments:
      LAB             the lab file

    Options:
      --from MACHINE  the machine that sends (required)
      --to ADDRESS    the address that it sends to (required)
      --ttl N         the packet's TTL (a number from 1 to 255; default 64)
      --detail LEVEL  how much to say (outcome, path or everything; default path)
      --drop-on HOST  a host that loses every packet (may be repeated)
      --seed N        what chance begins with (a number from 1 up)
      --json          print JSON
      -h, --help      show this page

    Examples:
      hnv send Labs/two-sites.json5 --from A --to 10.0.1.7
          A reaches its neighbour without a router

    Exit statuses:
      0  the packet arrived
      1  the packet was dropped
    """

  static let overview = """
    hnv builds a virtual network the way Hyper-V Network Virtualization sees it, or
    as one of seven other kinds, sends packets through it, and says exactly what
    happens and why.

    usage: hnv COMMAND [ARGUMENT...] [OPTION...]

    Commands:
      send     send one packet and say what became of it
      inspect  say what is wrong with lab files
      list     list the labs that ship with the program
      help     explain the program, or one of its commands
      version  say which version this is

    Exit statuses:
      0  the question was answered, and the answer is good
      1  the question was answered, and the answer is bad
      2  the command line, or a file that it names, was refused

    Environment:
      NO_COLOR  when set and not empty, output has no colour

    hnv COMMAND --help teaches more.
    """

  @Test(arguments: [[], ["help"], ["--help"], ["-h"]])
  func `the overview is shown`(arguments: [String]) throws {
    #expect(try help(arguments) == Self.overview)
  }

  @Test(arguments: [
    "send --help", "send -h", "help send", "--help send", "-h send",
    "send --help --from A --from --nonsense", "send a b c --ttl 999 -h", "help send -- ",
  ])
  func `a command's page is shown, whatever is wrong beside`(line: String) throws {
    #expect(try help(line.split(separator: " ").map(String.init)) == Self.page)
  }

  @Test func `sections without anything in them are left out`() throws {
    #expect(
      try help(["help", "version"]) == """
        usage: hnv version

        Prints the program's name and version on one line.

        Options:
          -h, --help  show this page

        Exit statuses:
          0  the question was answered, and the answer is good
          2  the command line, or a file that it names, was refused
        """)
  }

  @Test func `a left column that is too long has a line of its own`() {
    #expect(
      TextLayout.row("--a-very-long-name VALUE", "one two three", at: 12, width: 20) == """
          --a-very-long-name VALUE
                    one two
                    three
        """)
  }

  @Test(arguments: SampleCommands.all)
  func `colour changes nothing but colour`(command: Command) throws {
    let coloured = try #require(try help([command.name, "--help"], style: .coloured))
    let plain = try help([command.name, "--help"])
    #expect(coloured != plain)
    #expect(withoutEscapes(coloured) == plain)
  }

  @Test(arguments: 1...90)
  func `filled lines keep to the width and lose no word`(width: Int) {
    let words = (0..<40).map { String(repeating: "x", count: $0 * 7 % 11 + 1) }
    let text = TextLayout.hanging(words, at: 4, from: 0, width: width)
    #expect(text.split(whereSeparator: \.isWhitespace).map(String.init) == words)
    for line in text.split(separator: "\n") where line.count > width {
      #expect(!line.drop { $0 == " " }.contains(" "), "only a single word may stand out")
    }
  }

  private func help(_ arguments: [String], style: Style = .plain) throws -> String? {
    let invocation = try CommandLineParser.parse(
      arguments, program: "hnv", commands: SampleCommands.all, style: style)
    guard case .help(let text) = invocation else { return nil }
    return text
  }

  private func withoutEscapes(_ text: String) -> String {
    let parts = text.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(String(parts[0])) { text, part in
      text + part.drop { $0 != "m" }.dropFirst()
    }
  }
}
