import HNVCore
import HNVSim

extension Command {
  static let run = Command(
    name: "run",
    summary: "run a lab's timeline and check its expectations",
    discussion: """
      Runs the lab's timeline on a virtual clock, then prints for every expectation whether it \
      passed or failed; the packet's trace follows one that failed. Expectations for other \
      models are checked under those as well; --model runs the lab under one model alone.

      A lab may expect to be refused: it then names the rules that it breaks.
      """,
    examples: [
      Example(
        commandLine: "hnv run Labs/late-record.json5", shows: "a record that arrives late")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "every expectation passed"),
      ExitStatus(code: 1, meaning: "an expectation failed"),
      ExitStatus(code: 2, meaning: "wrong usage, or the lab has errors, expected ones included"),
    ]
  ) { arguments in
    let lab = arguments.lab()
    let model = arguments.model()
    let format = arguments.format()
    return { program throws(Diagnostics) in
      let lab = try program.result(as: format) { () throws(Diagnostics) in
        try Lab(contentsOf: lab)
      }
      let run = model.map { LabRun(lab, under: $0) } ?? LabRun(lab)
      switch format {
      case .text:
        let parts = ([run] + run.others).map { program.lines(of: $0).joined(separator: "\n") }
        program.write(parts.joined(separator: "\n\n"))
      case .json: program.write(run.json)
      }
      if run.isRefused { throw Diagnostics(run.diagnostics) }
      return run.isAsExpected ? 0 : 1
    }
  }
}

extension Program {
  fileprivate func lines(of run: LabRun) -> [String] {
    let isOther = run.model != HNVModel().name
    let lines = [
      style(.heading, run.name) + (isOther ? style(.aside, "  under \(run.model)") : "")
    ]
    return lines + (run.events.isEmpty ? [] : timeline(of: run)) + results(of: run, isOther)
  }

  private func timeline(of run: LabRun) -> [String] {
    var lines: [String] = []
    let texts = TimeTexts(of: run)
    let width = run.events.map { texts[$0.time].count }.max() ?? 0
    var seen: Set<Int> = []
    for event in run.events {
      let time = TextLayout.padded(texts[event.time], to: width)
      guard let stream = event.stream else {
        let end = event.trace.map { "  \(ending($0))" } ?? ""
        lines.append("  \(time)  \(event.text)\(end)")
        continue
      }
      guard seen.insert(stream).inserted else { continue }
      let packets = run.events.filter { $0.stream == stream }
      lines.append("  \(time)  \(event.text) (stream: \(rate(of: packets, texts)))")
    }
    if !run.streams.isEmpty { lines.append("") }
    return lines + run.streams.flatMap { self.lines(of: $0, texts) } + [""]
  }

  /// The number of packets of a stream and the time between two.
  private func rate(of packets: [ExperimentEvent], _ texts: TimeTexts) -> String {
    let count = packets.count.counted("packet")
    return packets.interval.map { "\(count), every \(texts[$0])" } ?? count
  }

  private func results(of run: LabRun, _ isOther: Bool) -> [String] {
    var lines: [String] = []
    for result in run.results {
      let mark = result.passed ? style(.success, "passed") : style(.error, "failed")
      lines.append("\(mark)  \(result.text)")
      guard !result.passed else { continue }
      lines.append(
        "        \(result.place): "
          + (run.isRefused ? "the lab was refused" : "the result was \(result.actual)"))
      guard let trace = result.trace else { continue }
      lines += trace.rendered(.outcome, paint: paint).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map { "        \($0)" }
    }
    guard !run.results.isEmpty else {
      return run.isRefused ? [] : ["the lab expects nothing\(isOther ? " under \(run.model)" : "")"]
    }
    let failed = run.results.count { !$0.passed }
    return lines + [
      "",
      "\(run.results.count.counted("expectation")): "
        + (failed == 0 ? style(.success, "all passed") : style(.error, "\(failed) failed")),
    ]
  }

  /// How many packets of a stream were dropped and where, and its outages.
  private func lines(of stream: StreamReport, _ texts: TimeTexts) -> [String] {
    let outcome =
      stream.lost == 0
      ? style(.success, "none dropped") : style(.error, "\(stream.lost) dropped")
    return ["  \(stream.text), \(stream.sent.counted("packet")): \(outcome)"]
      + stream.losses.map { loss in
        let times =
          loss.count == 1
          ? "at \(texts[loss.first])" : "\(texts[loss.first]) to \(texts[loss.last])"
        return "    \(loss.count) at \(loss.element)  \(loss.disposition)  sent \(times)"
      }
      + stream.outages.map { outage in
        guard let end = outage.end, let duration = outage.duration else {
          return "    outage from \(texts[outage.first]) to the end"
        }
        return "    outage from \(texts[outage.first]) to \(texts[end]) (\(texts[duration]))"
      }
  }

  private func ending(_ trace: Trace) -> String {
    guard let loss = trace.loss else { return style(.success, trace.disposition.rawValue) }
    let which =
      switch loss.subject {
      case .packet: ""
      case .copy: "one copy dropped: "
      case .answer: "reply dropped: "
      }
    return style(.error, "\(which)\(loss.disposition) at \(loss.element)")
  }
}

/// The times that the report of a run shows, with as many decimals as tell them apart.
private struct TimeTexts {
  private let texts: [VirtualTime: String]

  init(of run: LabRun) {
    var times = Set(run.events.map(\.time))
    for stream in run.streams { times.formUnion(stream.outages.compactMap(\.duration)) }
    let streams = Dictionary(grouping: run.events.filter { $0.stream != nil }, by: \.stream)
    times.formUnion(streams.values.compactMap(\.interval))
    let sorted = times.sorted()
    texts = Dictionary(uniqueKeysWithValues: zip(sorted, VirtualTime.texts(of: sorted)))
  }

  subscript(time: VirtualTime) -> String { texts[time] ?? "\(time)" }
}

extension [ExperimentEvent] {
  /// The time between the first two packets of a stream; `nil` with fewer.
  fileprivate var interval: VirtualTime? {
    guard count > 1 else { return nil }
    return VirtualTime(nanoseconds: self[1].time.nanoseconds - self[0].time.nanoseconds)
  }
}
