import HNVCore

extension LabRun: Encodable {
  /// Encodes the diagnostics, what happened, and what was expected.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "lab": name, "model": model, "asExpected": isAsExpected, "refused": isRefused,
      "diagnostics": diagnostics.map { DiagnosticDocument($0) }, "timeline": events,
      "streams": streams, "expectations": results, "others": others,
    ])
  }
}

extension LabRun.ExpectationResult: Encodable {
  /// Encodes the expectation, what came of it, and the trace of its packet.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "expected": text, "actual": actual, "passed": passed, "file": place.file,
      "line": place.line, "trace": trace,
    ])
  }
}

extension StreamReport: Encodable {
  /// Encodes how many packets were sent and lost, and where.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "text": text, "start": begun, "sent": sent, "lost": lost, "losses": losses,
      "outages": outages,
    ])
  }
}

extension StreamReport.Outage: Encodable {
  /// Encodes from when to when nothing arrived; `end` and `duration` are `null` where the stream
  /// ended before anything arrived again.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "first": first, "last": last, "count": count, "end": end, "duration": duration,
    ])
  }
}

extension ExperimentEvent: Encodable {
  /// Encodes what happened; `trace` is `null` for what is not a packet.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject(["time": time, "text": text, "trace": trace])
  }
}

extension Reachability: Encodable {
  /// Encodes the verdict; `replyDisposition` is `null` when no answer was sent.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "from": question.from, "to": question.to, "reachable": isReachable,
      "disposition": disposition, "replyDisposition": replyDisposition, "through": through,
    ])
  }
}
