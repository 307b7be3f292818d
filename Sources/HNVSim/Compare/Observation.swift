public import HNVCore

/// What an observer at both ends, and one on the underlay, see of a packet.
public struct Observation: Hashable, Sendable {
  /// How the packet ended.
  public let disposition: Disposition
  /// How it, or else an answer to it, was lost; `nil` when neither was.
  public let failure: Disposition?
  /// The element at which that happened.
  public let lostAt: String?
  /// The packet as it arrived; `nil` when it did not.
  public let arrival: Arrival?
  /// The forwarding machines that it passed, in order.
  public let through: [String]
  /// Every element that it passed, sender and receiver included, in order.
  public let elements: [String]
  /// How often it went from one host to another over the underlay.
  public let crossings: Int
  /// The most bytes that the underlay carried for it beside its own; `nil` where nobody has
  /// published what the model's tunnels add.
  public let overhead: Int?
  /// How many better ways its sender was told of.
  public let redirects: Int

  /// A packet at its receiver.
  public struct Arrival: Hashable, Sendable {
    /// Its TTL.
    public let timeToLive: UInt8
    /// What it had lost of its TTL.
    public let spent: Int
    /// The MAC address that its frame came from.
    public let sourceMAC: MACAddress
    /// The MAC address that its frame was for.
    public let destinationMAC: MACAddress
    /// What had happened to both on the way.
    public let macAddresses: Claims.MACTreatment
    /// The address that it came from.
    public let source: IPAddress
    /// The address that it was for.
    public let destination: IPAddress
  }
}

extension Fabric {
  /// Sends a packet into the network's initial state and observes it.
  ///
  /// - Throws: everything that is wrong with the question.
  public func observe(_ question: Question) throws(Diagnostics) -> Observation {
    let probe = try question.probe(in: network.intent)
    let simulation = Simulation(network, keepingSteps: false)
    var crossings: [Crossing] = []
    simulation.tap = { passage in
      guard case .uplink(let host) = passage.cable, passage.sender == .host(host),
        let packet = passage.frame.packet
      else { return }
      crossings.append(Crossing(journey: passage.journey, byteCount: packet.byteCount))
    }
    let number = simulation.send(probe)
    simulation.run()
    return Observation(number, of: simulation.journal, crossings, in: network)
  }

  /// A packet that a host put on the underlay.
  fileprivate struct Crossing {
    let journey: Int
    let byteCount: Int
  }
}

extension Observation {
  fileprivate init(
    _ number: Int, of journal: Journal, _ crossings: [Fabric.Crossing],
    in network: any ModelNetwork
  ) {
    let intent = network.intent
    let journey = journal.journeys[number]
    let way = journal.wayOfArrival(of: number)
    let own = crossings.filter { way.contains($0.journey) }
    disposition = journey.ending?.disposition ?? .gaveUp
    failure = journal.failure(of: number)
    lostAt = journal.lastElement(ofFailureOf: number).map { intent.name($0) }
    let end = way.last.flatMap { journal.journeys[$0].delivered }
    arrival = end.flatMap { end in journey.sent.flatMap { Arrival(sent: $0.frame, end.frame) } }
    through = (way.last.map { journal.journeys[$0].passed } ?? []).map { intent.machines[$0].name }
    elements = journal.elements(along: way).map { intent.name($0) }
    self.crossings = own.count
    let size = journey.sent?.frame.packet?.byteCount ?? 0
    let isPublished = network.claims.encapsulation.value.overhead != nil
    overhead = isPublished ? own.map { max(0, $0.byteCount - size) }.max() ?? 0 : nil
    redirects = journal.branches(of: number, [.redirect]).count
  }
}

extension Observation.Arrival {
  fileprivate init?(sent: EthernetFrame, _ delivered: EthernetFrame) {
    guard let before = sent.packet, let packet = delivered.packet else { return nil }
    timeToLive = packet.timeToLive
    spent = Int(before.timeToLive) - Int(packet.timeToLive)
    sourceMAC = delivered.source
    destinationMAC = delivered.destination
    macAddresses =
      delivered.source != sent.source
      ? .bothRewritten : delivered.destination != sent.destination ? .destinationRewritten : .kept
    source = packet.source
    destination = packet.destination
  }
}

extension Journal {
  /// The elements that a packet passed on a way; a copy begins where the packet was.
  fileprivate func elements(along way: [Int]) -> [ElementID] {
    way.enumerated().flatMap { position, number in
      journeys[number].hops.map(\.element).dropFirst(position == 0 ? 0 : 1)
    }
  }

  /// Where a packet, or else an answer to it, was lost; `nil` when neither was.
  fileprivate func lastElement(ofFailureOf number: Int) -> ElementID? {
    guard failure(of: number) != nil else { return nil }
    let disposition = journeys[number].ending?.disposition ?? .gaveUp
    guard disposition.isSuccess else { return lastElement(of: number) }
    let answers = branches(of: number, [.reply, .error, .copy])
    return answers.lazy.compactMap(lastElement(ofFailureOf:)).first ?? lastElement(of: number)
  }

  private func lastElement(of number: Int) -> ElementID? {
    journeys[number].ending?.element ?? journeys[number].hops.last?.element
  }
}
