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
      letting it pass, and what would mend it.
      """,
    positionals: [.lab],
    options: [
      .text("from", "MACHINE", required: true, "the machine, or outside network, that sends"),
      .text("to", "MACHINE|ADDRESS", required: true, "where the packet goes"),
      .choice(
        "protocol", "PROTOCOL", of: ["icmp", "udp", "tcp"], default: "icmp",
        "an echo request, a datagram, or the SYN of a handshake"),
      .number("source-port", "N", in: 0...65535, "the port it comes from; 49152 unless given"),
      .number(
        "destination-port", "N", in: 0...65535,
        "the port it goes to; 80 for tcp and 53 for udp unless given"),
      .number("ttl", "N", in: 1...255, "the time to live; 128 unless given"),
      .number("size", "BYTES", in: 0...65507, "the payload; 32 for icmp unless given"),
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
    exitStatuses: [
      ExitStatus(code: 0, meaning: "delivered, and answered where an answer is due"),
      ExitStatus(code: 1, meaning: "lost on the way, or on the way back"),
      ExitStatus(code: 2, meaning: "refused: the command line, the lab, or a limit"),
    ])
}

extension Program {
  func trace(_ command: ParsedCommand) throws(Faults) -> Int32 {
    let fabric = try Fabric(try lab(command))
    var question = Question(
      from: command.text("from") ?? "", to: command.text("to") ?? "",
      ipProtocol: Self.ipProtocol(command.text("protocol")))
    question.sourcePort = command.number("source-port").map { UInt16(clamping: $0) }
    question.destinationPort = command.number("destination-port").map { UInt16(clamping: $0) }
    question.timeToLive = command.number("ttl").map { UInt8(clamping: $0) }
    question.size = command.number("size").map { Int(clamping: $0) }
    let trace = try fabric.trace(question)
    if command.text("format") == "json" {
      writeJSON(trace)
    } else {
      let detail = command.text("detail").flatMap(TraceDetail.init(rawValue:)) ?? .path
      write(trace.rendered(detail, paint: paint))
    }
    return try status(of: trace)
  }

  /// 0 for delivered and answered, 1 for lost; a limit of ours refuses.
  private func status(of trace: Trace) throws(Faults) -> Int32 {
    guard let failure = trace.failure else { return 0 }
    guard failure.disposition.class == .analysis else { return 1 }
    let what = failure.decision.map { "\($0.element): \($0.step.detail)" } ?? "a limit"
    throw Faults([
      Fault(
        .limit, in: .named("packet"), value: failure.disposition.rawValue, what,
        mend: failure.decision?.step.mend)
    ])
  }

  private static func ipProtocol(_ name: String?) -> IPProtocol {
    switch name {
    case "udp": .udp
    case "tcp": .tcp
    default: .icmp
    }
  }
}
