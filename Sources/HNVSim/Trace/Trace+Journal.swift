import HNVCore

/// Builds traces from the packet log of a run.
extension Trace {
  init(_ number: Int, of journal: Journal, in intent: Intent) {
    let journey = journal.journeys[number]
    let verdict = journal.verdict(of: number)
    packet = journey.packet
    sender = intent.name(journey.hops[0].element)
    time = journey.begun
    disposition = journal.disposition(of: number)
    sent = journey.sent.flatMap { End($0, in: intent) }
    delivered = journey.delivered.flatMap { End($0, in: intent) }
    hops = journey.hops.map { Hop($0, in: intent) }
    through = journey.passed.map { intent.machines[$0].name }
    var resolution = journey.waitedFor.map { Resolution($0, of: journal, in: intent) }
    var replies: [Trace] = []
    var copies: [Trace] = []
    var redirects: [Trace] = []
    var branches: [Int: Branch] = [:]
    for index in journey.effects {
      switch journal.journeys[index].purpose {
      case .resolution: resolution.append(Resolution(index, of: journal, in: intent))
      case .reply, .error:
        branches[index] = .reply(replies.count)
        replies.append(Trace(index, of: journal, in: intent))
      case .copy, .fragment:
        branches[index] = .copy(copies.count)
        copies.append(Trace(index, of: journal, in: intent))
      case .redirect: redirects.append(Trace(index, of: journal, in: intent))
      case .request, .announcement: break
      }
    }
    self.resolution = resolution
    self.replies = replies
    self.copies = copies
    self.redirects = redirects
    loss = Loss(verdict, of: journal, in: intent)
    lossBranch = verdict.loss.flatMap { $0.count > 1 ? branches[$0[1]] : nil }
    arrivingCopy =
      if verdict.way.count > 1, case .copy(let index) = branches[verdict.way[1]] { index } else {
        nil
      }
  }
}

extension Trace.Loss {
  /// `nil` where nothing was dropped.
  init?(_ verdict: Verdict, of journal: Journal, in intent: Intent) {
    guard let path = verdict.loss, let last = path.last else { return nil }
    let purposes = path.dropFirst().map { journal.journeys[$0].purpose }
    subject =
      purposes.isEmpty ? .packet : purposes.allSatisfy { $0 == .copy } ? .copy : .answer
    disposition = journal.disposition(of: last)
    element = intent.name(journal.lastElement(of: last))
  }
}

extension Trace.End {
  /// `nil` for a frame that carries no IP packet.
  init?(_ end: Journey.End, in intent: Intent) {
    guard let packet = end.frame.packet else { return nil }
    machine = intent.name(end.element)
    sourceMAC = end.frame.source
    destinationMAC = end.frame.destination
    timeToLive = packet.timeToLive
    source = packet.source
    destination = packet.destination
    frame = end.frame
  }
}

extension Trace.Hop {
  init(_ hop: Journey.Hop, in intent: Intent) {
    element = intent.name(hop.element)
    time = hop.time
    steps = hop.steps
  }
}

extension Trace.Resolution {
  init(_ number: Int, of journal: Journal, in intent: Intent) {
    let question = journal.journeys[number]
    let (answer, way) = journal.answer(toQuestion: number)
    machine = intent.name(question.hops[0].element)
    target = question.packet.destination
    method = target.family == .v4 ? "ARP" : "ND"
    let answering = answer.map { journal.verdict(of: $0).way } ?? []
    let arrival = answering.last.flatMap { journal.journeys[$0].delivered }
    self.answer = arrival.map { $0.frame.source }
    let answerer =
      arrival == nil ? nil : answering.first.map { journal.journeys[$0].hops[0].element }
    answeredBy = answerer.map { intent.name($0) }
    isProxied =
      if case .machine = question.hops[0].element, case .host = answerer { true } else { false }
    hops = (way + answering.map { journal.journeys[$0] }).flatMap(\.hops).map {
      Trace.Hop($0, in: intent)
    }
  }
}

extension Journal {
  /// The answer to a request for a neighbor, and the request with the copies by which it reached
  /// whoever answered.
  fileprivate func answer(toQuestion number: Int) -> (answer: Int?, way: [Journey]) {
    let question = journeys[number]
    // An answer comes from the address that was asked for; on its way a request may cause others,
    // when hosts resolve one another's addresses.
    let answer = branches(of: number, [.resolution]).first {
      journeys[$0].packet.source == question.packet.destination
    }
    if let answer {
      return (answer, [question])
    }
    for copy in branches(of: number, [.copy]) {
      let (answer, way) = self.answer(toQuestion: copy)
      if let answer { return (answer, [question] + way) }
    }
    return (nil, [question])
  }
}
