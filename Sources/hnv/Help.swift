import HNVSim

extension Command {
  /// Shows the overview, or the page of one command.
  static let help = Command(
    name: "help", summary: "explain the program, or one of its commands",
    discussion: """
      Without a COMMAND this lists all commands. With one it shows what the command does, its \
      arguments and options, and examples; COMMAND --help shows the same page.
      """,
    exitStatuses: [.success, .refusal]
  ) { arguments in
    let topic = arguments.optionalPositional("COMMAND", "the command to explain")
    return { program in program.help(on: topic) }
  }

  /// Prints the version.
  static let version = Command(
    name: "version", summary: "print the version",
    discussion: "Prints the program's name and version on one line.",
    exitStatuses: [.success, .refusal]
  ) { _ in
    { program in
      program.write("hnv \(Program.version)")
      return 0
    }
  }
}

extension Program {
  fileprivate func help(on topic: String?) -> Int32 {
    let page = HelpPage(style: style)
    guard let topic else {
      write(page.overview(of: allCommands))
      return 0
    }
    guard let command = allCommands.first(where: { $0.name == topic }) else {
      let nearest = NearestName.of(topic, among: allCommands.map(\.name))
      return refuse(
        UsageError(
          mistakes: ["unknown command \(topic.visible)" + UsageError.question(nearest)],
          help: "hnv --help"))
    }
    write(page.page(for: command))
    return 0
  }
}

/// The pages that help shows, rendered from the table of commands.
struct HelpPage {
  /// The style of headings and names.
  let style: Style

  /// The page that lists the commands.
  func overview(of commands: [Command]) -> String {
    let sections = [
      TextLayout.paragraphs(
        """
        hnv simulates virtual networks: Hyper-V Network Virtualization and seven other designs. \
        It sends packets through a network, and shows what happens and why.
        """),
      usage("COMMAND", ["[ARGUMENT...]", "[OPTION...]"]),
      section("Commands", commands.map { ($0.name, $0.summary) }),
      exitStatuses(ExitStatus.usual),
      section("Environment", [("NO_COLOR", "when set and not empty, output has no colour")]),
      "Run 'hnv COMMAND --help' for details.",
    ]
    return sections.joined(separator: "\n\n")
  }

  /// The page of one command.
  func page(for command: Command) -> String {
    let options =
      command.requiredFirst.map { ($0.usage, $0.explanation) } + [
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
    let lead = "\(style(.heading, "usage:")) hnv \(command)"
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

extension Command {
  /// The options in the order of help.
  fileprivate var requiredFirst: [Option] {
    options.filter(\.isRequired) + options.filter { !$0.isRequired }
  }

  /// The parts of the usage line, required ones first; none of them is to be broken.
  fileprivate var usage: [String] {
    positionals.map { $0.isRequired ? $0.name : "[\($0.name)]" }
      + requiredFirst.map { option in
        option.isRequired
          ? option.usage : "[\(option.usage)]" + (option.isRepeatable ? "..." : "")
      }
  }
}

extension Positional {
  fileprivate var explanation: String { isRequired ? help : "\(help) (optional)" }
}

extension Option {
  /// The help line, with what else is worth knowing in parentheses.
  fileprivate var explanation: String {
    let values: String? =
      switch value {
      case .none, .text: nil
      case .number(let range): "a number \(range.inWords)"
      case .choice(let choices): choices.listed(with: "or")
      case .list(let choices): choices.listed(with: "and")
      }
    let notes = [
      isRequired ? "required" : nil, values, fallback.map { "default: \($0)" },
      isRepeatable ? "may be repeated" : nil,
    ].compactMap { $0 }
    return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
  }
}
