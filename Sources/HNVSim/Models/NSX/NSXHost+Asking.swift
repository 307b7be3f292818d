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
  func ask(for address: IPAddress, in subnet: Int, for errand: Errand) {
    let key = RouterNeighbors.Key(subnet: subnet, address: address)
    if let mac = neighbors.macAddress(of: key, at: errand.context.now) {
      errand.context.note(
        NSXNextHopFact.cached(network, from: errand.subnet, mac), errand.frame)
      return finish(errand, to: mac, in: subnet)
    }
    guard let number = neighbors.wait(errand, for: key) else { return }
    ask(number, key, in: errand.context)
  }

  private func ask(_ number: Int, _ key: RouterNeighbors.Key, in context: Context) {
    guard let source = network.router(of: key.subnet).address(in: key.subnet, .v4),
      case .v4(let own) = source, case .v4(let target) = key.address
    else { return }
    let asking = context.begin(
      .resolution,
      of: PacketSummary(
        source: source, destination: key.address, text: "ARP request for \(key.address)"))
    let frame = Self.question(
      for: target, from: own, DistributedLogicalRouter.macAddress)
    asking.note(NSXQuestionFact.asked(target), frame)
    asking.sent(frame)
    context.wake(after: Station.retransmitTime, .other(number))
    let mac = privateMAC(of: segment.host)
    segment.replicate(
      frame, in: key.subnet, to: receivers(of: frame, in: key.subnet, but: nil, in: asking),
      .group, setting: network.settings.replication,
      elsewhere: Self.question(for: target, from: own, mac), in: asking)
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
  func missNeighbor(_ number: Int, in context: Context) {
    guard let question = neighbors.questions[number], let first = question.waiting.first
    else { return }
    guard question.attempt < Station.attempts else {
      neighbors.questions[number] = nil
      for waiting in question.waiting {
        fail(waiting.errand(in: context), .unanswered(network, from: waiting.sender.subnet))
      }
      return
    }
    neighbors.questions[number]?.attempt += 1
    ask(number, question.key, in: context.resuming(first.journey))
  }

  /// What waits for a neighbour is lost with the host.
  func forgetNeighbors(in context: Context) {
    for number in neighbors.questions.keys.sorted() {
      for waiting in neighbors.questions[number]?.waiting ?? [] {
        context.resuming(waiting.journey).drop(
          .elementDown, NSXQuestionFact.stopped, waiting.frame)
      }
    }
    neighbors = RouterNeighbors()
  }

  /// Receives a frame of a machine to the router: an ARP reply goes to the host that asked.
  func hear(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    guard case .arp(let message) = frame.payload, message.operation == .reply else {
      context.finish(.absorbed, NSXQuestionFact.ignored, frame)
      return
    }
    let address = message.senderAddress
    let key = RouterNeighbors.Key(subnet: adapter.subnet, address: .v4(address))
    let askers = (neighbors.askers.removeValue(forKey: key) ?? []).sorted()
    guard let asker = askers.first else {
      return learn(address, in: adapter.subnet, frame, in: context)
    }
    var answer = frame
    answer.destination = privateMAC(of: asker)
    context.note(NSXQuestionFact.returned(to: asker), answer, before: frame)
    segment.tunnel(answer, in: adapter.subnet, to: asker, in: context)
  }

  private func learn(
    _ address: IPv4Address, in subnet: Int, _ frame: EthernetFrame, in context: Context
  ) {
    let mac = frame.source
    context.note(NSXQuestionFact.learned(address, mac), frame)
    context.accept(frame, .accepted)
    let waiting = neighbors.learn(
      mac, of: RouterNeighbors.Key(subnet: subnet, address: .v4(address)),
      until: context.now + Station.reachableTime)
    for errand in waiting.map({ $0.errand(in: context) }) {
      errand.context.note(
        NSXNextHopFact.replied(network, from: errand.subnet, mac), errand.frame)
      finish(errand, to: mac, in: subnet)
    }
  }

  /// Takes the question of another host's router, which comes from an address that this host's has
  /// as well: it repeats the request to the machines on this host only.
  func takesQuestion(_ arrival: SegmentSwitch.Arrival, in context: Context) -> Bool {
    guard case .arp(let message) = arrival.frame.payload, message.operation == .request,
      let asker = host(with: arrival.frame.source),
      network.router(of: arrival.subnet).has(.v4(message.senderAddress), in: arrival.subnet)
    else { return false }
    let key = RouterNeighbors.Key(subnet: arrival.subnet, address: .v4(message.targetAddress))
    neighbors.askers[key, default: []].insert(asker)
    let frame = Self.question(
      for: message.targetAddress, from: message.senderAddress,
      DistributedLogicalRouter.macAddress)
    context.note(NSXQuestionFact.repeated, frame, before: arrival.frame)
    segment.replicate(
      frame, in: arrival.subnet, to: receivers(of: arrival, in: context), .group,
      elsewhere: arrival.frame, in: context)
    return true
  }

  /// Takes the answer to a question that this host's router asked elsewhere.
  func takesAnswer(_ arrival: SegmentSwitch.Arrival, in context: Context) -> Bool {
    guard arrival.frame.destination == privateMAC(of: segment.host),
      case .arp(let message) = arrival.frame.payload
    else { return false }
    learn(message.senderAddress, in: arrival.subnet, arrival.frame, in: context)
    return true
  }
}
