import HNVCore
import HNVSim

/// What the commands have in common that send one packet.
extension Option {
  /// Who sends what to whom.
  static let packet: [Option] = [
    .text("from", "MACHINE", required: true, "the machine, or outside network, that sends"),
    .text("to", "MACHINE|ADDRESS", required: true, "where the packet goes"),
    .choice(
      "protocol", "PROTOCOL", of: ["icmp", "udp", "tcp"], default: "icmp",
      "an echo request, a datagram, or the SYN of a handshake"),
    .number("source-port", "N", in: 0...65535, "the port it comes from; default: 49152"),
    .number(
      "destination-port", "N", in: 0...65535,
      "the port it goes to; default: 80 for tcp and 53 for udp"),
    .number("ttl", "N", in: 1...255, "the TTL; default: 128"),
    .number("size", "BYTES", in: 0...65507, "the payload; default: 32 for icmp"),
    .flag("fragment", "let the packet be sent in parts where it does not fit"),
  ]
}

extension ExitStatus {
  /// How a command ends that sent one packet.
  static let ofPacket = [
    ExitStatus(code: 0, meaning: "delivered, and answered where an answer is due"),
    ExitStatus(code: 1, meaning: "lost on the way, or on the way back"),
  ]
}

extension Program {
  /// The packet that `Option.packet` describe.
  func question(_ command: ParsedCommand) -> Question {
    var question = Question(
      from: command.text("from") ?? "", to: command.text("to") ?? "",
      ipProtocol: Self.ipProtocol(command.text("protocol")))
    question.sourcePort = command.number("source-port").map { UInt16(clamping: $0) }
    question.destinationPort = command.number("destination-port").map { UInt16(clamping: $0) }
    question.timeToLive = command.number("ttl").map { UInt8(clamping: $0) }
    question.size = command.number("size").map { Int(clamping: $0) }
    question.dontFragment = !command.flag("fragment")
    return question
  }

  static func ipProtocol(_ name: String?) -> IPProtocol {
    switch name {
    case "udp": .udp
    case "tcp": .tcp
    default: .icmp
    }
  }

  /// 0 for delivered and answered, 1 for lost; a limit of ours refuses.
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
