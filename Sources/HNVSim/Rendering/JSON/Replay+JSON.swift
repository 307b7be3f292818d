import HNVCore

extension Replay: Encodable {
  private enum Key: String, CodingKey { case port, frames }

  /// Writes the port, and what became of each frame.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(port, forKey: .port)
    try object.encode(frames, forKey: .frames)
  }
}

extension Replay.Frame: Encodable {
  private enum Key: String, CodingKey {
    case number, time, frame, outcome, disposition, element, decision, fix, lostAnswer
  }

  /// Writes what became of the frame; `outcome` is that of its trace, `received` or `unreadable`.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(number, forKey: .number)
    try object.encode(time.nanoseconds, forKey: .time)
    try object.encode(summary, forKey: .frame)
    try object.encode(trace?.disposition.rawValue, forKey: .disposition)
    try object.encode(trace?.decision?.element, forKey: .element)
    switch fate {
    case .received:
      try object.encode("received", forKey: .outcome)
      try object.encodeNil(forKey: .decision)
      try object.encodeNil(forKey: .fix)
    case .unreadable(let diagnostic):
      try object.encode("unreadable", forKey: .outcome)
      try object.encode(diagnostic.explanation, forKey: .decision)
      try object.encode(diagnostic.fix, forKey: .fix)
    case .sent(let trace):
      try object.encode(trace.disposition.class.rawValue, forKey: .outcome)
      try object.encode(trace.decision?.step.detail, forKey: .decision)
      try object.encode(trace.decision?.step.fix, forKey: .fix)
    }
    try object.encode(lostAnswer, forKey: .lostAnswer)
  }
}

extension Replay.Frame {
  /// The trace of the answer, or of the copy, that did not arrive though the frame itself did.
  public var lostAnswer: Trace? {
    guard let trace, trace.disposition.isSuccess else { return nil }
    return trace.failure
  }
}
