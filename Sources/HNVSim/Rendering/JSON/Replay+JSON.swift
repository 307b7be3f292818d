import HNVCore

extension Replay.Frame: Encodable {
  /// Encodes what became of the frame; `outcome` is that of its trace, `received` or `unreadable`.
  public func encode(to encoder: any Encoder) throws {
    let (outcome, decision, fix): (String, String?, String?) =
      switch fate {
      case .received: ("received", nil, nil)
      case .unreadable(let diagnostic): ("unreadable", diagnostic.explanation, diagnostic.fix)
      case .sent(let trace):
        (
          trace.disposition.class.rawValue, trace.decision?.step.detail, trace.decision?.step.fix
        )
      }
    try encoder.encodeObject([
      "number": number, "time": time, "frame": summary, "outcome": outcome,
      "disposition": trace?.disposition, "element": trace?.decision?.element,
      "decision": decision, "fix": fix, "lostAnswer": lostAnswer,
    ])
  }

  /// The trace of the answer, or of the copy, that did not arrive though the frame itself did.
  public var lostAnswer: Trace? {
    guard let trace, trace.disposition.isSuccess else { return nil }
    return trace.failure
  }
}
