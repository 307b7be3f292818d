import HNVCore

/// The distributed router asks for its neighbours itself (VMware, NSX 6.4 troubleshooting guide).
///
/// All hosts have the router's addresses and MAC address. A question that leaves a host comes from
/// a MAC address of that host alone (pMAC), to which the answer can find its way back.
extension NSXHost {
  /// The MAC address of the router on one host, where questions leave it: locally administered, and
  /// none that machines derive theirs from.
  private func privateMAC(of host: Int) -> MACAddress {
    MACAddress(bits: Self.firstPrivateMAC + UInt64(host))
  }

  private static let firstPrivateMAC: UInt64 = 0x0250_5650_0001

  /// The host whose router has a MAC address to itself; a proxy may have passed its question on.
  private func host(with mac: MACAddress) -> Int? {
    guard mac.bits >= Self.firstPrivateMAC else { return nil }
    let host = Int(mac.bits - Self.firstPrivateMAC)
    return network.intent.hosts.indices.contains(host) ? host : nil
  }

  /// Sends a packet to a neighbour, now or when it has answered.
  mutating func ask(
    for address: IPAddress, in subnet: Int, for request: PendingRequest, _ world: inout World
  ) {
    let key = RouterNeighbors.Key(subnet: subnet, address: address)
    if let mac = neighbors.macAddress(of: key, at: world.now) {
      world.note(NSXNextHopFact.cached(network, from: request.subnet, mac), request.packet)
      return finish(request, to: mac, in: subnet, &world)
    }
    let waiting = RouterNeighbors.Waiting(request: request, journey: world.journey)
    guard let number = neighbors.wait(waiting, for: key) else { return }
    ask(number, key, in: &world)
  }

  private mutating func ask(_ number: Int, _ key: RouterNeighbors.Key, in world: inout World) {
    guard let own = network.router(of: key.subnet).address(in: key.subnet, .v4),
      let question = world.packets.add(
        questionFor: key.address, from: own, DistributedLogicalRouter.macAddress),
      let elsewhere = world.packets.add(
        questionFor: key.address, from: own, privateMAC(of: segment.host))
    else { return }
    let asking = world.begin(.resolution, of: question)
    world.wake(after: NetworkStack.retransmitTime, .other(number))
    world.following(asking) { world in
      world.note(NSXQuestionFact.asked, question)
      world.sent(question)
      let receivers = receivers(of: question, in: key.subnet, but: nil, in: &world)
      segment.replicate(
        question, in: key.subnet, to: receivers, .group, setting: network.settings.replication,
        elsewhere: elsewhere, in: &world)
    }
  }

  /// Asks again, or gives up.
  mutating func missNeighbor(_ number: Int, in world: inout World) {
    guard let question = neighbors.questions[number], let first = question.waiting.first
    else { return }
    guard question.attempt < NetworkStack.attempts else {
      neighbors.questions[number] = nil
      for waiting in question.waiting {
        let request = waiting.request
        world.following(waiting.journey) {
          fail(request, .unanswered(network, from: request.subnet), in: &$0)
        }
      }
      return
    }
    neighbors.questions[number]?.attempt += 1
    world.following(first.journey) { ask(number, question.key, in: &$0) }
  }

  /// What waits for a neighbour is lost with the host.
  mutating func forgetNeighbors(in world: inout World) {
    for number in neighbors.questions.keys.sorted() {
      for waiting in neighbors.questions[number]?.waiting ?? [] {
        world.following(waiting.journey) {
          $0.drop(.elementDown, NSXQuestionFact.stopped, waiting.request.packet)
        }
      }
    }
    neighbors = RouterNeighbors()
  }

  /// Receives a frame of a machine to the router: an ARP reply goes to the host that asked.
  mutating func hear(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let row = world.packets[packet]
    guard row.isARP, !row.isQuestion else {
      world.finish(.absorbed, NSXQuestionFact.ignored, packet)
      return
    }
    let key = RouterNeighbors.Key(subnet: adapter.subnet, address: row.source)
    let askers = (neighbors.askers.removeValue(forKey: key) ?? []).sorted()
    guard let asker = askers.first else { return learn(packet, in: adapter.subnet, in: &world) }
    let answer = world.packets.rewrite(packet, destination: privateMAC(of: asker))
    world.note(NSXQuestionFact.returned(to: asker), answer, before: packet)
    segment.tunnel(answer, in: adapter.subnet, to: asker, in: &world)
  }

  private mutating func learn(_ answer: PacketID, in subnet: Int, in world: inout World) {
    let row = world.packets[answer]
    let mac = row.sourceMAC
    world.note(NSXQuestionFact.learned, answer)
    world.accept(answer, .accepted)
    let waiting = neighbors.learn(
      mac, of: RouterNeighbors.Key(subnet: subnet, address: row.source),
      until: world.now + NetworkStack.reachableTime)
    for waiting in waiting {
      let request = waiting.request
      world.following(waiting.journey) { world in
        world.note(NSXNextHopFact.replied(network, from: request.subnet, mac), request.packet)
        finish(request, to: mac, in: subnet, &world)
      }
    }
  }

  /// Takes the question of another host's router, which comes from an address that this host's has
  /// as well: it repeats the request to the machines on this host only.
  mutating func takesQuestion(_ arrival: SegmentSwitch.Arrival, in world: inout World) -> Bool {
    let row = world.packets[arrival.packet]
    guard row.isARP, row.isQuestion, let asker = host(with: row.sourceMAC),
      network.router(of: arrival.subnet).has(row.source, in: arrival.subnet),
      let question = world.packets.add(
        questionFor: row.destination, from: row.source, DistributedLogicalRouter.macAddress)
    else { return false }
    let key = RouterNeighbors.Key(subnet: arrival.subnet, address: row.destination)
    neighbors.askers[key, default: []].insert(asker)
    world.note(NSXQuestionFact.repeated, question, before: arrival.packet)
    segment.replicate(
      question, in: arrival.subnet, to: receivers(of: arrival, in: &world), .group,
      elsewhere: arrival.packet, in: &world)
    return true
  }

  /// Takes the answer to a question that this host's router asked elsewhere.
  mutating func takesAnswer(_ arrival: SegmentSwitch.Arrival, in world: inout World) -> Bool {
    let row = world.packets[arrival.packet]
    guard row.isARP, row.destinationMAC == privateMAC(of: segment.host) else { return false }
    learn(arrival.packet, in: arrival.subnet, in: &world)
    return true
  }
}
