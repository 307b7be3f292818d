import HNVCore

extension LabRun: JSONObjectValue {
  /// The diagnostics, what happened, and what was expected.
  public static let jsonForm = JSONForm<LabRun>(
    "run", about: "A lab after its timeline has run.",
    [
      .member("lab", "The lab's name.") { $0.name },
      .member("model", "The forwarding model.") { $0.model },
      .member("asExpected", "Whether every expectation passed, and every error was expected.") {
        $0.isAsExpected
      },
      .member("refused", "Whether the lab's errors kept it from running.") { $0.isRefused },
      .member("diagnostics", "What is wrong with the lab.") { $0.diagnostics },
      .member("timeline", "What happened, in order of time.") { $0.events },
      .member("streams", "The streams of packets.") { $0.streams },
      .member("expectations", "The result of each expectation.") { $0.results },
      .member("others", "The runs under other models that the lab has expectations for.") {
        $0.others
      },
    ])
}

extension LabRun.ExpectationResult: JSONObjectValue {
  /// The expectation, its result, and the trace of its packet.
  public static let jsonForm = JSONForm<LabRun.ExpectationResult>(
    "expectation", about: "The result of an expectation.",
    [
      .member("expected", "The expectation in words.") { $0.text },
      .member("actual", "What happened, in words.") { $0.actual },
      .member("passed", "Whether it passed.") { $0.passed },
      .member("file", "The file that states it.") { $0.place.file },
      .member("line", "The line, from 1.") { $0.place.line },
      .member("trace", "The packet's trace; null where no packet was sent.") { $0.trace },
    ])
}

extension ExperimentEvent: JSONObjectValue {
  /// What happened, and when.
  public static let jsonForm = JSONForm<ExperimentEvent>(
    "event", about: "Something that happened on the timeline.",
    [
      .member("time", "When, in nanoseconds of the virtual clock.") { $0.time },
      .member("text", "What, in words.") { $0.text },
      .member("trace", "The packet's trace; null for an event without a packet.") { $0.trace },
    ])
}

extension StreamReport: JSONObjectValue {
  /// How many packets were sent and dropped, and where.
  public static let jsonForm = JSONForm<StreamReport>(
    "stream", about: "Packets that were sent at regular intervals.",
    [
      .member("text", "What was sent, in words.") { $0.text },
      .member("start", "When the first packet was sent, in nanoseconds.") { $0.begun },
      .member("sent", "The number of packets.") { $0.sent },
      .member("lost", "The number of packets that were dropped, or whose reply was.") { $0.lost },
      .member("losses", "Where they were dropped, the element with most losses first.") {
        $0.losses
      },
      .member("outages", "The times in which every packet was dropped.") { $0.outages },
    ])
}

extension StreamReport.Loss: JSONObjectValue {
  /// Where packets were dropped, how many, and when.
  public static let jsonForm = JSONForm<StreamReport.Loss>(
    "loss", about: "Packets with one disposition at one element.",
    [
      .member("element", "The element that dropped them.") { $0.element },
      .member("disposition", "How they ended.") { $0.disposition },
      .member("count", "The number of packets.") { $0.count },
      .member("first", "When the first of them was sent, in nanoseconds.") { $0.first },
      .member("last", "When the last of them was sent, in nanoseconds.") { $0.last },
    ])
}

extension StreamReport.Outage: JSONObjectValue {
  /// From when to when nothing arrived.
  public static let jsonForm = JSONForm<StreamReport.Outage>(
    "outage", about: "A time in which every packet, or its reply, was dropped.",
    [
      .member("first", "When the first dropped packet was sent, in nanoseconds.") { $0.first },
      .member("last", "When the last dropped packet was sent, in nanoseconds.") { $0.last },
      .member("count", "The number of packets.") { $0.count },
      .member("end", "When the next that arrived was sent; null where none did.") { $0.end },
      .member("duration", "The time from first to end; null where there is no end.") {
        $0.duration
      },
    ])
}
