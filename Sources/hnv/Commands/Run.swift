import HNVCore
import HNVSim

extension Command {
  static let run = Command(
    name: "run",
    summary: "run a lab's timeline and judge what it expects",
    discussion: """
      Runs what the lab's timeline says on a virtual clock, then tells of every expectation \
      whether it passed. Of one that did not, the packet's trace follows. What the lab expects \
      under other models is judged under those as well; --model runs it under one alone.

      A lab may expect to be refused: it then names the rules that it breaks.
      """,
    positionals: [.lab], options: [.model, .format],
    examples: [
      Example(
        commandLine: "hnv run Labs/late-record.json5", shows: "a record that arrives late")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "every expectation passed"),
      ExitStatus(code: 1, meaning: "an expectation did not hold"),
      ExitStatus(code: 2, meaning: "the lab has errors, expected ones too; or wrong usage"),
    ])
}

extension Program {
  func run(lab command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let lab = try lab(command)
    let named = command.text("model").flatMap { ForwardingModels.named($0) }
    let run = named.map { LabRun(lab, under: $0) } ?? LabRun(lab)
    if command.text("format") == "json" {
      writeJSON(run)
    } else {
      write(lines(of: run).joined(separator: "\n"))
      for other in run.others {
        write("\n" + lines(of: other).joined(separator: "\n"))
      }
    }
    if run.isRefused { throw Diagnostics(run.diagnostics) }
    return run.isAsExpected ? 0 : 1
  }

  private func lines(of run: LabRun) -> [String] {
    let isOther = run.model != HNVModel().name
    var lines = [style(.heading, run.name) + (isOther ? style(.aside, "  under \(run.model)") : "")]
    if !run.events.isEmpty {
      let times = VirtualTime.texts(of: run.events.map(\.time))
      let width = times.values.map(\.count).max() ?? 0
      var told: Set<Int> = []
      for event in run.events {
        let time = TextLayout.padded(times[event.time] ?? "", to: width)
        guard let stream = event.stream else {
          let end = event.trace.map { "  \(ending($0))" } ?? ""
          lines.append("  \(time)  \(event.text)\(end)")
          continue
        }
        guard told.insert(stream).inserted else { continue }
        lines.append("  \(time)  \(event.text), and again")
      }
      if !run.streams.isEmpty { lines.append("") }
      lines += run.streams.flatMap(self.lines)
      lines.append("")
    }
    for result in run.results {
      let mark = result.passed ? style(.success, "passed") : style(.error, "failed")
      lines.append("\(mark)  \(result.text)")
      guard !result.passed else { continue }
      lines.append(
        "        \(result.place): "
          + (run.isRefused ? "the lab was refused" : "it came out as \(result.actual)"))
      guard let trace = result.trace else { continue }
      lines += trace.rendered(.outcome, paint: paint).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map { "        \($0)" }
    }
    guard !run.results.isEmpty else {
      return run.isRefused
        ? lines : lines + ["the lab expects nothing\(isOther ? " under \(run.model)" : "")"]
    }
    let failed = run.results.count { !$0.passed }
    return lines + [
      "",
      "\(run.results.count.counted("expectation")): "
        + (failed == 0 ? style(.success, "all passed") : style(.error, "\(failed) failed")),
    ]
  }

  /// What became of a stream: how many packets were lost, where, and from when to when.
  private func lines(of stream: StreamReport) -> [String] {
    let outcome =
      stream.lost == 0
      ? style(.success, "none lost") : style(.error, "\(stream.lost) lost")
    return ["  \(stream.text), \(stream.sent.counted("packet")): \(outcome)"]
      + stream.losses.map { loss in
        let texts = VirtualTime.texts(of: [loss.first, loss.last])
        let (first, last) = (texts[loss.first] ?? "", texts[loss.last] ?? "")
        let times = loss.count == 1 ? "at \(first)" : "\(first) to \(last)"
        return "    \(loss.count) at \(loss.element)  \(loss.disposition)  sent \(times)"
      }
      + stream.outages.map { outage in
        guard let end = outage.end, let duration = outage.duration else {
          return "    nothing arrives from \(outage.first) until the end"
        }
        let texts = VirtualTime.texts(of: [outage.first, end])
        return "    nothing arrives from \(texts[outage.first] ?? "") to \(texts[end] ?? ""),"
          + " for \(duration)"
      }
  }

  private func ending(_ trace: Trace) -> String {
    guard let failure = trace.failure else {
      return style(.success, trace.disposition.rawValue)
    }
    let answer =
      switch trace.disposition {
      case .replicated: "a copy "
      default: trace.disposition.isSuccess ? "the answer " : ""
      }
    let place = failure.decision.map { " at \($0.element)" } ?? ""
    return style(.error, "\(answer)\(failure.disposition)\(place)")
  }
}
