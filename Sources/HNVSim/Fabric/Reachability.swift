public import HNVCore

/// Whether one packet arrives and is answered and, where it is not, the trace that says why.
public struct Reachability: Sendable {
  /// What was asked.
  public let question: Question
  /// How the packet ended.
  public let disposition: Disposition
  /// How its first answer ended; `nil` when none was sent.
  public let replyDisposition: Disposition?
  /// The forwarding machines that the packet passed, in order.
  public let through: [String]
  /// How and where the packet, or else an answer to it, was dropped; `nil` when neither was.
  public let loss: Trace.Loss?
  /// The trace of a packet that is not reachable; `nil` where it is, or no explanation was asked
  /// for.
  public let explanation: Trace?

  /// Whether the packet arrived and, where an answer was due, the answer did as well.
  public var isReachable: Bool { loss == nil }
}

extension Reachability: CustomStringConvertible {
  /// The verdict and, where there is an explanation, the step that decided and the fix.
  public var description: String {
    if let explanation { return explanation.rendered(.outcome) }
    let ends = "\(question.from) -> \(question.to)"
    guard let loss else { return "\(disposition)  \(ends)" }
    let what = loss.subject == .packet ? "" : "\(loss.subject.rawValue) "
    return "\(loss.disposition)  \(ends): \(what)dropped at \(loss.element)"
  }
}

extension Fabric {
  /// Whether a packet arrives and is answered.
  ///
  /// Unless `explaining` is false, a packet that is not reachable is sent once more with its steps
  /// recorded, for the verdict's `explanation`.
  ///
  /// - Throws: everything that is wrong with the question.
  public func reach(
    _ question: Question, explaining: Bool = true
  ) throws(Diagnostics) -> Reachability {
    let testPacket = try question.testPacket(in: checked.intent)
    let simulation = run(keepingSteps: false)
    let number = simulation.send(testPacket)
    simulation.run()
    let journal = simulation.journal
    let verdict = journal.verdict(of: number)
    return Reachability(
      question: question, disposition: journal.disposition(of: number),
      replyDisposition: journal.branches(of: verdict.arriving, .reply, .error).first.map {
        journal.disposition(of: $0)
      },
      through: journal.machines(passedBy: verdict.arriving).map {
        simulation.intent.machines[$0].name
      },
      loss: Trace.Loss(verdict, of: journal, in: simulation.intent),
      explanation: explaining && verdict.loss != nil ? try trace(question) : nil)
  }

  /// Whether one element reaches another with an ICMP echo request.
  ///
  /// - Throws: everything that is wrong with the names.
  public func reach(from: String, to: String) throws(Diagnostics) -> Reachability {
    try reach(Question(from: from, to: to))
  }

  /// A question for every machine to every other machine and every outside network.
  ///
  /// Pairs without an address family in common are left out, unless just that pair is asked for.
  ///
  /// - Throws: what is wrong with the names.
  public func pairs(from: String? = nil, to: String? = nil) throws(Diagnostics) -> [Question] {
    if let from, let to {
      let question = Question(from: from, to: to)
      _ = try question.testPacket(in: network.intent)
      return [question]
    }
    if let from, !senders.contains(from) { throw unknown(from, "sender") }
    if let to, !senders.contains(to), (try? IPAddress(parsing: to)) == nil {
      throw unknown(to, "destination")
    }
    var questions: [Question] = []
    for sender in from.map({ [$0] }) ?? network.intent.machines.map(\.name) {
      for receiver in to.map({ [$0] }) ?? senders where receiver != sender {
        let question = Question(from: sender, to: receiver)
        if (try? question.testPacket(in: network.intent)) != nil { questions.append(question) }
      }
    }
    return questions
  }

  private func unknown(_ name: String, _ role: String) -> Diagnostics {
    Diagnostics([.unknownMachine(name, role, among: senders)])
  }

  /// What the lab expects of a packet in its initial state; `nil` where it expects nothing.
  public func expectation(for question: Question) -> ExpectedOutcome? {
    expected(for: question)?.outcome
  }

  /// Whether a verdict is what the lab expects, or reachable where it expects nothing.
  public func isAsExpected(_ reachability: Reachability) -> Bool {
    guard let expected = expected(for: reachability.question) else {
      return reachability.isReachable
    }
    let isOnWay = expected.through.map { $0 == reachability.through } ?? true
    return isOnWay
      && expected.outcome.holds(
        for: reachability.disposition, failure: reachability.loss?.disposition)
  }

  private func expected(
    for question: Question
  ) -> (outcome: ExpectedOutcome, through: [String]?)? {
    for expectation in timeline.expectations {
      guard case .packet(question, at: nil, let outcome, let through) = expectation.claim
      else { continue }
      return (outcome, through)
    }
    return nil
  }
}
