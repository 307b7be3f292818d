@testable import hnv

/// A table with one of everything that a command can take.
enum SampleCommands {
  /// The arguments of `send`.
  struct Sent: Equatable {
    var lab = "L"
    var from = "A"
    var to = "B"
    var ttl: UInt8 = 64
    var detail = Detail.path
    var dropOn: [String] = []
    var seed: UInt64?
    var tags: [String]?
    var json = false

    init() {}

    init(_ arguments: inout Arguments) {
      lab = arguments.positional("LAB", "the lab file")
      from = arguments.requiredText("from", "MACHINE", "the machine that sends")
      to = arguments.requiredText("to", "ADDRESS", "the address that it sends to")
      ttl = arguments.number("ttl", "N", in: 1...255, default: 64, "the packet's TTL")
      detail = arguments.choice(
        "detail", "LEVEL", of: Detail.allCases, default: .path, "how much to say")
      dropOn = arguments.texts("drop-on", "HOST", "a host that loses every packet")
      seed = arguments.number("seed", "N", in: 1 ... .max, "what chance begins with")
      tags = arguments.list("tags", "TAG,...", of: ["red", "green", "blue"], "some colours")
      json = arguments.flag("json", "print JSON")
    }
  }

  enum Detail: String, CaseIterable { case outcome, path, everything }

  static let send = Command(
    name: "send", summary: "send one packet and say what became of it",
    discussion: """
      Sends one packet through the network of LAB and follows it from machine to machine, so that \
      what happens to it can be understood and not only seen.

      A second paragraph is kept apart from the first.
      """,
    examples: [
      Example(
        commandLine: "hnv send Labs/two-sites.json5 --from A --to 10.0.1.7",
        shows: "A reaches its neighbour without a router")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "the packet arrived"),
      ExitStatus(code: 1, meaning: "the packet was dropped"),
    ]
  ) { arguments in
    let sent = Sent(&arguments)
    return { program in
      program.write("\(sent)")
      return 0
    }
  }

  static let inspect = Command(
    name: "inspect", summary: "say what is wrong with lab files", discussion: "Reads every LAB."
  ) { arguments in
    let labs = [
      arguments.positional("FIRST", "a lab file"),
      arguments.optionalPositional("LAB", "another lab file"),
    ]
    let isStrict = arguments.flag("strict", "count warnings as errors")
    return { program in
      program.write("\(labs.compactMap { $0 }) \(isStrict)")
      return 0
    }
  }

  static let list = Command(
    name: "list", summary: "list the labs that ship with the program",
    discussion: "Lists them by name."
  ) { _ in { _ in 0 } }

  static let all = [send, inspect, list]
}
