public import HNVCore

/// Whether one packet arrives and is answered: a small verdict, whose trace is made on request.
public struct Reachability: Sendable {
  /// What was asked.
  public let question: Question
  /// How the packet ended.
  public let disposition: Disposition
  /// How its answer ended; `nil` when none was sent.
  public let replyDisposition: Disposition?
  /// Whether the packet arrived and, where an answer was due, the answer did as well.
  public var isReachable: Bool { failure == nil }
  /// The forwarding machines that the packet passed, in order.
  public let through: [String]

  /// How the packet, or else an answer to it, was lost; `nil` when neither was.
  let failure: Disposition?

  private let fabric: Fabric

  init(_ question: Question, _ number: Int, of journal: Journal, in fabric: Fabric) {
    let arriving = journal.arriving(number)
    self.question = question
    self.fabric = fabric
    disposition = journal.journeys[number].ending?.disposition ?? .gaveUp
    through = journal.journeys[arriving].passed.map { fabric.network.intent.machines[$0].name }
    replyDisposition = journal.branches(of: arriving, [.reply, .error]).first.map {
      journal.journeys[$0].ending?.disposition ?? .gaveUp
    }
    failure = journal.failure(of: number)
  }

  /// The trace behind the verdict: the same run, with its reasons.
  ///
  /// - Throws: nothing for a verdict that was given; the question has been asked before.
  public func trace() throws(Diagnostics) -> Trace { try fabric.trace(question) }
}

extension Reachability: CustomStringConvertible {
  /// The verdict and, where the packet or its answer was lost, the step that decided and the fix.
  public var description: String {
    guard let trace = try? trace() else { return "\(question.from) to \(question.to)" }
    return trace.rendered(.outcome)
  }
}

extension Journal {
  /// The packets of some purposes that a packet gave rise to.
  func branches(of number: Int, _ purposes: Set<PacketPurpose>) -> [Int] {
    journeys[number].effects.filter { purposes.contains(journeys[$0].purpose) }
  }

  /// How a packet, or else an answer to it, was lost; `nil` when neither was.
  ///
  /// What was sent to many has arrived when one of its copies has found somebody; what then matters
  /// is how the answers of those copies fared.
  func failure(of number: Int) -> Disposition? {
    let disposition = journeys[number].ending?.disposition ?? .gaveUp
    guard disposition.isSuccess else { return disposition }
    let copies = branches(of: number, [.copy])
    guard foundSomebody(number) else {
      let lost = copies.compactMap(failure)
      return lost.first { !$0.isSuccess } ?? lost.first ?? disposition
    }
    let answers = branches(of: number, [.reply, .error])
    return (answers + copies.filter(foundSomebody)).lazy.compactMap(failure).first
  }

  /// The packet and, where it went on as copies, the first that found somebody, or else was
  /// delivered where nothing listens, with those that this one went on as.
  func wayOfArrival(of number: Int) -> [Int] {
    guard journeys[number].ending?.disposition == .replicated else { return [number] }
    let copies = branches(of: number, [.copy])
    let copy =
      copies.first(where: foundSomebody)
      ?? copies.first { journeys[arriving($0)].delivered != nil }
    return [number] + (copy.map(wayOfArrival) ?? [])
  }

  /// The packet itself or, where it went on as copies, the one by which it arrived.
  func arriving(_ number: Int) -> Int { wayOfArrival(of: number).last ?? number }

  private func foundSomebody(_ number: Int) -> Bool {
    switch journeys[number].ending?.disposition {
    case .replicated: branches(of: number, [.copy]).contains(where: foundSomebody)
    case .ignored, nil: false
    case let disposition?: disposition.isSuccess
    }
  }
}

extension Fabric {
  /// Whether a packet arrives and is answered.
  ///
  /// - Throws: everything that is wrong with the question.
  public func reach(_ question: Question) throws(Diagnostics) -> Reachability {
    let probe = try question.probe(in: network.intent)
    let simulation = Simulation(network, keepingSteps: false)
    let number = simulation.send(probe)
    simulation.run()
    return Reachability(question, number, of: simulation.journal, in: self)
  }

  /// Whether one element reaches another with an ICMP echo request.
  ///
  /// - Throws: everything that is wrong with the names.
  public func reach(from: String, to: String) throws(Diagnostics) -> Reachability {
    try reach(Question(from: from, to: to))
  }

  /// The questions of the matrix: every machine to every other and to every outside network.
  ///
  /// Pairs without an address family in common are left out, unless just that pair is asked for.
  ///
  /// - Throws: what is wrong with the names.
  public func pairs(from: String? = nil, to: String? = nil) throws(Diagnostics) -> [Question] {
    if let from, let to {
      let question = Question(from: from, to: to)
      _ = try question.probe(in: network.intent)
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
        if (try? question.probe(in: network.intent)) != nil { questions.append(question) }
      }
    }
    return questions
  }

  private func unknown(_ name: String, _ role: String) -> Diagnostics {
    let nearest = NearestName.of(name, among: senders).map { "did you mean \($0)?" }
    return Diagnostics([
      Diagnostic(
        .unknownName, in: .named(role), value: name, "the lab has no machine \(name)",
        fix: nearest ?? "name one of \(senders.prefix(20).joined(separator: ", "))")
    ])
  }
}
