@testable import hnv

/// A table with one of everything that a table can hold.
enum SampleCommands {
  static let send = Command(
    name: "send", summary: "send one packet and say what became of it",
    discussion: """
      Sends one packet through the network of LAB and follows it from machine to machine, so that \
      what happens to it can be understood and not only seen.

      A second paragraph is kept apart from the first.
      """,
    positionals: [Positional(name: "LAB", help: "the lab file")],
    options: [
      .text("from", "MACHINE", required: true, "the machine that sends"),
      .text("to", "ADDRESS", required: true, "the address that it sends to"),
      .number("ttl", "N", in: 1...255, default: 64, "the packet's TTL"),
      .choice(
        "detail", "LEVEL", of: ["outcome", "path", "everything"], default: "path",
        "how much to say"),
      .text("drop-on", "HOST", repeatable: true, "a host that loses every packet"),
      .number("seed", "N", in: 1 ... .max, "what chance begins with"),
      .flag("json", "print JSON"),
    ],
    examples: [
      Example(
        commandLine: "hnv send Labs/two-sites.json5 --from A --to 10.0.1.7",
        shows: "A reaches its neighbour without a router")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "the packet arrived"),
      ExitStatus(code: 1, meaning: "the packet was dropped"),
    ])

  static let inspect = Command(
    name: "inspect", summary: "say what is wrong with lab files",
    discussion: "Reads every LAB.",
    positionals: [
      Positional(name: "FIRST", help: "a lab file"),
      Positional(name: "LAB", help: "more lab files", isRequired: false, isRepeatable: true),
    ],
    options: [.flag("strict", "count warnings as errors")])

  static let list = Command(
    name: "list", summary: "list the labs that ship with the program",
    discussion: "Lists them by name.")

  static let all = [send, inspect, list]
}
