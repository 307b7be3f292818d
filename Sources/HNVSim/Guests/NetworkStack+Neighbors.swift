import HNVCore

/// Address resolution: ARP (RFC 826) and neighbour discovery (RFC 4861).
extension NetworkStack {
  /// How long an entry is valid (RFC 4861, section 10, REACHABLE_TIME).
  static let reachableTime = VirtualTime.seconds(30)

  /// How long an answer is awaited, and how often it is asked for (RFC 4861, section 10:
  /// RETRANS_TIMER, MAX_MULTICAST_SOLICIT).
  static let retransmitTime = VirtualTime.seconds(1)
  static let attempts = 3

  /// Sends the packet if the next hop's MAC is known, else asks for it first.
  mutating func resolve(
    _ address: IPAddress, for packet: PacketID, on link: Int,
    from origin: PacketSource = .itself(mayFragment: false), in world: inout World
  ) {
    let own = Waiting(packet: packet, origin: origin, journey: world.journey)
    let key = NeighborKey(link: link, address: address)
    switch neighbors[key] {
    case .reachable(let mac, let until) where until > world.now:
      transmit(packet, to: mac, on: link, .resolved(address, isCached: true), in: &world)
    case .incomplete(let waiting):
      if let first = waiting.first {
        world.wait(for: address, askedBy: first.journey)
      }
      neighbors[key] = .incomplete(waiting + [own])
    case .reachable, nil:
      neighbors[key] = .incomplete([own])
      ask(for: address, on: link, attempt: 1, in: &world)
    }
  }

  private mutating func ask(
    for address: IPAddress, on link: Int, attempt: Int, in world: inout World
  ) {
    guard let source = configuration.source(towards: address, on: link),
      let question = world.packets.add(
        questionFor: address, from: source, links[link].macAddress)
    else { return }
    world.following(world.begin(.resolution, of: question)) { world in
      world.note(NeighborQuestionFact.asked(attempt: attempt, by: configuration), question)
      world.sent(question)
      transmit(question, on: link, in: &world)
    }
    world.wake(
      after: Self.retransmitTime,
      .resolution(interface: link, neighbor: address, attempt: attempt))
  }

  mutating func timeout(_ timer: Timer, in world: inout World) {
    switch timer {
    case .resolution(let link, let neighbor, let attempt):
      miss(NeighborKey(link: link, address: neighbor), attempt: attempt, in: &world)
    case .reassembly(let key, let compartment):
      expire(AssemblyKey(compartment: compartment, part: key), in: &world)
    case .virtualRouter(let number, let round): wake(number, round: round, in: &world)
    case .other: break
    }
  }

  private mutating func miss(_ key: NeighborKey, attempt: Int, in world: inout World) {
    guard case .incomplete(let waiting) = neighbors[key], let first = waiting.first else { return }
    guard attempt >= Self.attempts else {
      world.following(first.journey) {
        ask(for: key.address, on: key.link, attempt: attempt + 1, in: &$0)
      }
      return
    }
    neighbors[key] = nil
    for lost in waiting {
      world.following(lost.journey) { world in
        world.drop(
          isOnUnderlay ? .providerUnreachable : .neighborUnreachable,
          NeighborFact.unanswered(key.address, by: configuration), lost.packet)
        // RFC 1812, section 5.2.7.1, and RFC 4443, section 3.1: whoever forwards says so.
        report(.host, to: lost.origin, in: &world)
      }
    }
  }

  /// A stack that stops drops its neighbour cache, the packets that wait in it, and what it
  /// remembers of translations and tunnels.
  mutating func halt(in world: inout World) {
    let keys = neighbors.keys.sorted { ($0.link, $0.address) < ($1.link, $1.address) }
    for key in keys {
      guard case .incomplete(let waiting) = neighbors[key] else { continue }
      for lost in waiting {
        world.following(lost.journey) {
          $0.drop(.elementDown, NeighborFact.stopped(configuration))
        }
      }
    }
    neighbors = NeighborCache()
    sequences = [:]
    places = [:]
    for number in virtualRouters.indices { virtualRouters[number].halt() }
    for link in translations.keys { translations[link]?.forget() }
    forget(in: &world)
  }

  /// Takes a message of ARP or neighbour discovery.
  mutating func hearNeighbor(_ packet: PacketID, on link: Int, in world: inout World) {
    let row = world.packets[packet]
    let address = row.subjects.destination
    guard row.isQuestion else {
      guard let mac = row.neighborMAC else {
        return world.drop(.notCarried, FrameFact.unknownPayload, packet)
      }
      return learn(address, mac, on: link, packet, in: &world)
    }
    if row.isARP, row.source == row.destination, let mac = row.neighborMAC,
      hear(announced: address, at: mac, on: link, in: &world)
    {
      return
    }
    answer(address, to: packet, on: link, in: &world)
  }

  /// Answers for one of the link's own addresses.
  private mutating func answer(
    _ target: IPAddress, to question: PacketID, on link: Int, in world: inout World
  ) {
    let row = world.packets[question]
    let ownMAC = macAddress(of: target, on: link)
    let mac =
      ownMAC ?? (standsIn(for: target, towards: row, on: link) ? links[link].macAddress : nil)
    let own = mac.map { NeighborAnswer(target: target, macAddress: $0) }
    guard let own, let reply = world.packets.add(own, to: question) else {
      guard !row.destinationMAC.isMulticast else {
        return world.finish(.ignored, NeighborQuestionFact.ignored(by: configuration), question)
      }
      return world.drop(
        .notAddressed, NeighborQuestionFact.refused(by: configuration), question)
    }
    world.note(
      ownMAC.map { NeighborQuestionFact.answered($0) }
        ?? .answeredByProxy(link: link, of: configuration), question)
    world.accept(question, .answered)
    world.following(world.begin(.resolution, of: reply)) { world in
      world.sent(reply)
      transmit(reply, on: link, in: &world)
    }
  }

  /// Learns from a reply, and sends the packets that waited for it.
  private mutating func learn(
    _ address: IPAddress, _ mac: MACAddress, on link: Int, _ reply: PacketID,
    in world: inout World
  ) {
    world.note(NeighborFact.learned(address, mac, by: configuration))
    world.accept(reply, .answered)
    let key = NeighborKey(link: link, address: address)
    let before = neighbors[key]
    neighbors[key] = .reachable(mac, until: world.now + Self.reachableTime)
    guard case .incomplete(let waiting) = before else { return }
    release(waiting, to: address, mac, on: link, in: &world)
  }

  /// Sends the packets that waited for a neighbour's MAC address.
  mutating func release(
    _ waiting: [Waiting], to address: IPAddress, _ mac: MACAddress, on link: Int,
    in world: inout World
  ) {
    for released in waiting {
      world.following(released.journey) {
        transmit(released.packet, to: mac, on: link, .resolved(address, isCached: false), in: &$0)
      }
    }
  }
}
