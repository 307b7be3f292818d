import HNVCore

extension LabRun: Encodable {
  private enum Key: String, CodingKey {
    case lab, model, asExpected, refused, diagnostics, timeline, streams, expectations, others
  }

  /// Writes the run: its diagnostics, what happened, and what was expected.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(name, forKey: .lab)
    try object.encode(model, forKey: .model)
    try object.encode(isAsExpected, forKey: .asExpected)
    try object.encode(isRefused, forKey: .refused)
    try object.encode(diagnostics.map { DiagnosticDocument($0) }, forKey: .diagnostics)
    try object.encode(events, forKey: .timeline)
    try object.encode(streams, forKey: .streams)
    try object.encode(results, forKey: .expectations)
    try object.encode(others, forKey: .others)
  }
}

extension LabRun.ExpectationResult: Encodable {
  private enum Key: String, CodingKey { case expected, actual, passed, file, line, trace }

  /// Writes the expectation, what came of it, and the trace of its packet.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(text, forKey: .expected)
    try object.encode(actual, forKey: .actual)
    try object.encode(passed, forKey: .passed)
    try object.encode(place.file, forKey: .file)
    try object.encode(place.line, forKey: .line)
    try object.encode(trace, forKey: .trace)
  }
}

extension StreamReport: Encodable {
  private enum Key: String, CodingKey { case text, begun, sent, lost, losses, outages }

  /// Writes how many packets were sent and lost, and where; times in nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(text, forKey: .text)
    try object.encode(begun.nanoseconds, forKey: .begun)
    try object.encode(sent, forKey: .sent)
    try object.encode(lost, forKey: .lost)
    try object.encode(losses, forKey: .losses)
    try object.encode(outages, forKey: .outages)
  }
}

extension StreamReport.Loss: Encodable {
  private enum Key: String, CodingKey { case element, disposition, count, first, last }

  /// Writes where and how packets were lost; times in nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(element, forKey: .element)
    try object.encode(disposition.rawValue, forKey: .disposition)
    try object.encode(count, forKey: .count)
    try object.encode(first.nanoseconds, forKey: .first)
    try object.encode(last.nanoseconds, forKey: .last)
  }
}

extension StreamReport.Outage: Encodable {
  private enum Key: String, CodingKey { case first, last, count, end, duration }

  /// Writes from when to when nothing arrived, in nanoseconds; `end` and `duration` are `null` where
  /// the stream ended before anything arrived again.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(first.nanoseconds, forKey: .first)
    try object.encode(last.nanoseconds, forKey: .last)
    try object.encode(count, forKey: .count)
    try object.encode(end?.nanoseconds, forKey: .end)
    try object.encode(duration?.nanoseconds, forKey: .duration)
  }
}

extension ExperimentEvent: Encodable {
  private enum Key: String, CodingKey { case time, text, trace }

  /// Writes what happened; `trace` is `null` for what is no packet.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(time.nanoseconds, forKey: .time)
    try object.encode(text, forKey: .text)
    try object.encode(trace, forKey: .trace)
  }
}

extension Reachability: Encodable {
  private enum Key: String, CodingKey {
    case from, to, reachable, disposition, replyDisposition, through
  }

  /// Writes the verdict; `replyDisposition` is `null` when no answer was sent.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(question.from, forKey: .from)
    try object.encode(question.to, forKey: .to)
    try object.encode(isReachable, forKey: .reachable)
    try object.encode(disposition.rawValue, forKey: .disposition)
    try object.encode(replyDisposition?.rawValue, forKey: .replyDisposition)
    try object.encode(through, forKey: .through)
  }
}
