public import HNVCore

/// What can be observed of a packet at both of its ends and on the underlay.
public struct Observation: Hashable, Sendable {
  /// How the packet ended.
  public let disposition: Disposition
  /// How and where it, or else an answer to it, was dropped; `nil` when neither was.
  public let loss: Trace.Loss?
  /// The packet as it arrived; `nil` when it did not.
  public let arrival: Arrival?
  /// The forwarding machines that it passed, in order.
  public let through: [String]
  /// Every element that it passed, from sender to receiver.
  public let elements: [String]
  /// The number of times that it crossed the underlay from one host to another.
  public let crossings: Int
  /// The most bytes that encapsulation added to it; `nil` where the overhead of the model's tunnels
  /// is not published.
  public let overhead: Int?
  /// The number of redirects that its sender was sent.
  public let redirects: Int

  /// A packet at its receiver.
  public struct Arrival: Hashable, Sendable {
    /// Its TTL.
    public let timeToLive: UInt8
    /// The number by which its TTL was decremented on the way.
    public let spent: Int
    /// The source MAC address of its frame.
    public let sourceMAC: MACAddress
    /// The destination MAC address of its frame.
    public let destinationMAC: MACAddress
    /// Which of the two were rewritten on the way.
    public let macAddresses: Claims.MACTreatment
    /// Its source address.
    public let source: IPAddress
    /// Its destination address.
    public let destination: IPAddress
  }
}

extension Fabric {
  /// Sends a packet into the network's initial state and observes it.
  ///
  /// - Throws: everything that is wrong with the question.
  public func observe(_ question: Question) throws(Diagnostics) -> Observation {
    let testPacket = try question.testPacket(in: network.intent)
    let simulation = run(keepingSteps: false)
    var crossings: [Crossing] = []
    simulation.world.tap = { frameInTransit in
      guard case .uplink(let host) = frameInTransit.cable, frameInTransit.sender == .host(host),
        let packet = frameInTransit.frame.packet
      else { return }
      crossings.append(Crossing(journey: frameInTransit.journey, byteCount: packet.byteCount))
    }
    let number = simulation.send(testPacket)
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
    let verdict = journal.verdict(of: number)
    let own = crossings.filter { verdict.way.contains($0.journey) }
    disposition = journal.disposition(of: number)
    loss = Trace.Loss(verdict, of: journal, in: intent)
    arrival = journal.journeys[verdict.arriving].delivered.flatMap { end in
      journey.sent.flatMap {
        Arrival(sent: journal.packets[$0.packet], journal.packets[end.packet])
      }
    }
    through = journal.machines(passedBy: verdict.arriving).map { intent.machines[$0].name }
    elements = journal.elements(along: verdict.way).map { intent.name($0) }
    self.crossings = own.count
    let size = journey.sent.map { journal.packets[$0.packet].byteCount } ?? 0
    let isPublished = network.claims.encapsulation.value.overhead != nil
    overhead = isPublished ? own.map { max(0, $0.byteCount - size) }.max() ?? 0 : nil
    redirects = journal.branches(of: number, .redirect).count
  }
}

extension Observation.Arrival {
  fileprivate init?(sent: Packet, _ delivered: Packet) {
    guard sent.isIP, delivered.isIP else { return nil }
    timeToLive = delivered.timeToLive
    spent = Int(sent.timeToLive) - Int(delivered.timeToLive)
    sourceMAC = delivered.sourceMAC
    destinationMAC = delivered.destinationMAC
    macAddresses =
      delivered.sourceMAC != sent.sourceMAC
      ? .bothRewritten
      : delivered.destinationMAC != sent.destinationMAC ? .destinationRewritten : .kept
    source = delivered.source
    destination = delivered.destination
  }
}

extension Journal {
  /// The elements that a packet passed by way of its copies; a copy begins where the packet was.
  fileprivate func elements(along way: [Int]) -> [ElementID] {
    way.enumerated().flatMap { position, number in
      hops(of: number).map { hops[$0].element }.dropFirst(position == 0 ? 0 : 1)
    }
  }
}
