import HNVCore

/// The JSON of a trace. Scripts rely on its keys; those that may be missing are `null`.
extension Trace: Encodable {
  private enum Key: String, CodingKey {
    case disposition, outcome, sender, packet, time, sent, delivered, through, resolution, hops
    case lostAt, fix, reply, furtherReplies, copies, redirects
  }

  /// Writes the trace, its replies included.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(disposition.rawValue, forKey: .disposition)
    try object.encode(disposition.class.rawValue, forKey: .outcome)
    try object.encode(sender, forKey: .sender)
    try object.encode(packet.text, forKey: .packet)
    try object.encode(time.nanoseconds, forKey: .time)
    try object.encode(sent, forKey: .sent)
    try object.encode(delivered, forKey: .delivered)
    try object.encode(through, forKey: .through)
    try object.encode(resolution, forKey: .resolution)
    try object.encode(hops, forKey: .hops)
    let decision = disposition.isSuccess ? nil : self.decision
    try object.encode(disposition.isSuccess ? nil : loss?.element, forKey: .lostAt)
    try object.encode(decision?.step.fix, forKey: .fix)
    try object.encode(reply, forKey: .reply)
    if replies.count > 1 {
      try object.encode(Array(replies.dropFirst()), forKey: .furtherReplies)
    }
    if !copies.isEmpty { try object.encode(copies, forKey: .copies) }
    if !redirects.isEmpty { try object.encode(redirects, forKey: .redirects) }
  }
}

extension Trace.End: Encodable {
  private enum Key: String, CodingKey {
    case machine, sourceMAC, destinationMAC, timeToLive, source, destination
  }

  /// Writes the packet's headers; the frame itself is for Swift.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(machine, forKey: .machine)
    try object.encode("\(sourceMAC)", forKey: .sourceMAC)
    try object.encode("\(destinationMAC)", forKey: .destinationMAC)
    try object.encode(timeToLive, forKey: .timeToLive)
    try object.encode("\(source)", forKey: .source)
    try object.encode("\(destination)", forKey: .destination)
  }
}

extension Trace.Hop: Encodable {
  private enum Key: String, CodingKey { case element, time, steps }

  /// Writes the element, the time in nanoseconds and the steps.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(element, forKey: .element)
    try object.encode(time.nanoseconds, forKey: .time)
    try object.encode(steps, forKey: .steps)
  }
}

extension Trace.Resolution: Encodable {
  private enum Key: String, CodingKey {
    case machine, target, method, answer, answeredBy, hops
  }

  /// Writes question and answer; `answer` is `null` when nobody answered.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(machine, forKey: .machine)
    try object.encode("\(target)", forKey: .target)
    try object.encode(method, forKey: .method)
    try object.encode(answer.map { "\($0)" }, forKey: .answer)
    try object.encode(answeredBy, forKey: .answeredBy)
    try object.encode(hops, forKey: .hops)
  }
}
