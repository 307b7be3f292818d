import HNVCore
import HNVSim

extension Command {
  static let replay = Command(
    name: "replay",
    summary: "send the frames of a capture from a machine's port",
    discussion: """
      Sends the frames of a pcapng or pcap file as if the machine sent them, at their times in \
      the capture, and shows what becomes of each. They are sent unchanged: a frame with another \
      source than the machine's is subject to source checks. The machine receives and answers \
      what comes back, as it does any packet.

      With several interfaces, the one named like the port is used, unless --interface names \
      another. Frames that the capture marks as inbound are listed and not \
      sent, so that what hnv capture wrote can be replayed as it is.
      """,
    examples: [
      Example(
        commandLine: "hnv replay Labs/undelivered-record.json5 b-to-x.pcapng --at B",
        shows: "replay a capture in another network")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "every frame that was sent arrived, and any reply to it too"),
      ExitStatus(code: 1, meaning: "a frame or a reply was dropped, or a frame was unreadable"),
      ExitStatus(code: 2, meaning: "wrong usage, a file was refused, or a limit was reached"),
    ]
  ) { arguments in
    let lab = arguments.lab()
    let path = arguments.positional("CAPTURE", "the capture, in pcapng or pcap, of Ethernet frames")
    let model = arguments.model()
    let port = arguments.requiredText(
      "at", "PORT",
      "the machine that sends, or one of its adapters (GW/2 for the second of several)")
    let interface = arguments.text(
      "interface", "NAME", "the capture's interface; by its number, from 0, where it has no name")
    let format = arguments.format()
    return { program throws(Diagnostics) in
      let replay = try program.result(as: format) { () throws(Diagnostics) in
        try Fabric(contentsOf: lab, under: model).replay(
          CaptureFile(contentsOf: path), interface: interface, at: port)
      }
      switch format {
      case .text:
        program.write(
          (replay.frames.map(program.lines) + [program.count(replay)]).joined(separator: "\n"))
      case .json: program.write(replay.json)
      }
      for trace in replay.frames.compactMap(\.trace) { _ = try program.status(of: trace) }
      return replay.frames.allSatisfy(\.isGood) ? 0 : 1
    }
  }
}

extension Program {
  fileprivate func lines(of frame: Replay.Frame) -> String {
    let number = TextLayout.padded("\(frame.number)", to: 4)
    var lines = ["\(number)  \(style(.aside, "\(frame.time)"))  \(frame.summary.printable)"]
    switch frame.result {
    case .received: lines.append(style(.aside, "received there, so not sent"))
    case .unreadable(let diagnostic):
      lines.append("\(style(.error, "unreadable")): \(diagnostic.explanation)")
      lines.append("fix: \(diagnostic.fix)")
    case .sent(let trace): lines += decision(of: trace)
    }
    if let answer = frame.lostAnswer {
      lines += [
        "the reply: \(answer.packet.text), \(answer.sender) -> \(answer.packet.destination)"
      ]
      lines += decision(of: answer)
    }
    return lines.joined(separator: "\n      ")
  }

  /// How a packet ended, where, and by which step.
  private func decision(of trace: Trace) -> [String] {
    let role: Style.Role = trace.disposition.isSuccess ? .success : .error
    let ending = style(role, trace.disposition.rawValue)
    guard let decision = trace.decision else { return [ending] }
    let line = "\(ending) at \(decision.element): \(decision.step.detail)"
    guard !trace.disposition.isSuccess, let fix = decision.step.fix else { return [line] }
    return [line, "fix: \(fix)"]
  }

  fileprivate func count(_ replay: Replay) -> String {
    let sent = replay.frames.compactMap(\.trace)
    let bad = replay.frames.count { !$0.isGood }
    let received = replay.frames.count { $0.result == .received }
    return "\n\(replay.frames.count.counted("frame")) at \(replay.port): \(sent.count) sent, "
      + (received > 0 ? "\(received) received, " : "")
      + (bad == 0 ? style(.success, "none dropped") : style(.error, "\(bad) dropped or unreadable"))
  }
}
