import HNVCore

extension LabRun: Encodable {
  private enum Key: String, CodingKey {
    case lab, asExpected, refused, faults, timeline, expectations
  }

  /// Writes the run: its faults, what happened, and what was expected.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(name, forKey: .lab)
    try object.encode(isAsExpected, forKey: .asExpected)
    try object.encode(isRefused, forKey: .refused)
    try object.encode(faults.map { FaultDocument($0) }, forKey: .faults)
    try object.encode(occurrences, forKey: .timeline)
    try object.encode(judgements, forKey: .expectations)
  }
}

extension LabRun.Judgement: Encodable {
  private enum Key: String, CodingKey { case expected, actual, held, file, line, trace }

  /// Writes the expectation, what came of it, and the trace of its packet.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(text, forKey: .expected)
    try object.encode(actual, forKey: .actual)
    try object.encode(held, forKey: .held)
    try object.encode(place.file, forKey: .file)
    try object.encode(place.line, forKey: .line)
    try object.encode(trace, forKey: .trace)
  }
}

extension Occurrence: Encodable {
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
