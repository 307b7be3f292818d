import HNVCore
import HNVSim

extension Command {
  static let trace = Command(
    name: "trace",
    summary: "follow one packet and its answer, and say why",
    discussion: """
      Sends one packet into the lab's initial state and tells what every element does with it: \
      what was looked up, what won, what lost and why. The answer is traced as well.

      Where the packet is lost, the last lines say at which element, what came nearest to \
      letting it pass, and what would fix it.
      """,
    positionals: [.lab],
    options: Option.packet + [
      .model,
      .choice(
        "detail", "DETAIL", of: TraceDetail.allCases.map(\.rawValue), default: "path",
        "how much is told"),
      .format,
    ],
    examples: [
      Example(
        commandLine: "hnv trace Labs/complex-routing.json5 --from B --to X",
        shows: "a packet that is routed between two subnets"),
      Example(
        commandLine:
          "hnv trace Labs/complex-routing.json5 --from A --to 8.8.8.8 --detail everything",
        shows: "every table and every entry that lost"),
    ],
    exitStatuses: ExitStatus.ofPacket + [
      ExitStatus(code: 2, meaning: "refused: the command line, the lab, or a limit")
    ])
}

extension Program {
  func trace(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let fabric = try fabric(command)
    let trace = try fabric.trace(question(command))
    if command.text("format") == "json" {
      writeJSON(trace)
    } else {
      let detail = command.text("detail").flatMap(TraceDetail.init(rawValue:)) ?? .path
      write(trace.rendered(detail, paint: paint))
    }
    return try status(of: trace)
  }
}
