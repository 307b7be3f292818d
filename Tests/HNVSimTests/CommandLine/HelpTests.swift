import Testing

@testable import hnv

struct HelpTests {
  static let page = """
    usage: hnv send LAB --from MACHINE --to ADDRESS [--ttl N] [--detail LEVEL]
                    [--drop-on HOST]... [--seed N] [--tags TAG,...] [--json]

    Sends one packet through the network of LAB and follows it from machine to
    machine, so that what happens to it can be understood and not only seen.

    A second paragraph is kept apart from the first.

    Arguments:
      LAB             the lab file

    Options:
      --from MACHINE  the machine that sends (required)
      --to ADDRESS    the address that it sends to (required)
      --ttl N         the packet's TTL (a number from 1 to 255; default: 64)
      --detail LEVEL  how much to say (outcome, path or everything; default: path)
      --drop-on HOST  a host that loses every packet (may be repeated)
      --seed N        what chance begins with (a number from 1 to
                      18446744073709551615)
      --tags TAG,...  some colours (red, green and blue)
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
    hnv simulates virtual networks: Hyper-V Network Virtualization and seven other
    designs. It sends packets through a network, and shows what happens and why.

    usage: hnv COMMAND [ARGUMENT...] [OPTION...]

    Commands:
      send     send one packet and say what became of it
      inspect  say what is wrong with lab files
      list     list the labs that ship with the program
      help     explain the program, or one of its commands
      version  print the version

    Exit statuses:
      0  success
      1  the check failed
      2  wrong usage, or a file was refused

    Environment:
      NO_COLOR  when set and not empty, output has no colour

    Run 'hnv COMMAND --help' for details.
    """

  @Test(arguments: [[], ["help"], ["--help"], ["-h"]])
  func `the overview is shown`(arguments: [String]) {
    #expect(help(arguments) == Self.overview)
  }

  @Test(arguments: [
    "send --help", "send -h", "help send", "--help send", "-h send",
    "send --help --from A --from --nonsense", "send a b c --ttl 999 -h", "help send -- ",
  ])
  func `a command's page is shown, whatever is wrong beside`(line: String) {
    #expect(help(line.split(separator: " ").map(String.init)) == Self.page)
  }

  @Test func `sections without anything in them are left out`() {
    #expect(
      help(["help", "version"]) == """
        usage: hnv version

        Prints the program's name and version on one line.

        Options:
          -h, --help  show this page

        Exit statuses:
          0  success
          2  wrong usage, or a file was refused
        """)
  }

  @Test(arguments: SampleCommands.all)
  func `colour changes nothing but colour`(command: Command) {
    let coloured = help([command.name, "--help"], style: .coloured)
    let plain = help([command.name, "--help"])
    #expect(coloured != plain)
    #expect(withoutEscapes(coloured) == plain)
  }

  private func help(_ arguments: [String], style: Style = .plain) -> String {
    let session = Session(arguments, commands: SampleCommands.all, style: style)
    #expect(session.status == 0 && session.complaints == "")
    return String(session.output.dropLast())
  }

  private func withoutEscapes(_ text: String) -> String {
    let parts = text.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(String(parts[0])) { text, part in
      text + part.drop { $0 != "m" }.dropFirst()
    }
  }
}
