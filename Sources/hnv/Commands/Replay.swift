import HNVCore
import HNVSim

extension Command {
  static let replay = Command(
    name: "replay",
    summary: "send the frames of a capture from a machine's port",
    discussion: """
      Puts the frames of a pcapng or pcap file on the wire as if the machine sent them, at their \
      times in the capture, and tells what became of each. They go out as they are: one whose \
      source is not the machine's meets whatever checks sources. What comes back to the machine \
      it takes, and answers, as it does any packet.

      Of a capture with several interfaces the one with the port's name is taken, unless \
      --interface names another. Frames of which the capture says that they came in there are \
      told and not sent, so that what hnv capture wrote can be replayed as it is.
      """,
    positionals: [
      .lab,
      Positional(name: "CAPTURE", help: "the capture, in pcapng or pcap, of Ethernet frames"),
    ],
    options: [
      .model,
      .text(
        "at", "PORT", required: true,
        "the machine that sends, or the adapter of it (GW/2 for the second of several)"),
      .text(
        "interface", "NAME",
        "the capture's interface; one without a name is called by its number, from 0"),
      .format,
    ],
    examples: [
      Example(
        commandLine: "hnv replay Labs/undelivered-record.json5 b-to-x.pcapng --at B",
        shows: "what a packet that was captured in one network meets in another")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "every frame that was sent arrived, and any answer to it too"),
      ExitStatus(code: 1, meaning: "a frame, or an answer, was lost, or a frame was unreadable"),
      ExitStatus(code: 2, meaning: "refused: the command line, the lab, the capture, or a limit"),
    ])
}

extension Program {
  func replay(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let fabric = try fabric(command)
    let capture = try CaptureFile(contentsOf: command.positional("CAPTURE") ?? "")
    let replay = try fabric.replay(
      capture, interface: command.text("interface"), at: command.text("at") ?? "")
    if command.text("format") == "json" {
      writeJSON(replay)
    } else {
      let times = VirtualTime.texts(of: replay.frames.map(\.time))
      write(
        (replay.frames.map { lines(of: $0, at: times[$0.time] ?? "") } + [count(replay)])
          .joined(separator: "\n"))
    }
    for trace in replay.frames.compactMap(\.trace) { _ = try status(of: trace) }
    return replay.frames.allSatisfy(\.isGood) ? 0 : 1
  }

  private func lines(of frame: Replay.Frame, at time: String) -> String {
    let number = TextLayout.padded("\(frame.number)", to: 4)
    var lines = ["\(number)  \(style(.aside, time))  \(frame.summary.printable)"]
    switch frame.fate {
    case .received: lines.append(style(.aside, "came in there, and is not sent"))
    case .unreadable(let diagnostic):
      lines.append("\(style(.error, "unreadable")): \(diagnostic.explanation)")
      lines.append("fix  \(diagnostic.fix)")
    case .sent(let trace): lines += decision(of: trace)
    }
    if let answer = frame.lostAnswer {
      lines += ["and then \(answer.packet.text), \(answer.sender) to \(answer.packet.destination)"]
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
    return [line, "fix  \(fix)"]
  }

  private func count(_ replay: Replay) -> String {
    let sent = replay.frames.compactMap(\.trace)
    let bad = replay.frames.count { !$0.isGood }
    let received = replay.frames.count { $0.fate == .received }
    return "\n\(replay.frames.count.counted("frame")) at \(replay.port): \(sent.count) sent, "
      + (received > 0 ? "\(received) not to be sent, " : "")
      + (bad == 0 ? style(.success, "none lost") : style(.error, "\(bad) lost or unreadable"))
  }
}
