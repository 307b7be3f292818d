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
  func ask(
    for address: IPAddress, in subnet: Int, for errand: Errand, _ world: inout World
  ) {
    let key = RouterNeighbors.Key(subnet: subnet, address: address)
    if let mac = neighbors.macAddress(of: key, at: world.now) {
      world.note(
        NSXNextHopFact.cached(network, from: errand.subnet, mac), errand.frame)
      return finish(errand, to: mac, in: subnet, &world)
    }
    let waiting = RouterNeighbors.Waiting(errand: errand, journey: world.journey)
    guard let number = neighbors.wait(waiting, for: key) else { return }
    ask(number, key, in: &world)
  }

  private func ask(_ number: Int, _ key: RouterNeighbors.Key, in world: inout World) {
    guard let source = network.router(of: key.subnet).address(in: key.subnet, .v4),
      case .v4(let own) = source, case .v4(let target) = key.address
    else { return }
    let asking = world.begin(
      .resolution,
      of: PacketSummary(
        source: source, destination: key.address, text: "ARP request for \(key.address)"))
    let frame = Self.question(
      for: target, from: own, DistributedLogicalRouter.macAddress)
    world.wake(after: Station.retransmitTime, .other(number))
    let mac = privateMAC(of: segment.host)
    world.following(asking) { world in
      world.note(NSXQuestionFact.asked(target), frame)
      world.sent(frame)
      let receivers = receivers(of: frame, in: key.subnet, but: nil, in: &world)
      segment.replicate(
        frame, in: key.subnet, to: receivers, .group, setting: network.settings.replication,
        elsewhere: Self.question(for: target, from: own, mac), in: &world)
    }
  }

  private static func question(
    for target: IPv4Address, from own: IPv4Address, _ mac: MACAddress
  ) -> EthernetFrame {
    EthernetFrame(
      destination: .broadcast, source: mac,
      payload: .arp(
        ARPMessage(
          operation: .request, senderMAC: mac, senderAddress: own,
          targetMAC: MACAddress(bits: 0), targetAddress: target)))
  }

  /// Asks again, or gives up.
  func missNeighbor(_ number: Int, in world: inout World) {
    guard let question = neighbors.questions[number], let first = question.waiting.first
    else { return }
    guard question.attempt < Station.attempts else {
      neighbors.questions[number] = nil
      for waiting in question.waiting {
        let errand = waiting.errand
        world.following(waiting.journey) {
          fail(errand, .unanswered(network, from: errand.subnet), in: &$0)
        }
      }
      return
    }
    neighbors.questions[number]?.attempt += 1
    world.following(first.journey) { ask(number, question.key, in: &$0) }
  }

  /// What waits for a neighbour is lost with the host.
  func forgetNeighbors(in world: inout World) {
    for number in neighbors.questions.keys.sorted() {
      for waiting in neighbors.questions[number]?.waiting ?? [] {
        world.following(waiting.journey) {
          $0.drop(.elementDown, NSXQuestionFact.stopped, waiting.errand.frame)
        }
      }
    }
    neighbors = RouterNeighbors()
  }

  /// Receives a frame of a machine to the router: an ARP reply goes to the host that asked.
  func hear(_ frame: EthernetFrame, from adapter: Adapter, in world: inout World) {
    guard case .arp(let message) = frame.payload, message.operation == .reply else {
      world.finish(.absorbed, NSXQuestionFact.ignored, frame)
      return
    }
    let address = message.senderAddress
    let key = RouterNeighbors.Key(subnet: adapter.subnet, address: .v4(address))
    let askers = (neighbors.askers.removeValue(forKey: key) ?? []).sorted()
    guard let asker = askers.first else {
      return learn(address, in: adapter.subnet, frame, in: &world)
    }
    var answer = frame
    answer.destination = privateMAC(of: asker)
    world.note(NSXQuestionFact.returned(to: asker), answer, before: frame)
    segment.tunnel(answer, in: adapter.subnet, to: asker, in: &world)
  }

  private func learn(
    _ address: IPv4Address, in subnet: Int, _ frame: EthernetFrame, in world: inout World
  ) {
    let mac = frame.source
    world.note(NSXQuestionFact.learned(address, mac), frame)
    world.accept(frame, .accepted)
    let waiting = neighbors.learn(
      mac, of: RouterNeighbors.Key(subnet: subnet, address: .v4(address)),
      until: world.now + Station.reachableTime)
    for waiting in waiting {
      let errand = waiting.errand
      world.following(waiting.journey) { world in
        world.note(
          NSXNextHopFact.replied(network, from: errand.subnet, mac), errand.frame)
        finish(errand, to: mac, in: subnet, &world)
      }
    }
  }

  /// Takes the question of another host's router, which comes from an address that this host's has
  /// as well: it repeats the request to the machines on this host only.
  func takesQuestion(_ arrival: SegmentSwitch.Arrival, in world: inout World) -> Bool {
    guard case .arp(let message) = arrival.frame.payload, message.operation == .request,
      let asker = host(with: arrival.frame.source),
      network.router(of: arrival.subnet).has(.v4(message.senderAddress), in: arrival.subnet)
    else { return false }
    let key = RouterNeighbors.Key(subnet: arrival.subnet, address: .v4(message.targetAddress))
    neighbors.askers[key, default: []].insert(asker)
    let frame = Self.question(
      for: message.targetAddress, from: message.senderAddress,
      DistributedLogicalRouter.macAddress)
    world.note(NSXQuestionFact.repeated, frame, before: arrival.frame)
    segment.replicate(
      frame, in: arrival.subnet, to: receivers(of: arrival, in: &world), .group,
      elsewhere: arrival.frame, in: &world)
    return true
  }

  /// Takes the answer to a question that this host's router asked elsewhere.
  func takesAnswer(_ arrival: SegmentSwitch.Arrival, in world: inout World) -> Bool {
    guard arrival.frame.destination == privateMAC(of: segment.host),
      case .arp(let message) = arrival.frame.payload
    else { return false }
    learn(message.senderAddress, in: arrival.subnet, arrival.frame, in: &world)
    return true
  }
}
