import HNVCore

extension Replay: JSONWritable {
  /// The port and the frames.
  public static let jsonForm = JSONForm<Replay>(
    "replay", about: "The frames of a capture, sent from a machine's port.",
    [
      .member("port", "The port that they were sent from.") { $0.port },
      .member("frames", "The frames, in the order of the file.") { $0.frames },
    ])
}

extension Replay.Frame: JSONObjectValue {
  /// How the frame ended.
  public static let jsonForm = JSONForm<Replay.Frame>(
    "frame", about: "A frame of the capture, and how it ended.",
    [
      .member("number", "Its number in the file, from 1.") { $0.number },
      .member("time", "When it was sent, in nanoseconds from the first frame on.") { $0.time },
      .member("frame", "What it is, in words.") { $0.summary },
      .member("outcome", "Whether it was sent, and what its disposition means.") { $0.outcome },
      .member("disposition", "How it ended; null where it was not sent.") {
        $0.trace?.disposition
      },
      .member("element", "The element that decided; null where it was not sent.") {
        $0.trace?.decision?.element
      },
      .member("decision", "What that did, or why the frame is unreadable.") { $0.decision },
      .member("fix", "What would let it pass, or make it readable; null for none.") { $0.fix },
      .member("lostAnswer", "The reply, or the copy, that was dropped though the frame arrived.") {
        $0.lostAnswer
      },
    ])

  /// What a frame's result comes to; the last three are the classes of a disposition.
  fileprivate enum Outcome: String, JSONWord, CaseIterable {
    case received, unreadable, success, failure, analysis
  }

  private var outcome: Outcome {
    switch result {
    case .received: .received
    case .unreadable: .unreadable
    case .sent(let trace):
      switch trace.disposition.class {
      case .success: .success
      case .failure: .failure
      case .analysis: .analysis
      }
    }
  }

  private var decision: String? {
    switch result {
    case .received: nil
    case .unreadable(let diagnostic): diagnostic.explanation
    case .sent(let trace): trace.decision?.step.detail
    }
  }

  private var fix: String? {
    switch result {
    case .received: nil
    case .unreadable(let diagnostic): diagnostic.fix
    case .sent(let trace): trace.decision?.step.fix
    }
  }

  /// The trace of the answer, or of the copy, that did not arrive though the frame itself did.
  public var lostAnswer: Trace? {
    guard let trace, trace.disposition.isSuccess else { return nil }
    return trace.failure
  }
}
