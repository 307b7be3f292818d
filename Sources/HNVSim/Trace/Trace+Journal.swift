import HNVCore

/// Builds traces from what a run noted.
extension Trace {
  init(_ number: Int, of journal: Journal, in intent: Intent) {
    let journey = journal.journeys[number]
    packet = journey.packet
    sender = intent.name(journey.hops[0].element)
    time = journey.begun
    disposition = journey.ending?.disposition ?? .gaveUp
    sent = journey.sent.flatMap { End($0, in: intent) }
    delivered = journey.delivered.flatMap { End($0, in: intent) }
    hops = journey.hops.map { Hop($0, in: intent) }
    through = journey.passed.map { intent.machines[$0].name }
    var resolution = journey.waitedFor.map { Resolution($0, of: journal, in: intent) }
    var replies: [Trace] = []
    var copies: [Trace] = []
    var redirects: [Trace] = []
    for index in journey.effects {
      switch journal.journeys[index].purpose {
      case .resolution: resolution.append(Resolution(index, of: journal, in: intent))
      case .reply, .error: replies.append(Trace(index, of: journal, in: intent))
      case .copy, .fragment: copies.append(Trace(index, of: journal, in: intent))
      case .redirect: redirects.append(Trace(index, of: journal, in: intent))
      case .request, .announcement: break
      }
    }
    self.resolution = resolution
    self.replies = replies
    self.copies = copies
    self.redirects = redirects
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
    // An answer that was lost on its way back told nobody anything.
    let told = answer.flatMap { journal.arrival(of: $0) }
    self.answer = told.map { $0.frame.source }
    answeredBy =
      told == nil ? nil : answer.map { intent.name(journal.journeys[$0].hops[0].element) }
    let answering = answer.map { journal.wayOfArrival(of: $0) } ?? []
    hops = (way + answering.map { journal.journeys[$0] }).flatMap(\.hops).map {
      Trace.Hop($0, in: intent)
    }
  }
}

extension Journal {
  /// The answer to a question for a neighbour, and the question's way there: itself, and the copies
  /// by which it came to whoever answered.
  fileprivate func answer(toQuestion number: Int) -> (answer: Int?, way: [Journey]) {
    let question = journeys[number]
    // An answer comes from the address that was asked for; on its way a question may give rise to
    // others, when hosts look for one another.
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

  /// A packet as it came to whoever took it, itself or one of its copies; `nil` when nobody did.
  fileprivate func arrival(of number: Int) -> Journey.End? {
    journeys[arriving(number)].delivered
  }
}
