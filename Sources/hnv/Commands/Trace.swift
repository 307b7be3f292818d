import HNVCore
import HNVSim

extension Command {
  static let trace = Command(
    name: "trace",
    summary: "trace one packet and its reply, and show why",
    discussion: """
      Sends one packet into the lab's initial state and shows what every element does with it: \
      the tables it looked up, the entry that matched, and why. The reply is traced as well.

      Where the packet is dropped, the last lines show the element, the closest entry and the fix.
      """,
    examples: [
      Example(
        commandLine: "hnv trace Labs/complex-routing.json5 --from B --to X",
        shows: "a packet that is routed between two subnets"),
      Example(
        commandLine:
          "hnv trace Labs/complex-routing.json5 --from A --to 8.8.8.8 --detail everything",
        shows: "every table, and every entry that was not chosen"),
    ],
    exitStatuses: ExitStatus.ofPacket
  ) { arguments in
    let lab = arguments.lab()
    let question = arguments.packet()
    let model = arguments.model()
    let detail = arguments.choice(
      "detail", "DETAIL", of: TraceDetail.allCases, default: .path, "how much to show")
    let format = arguments.format()
    return { program throws(Diagnostics) in
      let trace = try program.result(as: format) { () throws(Diagnostics) in
        try Fabric(contentsOf: lab, under: model).trace(question)
      }
      switch format {
      case .text: program.write(trace.rendered(detail, paint: program.paint))
      case .json: program.write(trace.json)
      }
      return try program.status(of: trace)
    }
  }
}

/// What the commands have in common that send packets.
extension Arguments {
  enum PacketProtocol: String {
    case icmp, udp, tcp

    var ipProtocol: IPProtocol {
      switch self {
      case .icmp: .icmp
      case .udp: .udp
      case .tcp: .tcp
      }
    }
  }

  /// One packet, of which everything can be chosen.
  mutating func packet() -> Question {
    var question = Question(
      from: requiredText("from", "MACHINE", "the machine, or outside network, that sends"),
      to: requiredText("to", "MACHINE|ADDRESS", "the destination"))
    question.ipProtocol =
      choice(
        "protocol", "PROTOCOL", of: [PacketProtocol.icmp, .udp, .tcp], default: .icmp,
        "an echo request, a datagram, or the SYN of a handshake"
      ).ipProtocol
    question.sourcePort = number(
      "source-port", "N", in: 0...65535, or: "49152", "the source port")
    question.destinationPort = number(
      "destination-port", "N", in: 0...65535, or: "80 for tcp and 53 for udp",
      "the destination port")
    question.timeToLive = number("ttl", "N", in: 1...255, or: "128", "the TTL")
    question.size = number(
      "size", "BYTES", in: 0...65507, or: "32 for icmp, else 0", "the payload")
    question.dontFragment = !flag(
      "fragment", "allow fragmentation where the packet exceeds an MTU")
    return question
  }
}

extension ExitStatus {
  /// The statuses of a command that sends one packet.
  static let ofPacket = [
    ExitStatus(code: 0, meaning: "delivered, and so was the reply where one is due"),
    ExitStatus(code: 1, meaning: "the packet or its reply was dropped"),
    ExitStatus(code: 2, meaning: "wrong usage, a file was refused, or a limit was reached"),
  ]
}

extension Program {
  /// The exit status of a command that sent one packet.
  ///
  /// - Throws: A limit of the simulator at which the packet was given up.
  func status(of trace: Trace) throws(Diagnostics) -> Int32 {
    guard let failure = trace.failure else { return 0 }
    guard failure.disposition.class == .analysis else { return 1 }
    let what = failure.decision.map { "\($0.element): \($0.step.detail)" } ?? "a limit"
    throw Diagnostics([
      Diagnostic(
        .limit, in: .named("packet"), value: failure.disposition.rawValue, what,
        fix: failure.decision?.step.fix)
    ])
  }
}
