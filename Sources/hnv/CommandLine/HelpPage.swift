/// The pages that help shows, rendered from the table of commands.
struct HelpPage {
  /// The program's name as it is typed.
  let program: String

  /// How headings and names are set off.
  let style: Style

  /// The page that lists the commands.
  func overview(of commands: [Command]) -> String {
    let sections = [
      TextLayout.paragraphs(
        """
        \(program) builds a virtual network the way Hyper-V Network Virtualization sees it, or as one \
        of seven other kinds, sends packets through it, and says exactly what happens and why.
        """),
      usage("COMMAND", ["[ARGUMENT...]", "[OPTION...]"]),
      section("Commands", commands.map { ($0.name, $0.summary) }),
      exitStatuses(ExitStatus.usual),
      section("Environment", [("NO_COLOR", "when set and not empty, output has no colour")]),
      "\(program) COMMAND --help teaches more.",
    ]
    return sections.joined(separator: "\n\n")
  }

  /// The page of one command.
  func page(for command: Command) -> String {
    let options =
      command.options.map { ($0.usage, $0.explanation) } + [
        ("-h, \(Option.help.spelling)", Option.help.help)
      ]
    let column = leftColumn(command.positionals.map(\.name) + options.map(\.0))
    let sections = [
      usage(command.name, command.usage),
      TextLayout.paragraphs(command.discussion),
      section("Arguments", command.positionals.map { ($0.name, $0.explanation) }, at: column),
      section("Options", options, at: column),
      examples(command.examples),
      exitStatuses(command.exitStatuses),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

extension HelpPage {
  private func usage(_ command: String, _ parts: [String]) -> String {
    let lead = "\(style(.heading, "usage:")) \(program) \(command)"
    guard !parts.isEmpty else { return lead }
    return lead + " " + TextLayout.hanging(parts, at: Style.visibleWidth(of: lead) + 1)
  }

  private func section(
    _ title: String, _ rows: [(left: String, right: String)], at column: Int? = nil
  ) -> String {
    guard !rows.isEmpty else { return "" }
    let column = column ?? leftColumn(rows.map(\.left))
    let lines = rows.map { TextLayout.row(style(.name, $0.left), $0.right, at: column) }
    return heading(title) + lines.joined(separator: "\n")
  }

  private func examples(_ examples: [Example]) -> String {
    guard !examples.isEmpty else { return "" }
    let lines = examples.map { example in
      "  " + style(.name, example.commandLine) + "\n      "
        + TextLayout.hanging(TextLayout.words(of: example.shows), at: 6)
    }
    return heading("Examples") + lines.joined(separator: "\n")
  }

  private func exitStatuses(_ statuses: [ExitStatus]) -> String {
    section("Exit statuses", statuses.map { ("\($0.code)", $0.meaning) })
  }

  private func heading(_ title: String) -> String { style(.heading, title + ":") + "\n" }

  /// Where the right column begins: two beyond the longest on the left, within reason.
  private func leftColumn(_ left: [String]) -> Int {
    min((left.map(\.count).max() ?? 0) + 4, 28)
  }
}
