import Testing

@testable import hnv

struct TerminalTests {
  /// What a program can know of its output, and whether it should be in colour.
  struct Surroundings {
    let isTerminal: Bool
    let noColor: String?
    let term: String?
    let isColoured: Bool
  }

  @Test(arguments: [
    Surroundings(isTerminal: true, noColor: nil, term: "xterm-256color", isColoured: true),
    Surroundings(isTerminal: true, noColor: nil, term: nil, isColoured: true),
    Surroundings(isTerminal: true, noColor: "", term: "xterm", isColoured: true),
    Surroundings(isTerminal: true, noColor: "1", term: "xterm", isColoured: false),
    Surroundings(isTerminal: true, noColor: "0", term: "xterm", isColoured: false),
    Surroundings(isTerminal: true, noColor: "false", term: "xterm", isColoured: false),
    Surroundings(isTerminal: true, noColor: nil, term: "dumb", isColoured: false),
    Surroundings(isTerminal: false, noColor: nil, term: "xterm", isColoured: false),
    Surroundings(isTerminal: false, noColor: "1", term: "dumb", isColoured: false),
  ])
  func `colour is for terminals that can and people who want it`(surroundings: Surroundings) {
    let style = Style(
      isTerminal: surroundings.isTerminal, noColor: surroundings.noColor, term: surroundings.term)
    #expect(style.isColoured == surroundings.isColoured)
    #expect(style == (surroundings.isColoured ? .coloured : .plain))
  }

  static let roles: [Style.Role] = [.heading, .name, .success, .warning, .error, .aside]

  @Test(arguments: roles)
  func `without colour text stays as it is`(role: Style.Role) {
    #expect(Style.plain(role, "text") == "text")
  }

  @Test(arguments: roles)
  func `with colour it is set off, ended, and as wide as before`(role: Style.Role) {
    let text = Style.coloured(role, "télé")
    #expect(text.hasPrefix("\u{1B}[") && text.hasSuffix("mtélé\u{1B}[0m"))
    #expect(Style.visibleWidth(of: "a " + text + "m") == 7)
    #expect(Style.coloured(role, "") == "")
  }

  @Test func `errors, warnings and successes look different`() {
    let looks = [Style.Role.error, .warning, .success].map { Style.coloured($0, "x") }
    #expect(Set(looks).count == 3)
    #expect(looks[0] == "\u{1B}[1;31mx\u{1B}[0m")
  }

  @Test func `a left column that is too long has a line of its own`() {
    #expect(
      TextLayout.row("--a-very-long-name VALUE", "one two three", at: 12, width: 20) == """
          --a-very-long-name VALUE
                    one two
                    three
        """)
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
}
