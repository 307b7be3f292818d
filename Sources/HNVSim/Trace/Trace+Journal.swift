import HNVCore

extension RunLog {
  /// The hops of a packet, in order.
  func hops(of journey: Int) -> [Trace.Hop] {
    journal.hops(of: journey).map { Trace.Hop(log: self, journey: journey, number: $0) }
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
  init?(_ end: Journey.End, of log: RunLog) {
    let row = log.journal.packets[end.packet]
    guard row.isIP else { return nil }
    machine = log.intent.name(end.element)
    sourceMAC = row.sourceMAC
    destinationMAC = row.destinationMAC
    timeToLive = row.timeToLive
    source = row.source
    destination = row.destination
    frame = log.journal.packets.frame(end.packet)
  }
}

extension Trace.Resolution {
  init(_ number: Int, of log: RunLog) {
    // The log lends its journal and its lab: a copy would count a reference for every part.
    let (answer, way) = log.journal.answer(toQuestion: number)
    let asker = log.journal.sender(of: number)
    machine = log.intent.name(asker)
    target = log.journal.addresses(of: number).destination
    method = target.family == .v4 ? "ARP" : "ND"
    let answering = answer.map { log.journal.wayOfArrival(of: $0) } ?? []
    let arrival = answering.last.flatMap { log.journal.journeys[$0].delivered }
    self.answer = arrival.map { log.journal.packets[$0.packet].sourceMAC }
    let answerer = arrival == nil ? nil : answering.first.map { log.journal.sender(of: $0) }
    answeredBy = answerer.map { log.intent.name($0) }
    isProxied =
      if case .machine = asker, case .host = answerer { true } else { false }
    hops = (way + answering).flatMap { log.hops(of: $0) }
  }
}

extension Journal {
  /// The answer to a request for a neighbor, and the request with the copies by which it reached
  /// whoever answered.
  fileprivate func answer(toQuestion number: Int) -> (answer: Int?, way: [Int]) {
    let target = addresses(of: number).destination
    // An answer comes from the address that was asked for; on its way a request may cause others,
    // when hosts resolve one another's addresses.
    let answer = branches(of: number, .resolution).first {
      addresses(of: $0).source == target
    }
    if let answer {
      return (answer, [number])
    }
    for copy in branches(of: number, .copy) {
      let (answer, way) = self.answer(toQuestion: copy)
      if let answer { return (answer, [number] + way) }
    }
    return (nil, [number])
  }
}
