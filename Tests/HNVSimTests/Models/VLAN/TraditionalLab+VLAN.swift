import HNVCore
import HNVSim

extension TraditionalLab {
  static func fabric(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    try Fabric(lab(change), under: VLANModel())
  }

  static func question(_ from: String, _ to: String) -> Question {
    Question(from: from, to: to, timeToLive: 64)
  }
}

extension Fabric {
  /// Packets of one experiment, a second apart from the start, with what happens between them.
  func traces(
    _ questions: [Question], _ change: (inout Experiment) throws -> Void = { _ in }
  ) throws -> [Trace] {
    var experiment = Experiment(self)
    try change(&experiment)
    for (number, question) in questions.enumerated() {
      try experiment.send(question, at: .seconds(UInt64(2 * number)))
    }
    return experiment.run().compactMap(\.trace)
  }
}

extension Trace {
  /// The trace, and all that its packet gave rise to.
  var family: [Trace] { [self] + (copies + replies + redirects).flatMap(\.family) }

  /// What an element did with the packet itself, or with the copy that arrived.
  func actions(at element: String) -> [Step.Action] {
    (hops + copies.flatMap(\.hops)).filter { $0.element == element }.flatMap {
      $0.steps.map(\.action)
    }
  }
}
