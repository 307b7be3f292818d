import HNVCore

/// A host prepared for NSX: a distributed switch with the distributed firewall at its ports, and
/// the distributed router behind it.
final class NSXHost: Box {
  let network: NSXNetwork
  let segment: SegmentSwitch
  /// What the router on this host knows of its neighbours, where it asks for them itself.
  var neighbors = RouterNeighbors()

  var name: String { network.intent.hosts[segment.host].name }

  init(_ host: Int, _ network: NSXNetwork) {
    self.network = network
    segment = SegmentSwitch(
      host, in: network.intent, network.segments, network.adapters, filters: network.filters)
  }

  func halt(in context: Context) {
    forgetNeighbors(in: context)
    segment.ports.halt(in: context)
  }

  func timeout(_ timer: Timer, in context: Context) {
    if case .other(let number) = timer { return missNeighbor(number, in: context) }
    segment.ports.timeout(timer, in: context)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    if let adapter = network.adapters.adapter(on: cable) {
      send(frame, from: adapter, in: context)
    } else {
      // The router has its interfaces on every host, with a machine beside them or without.
      let arrival = segment.receive(
        frame, orWhere: { network.router(of: $0).isIn($0) }, in: context)
      if let arrival { take(arrival, in: context) }
    }
  }

  /// Takes a frame from a machine on this host: the firewall first, then switch or router.
  private func send(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    guard isGenuine(frame, from: adapter, in: context),
      segment.passes(frame, .outbound, at: adapter, in: context),
      !answers(frame, from: adapter, in: context)
    else { return }
    if frame.destination == DistributedLogicalRouter.macAddress {
      route(frame, from: adapter, in: context)
    } else {
      forward(frame, in: adapter.subnet, from: adapter, in: context)
    }
  }

  private func isGenuine(
    _ frame: EthernetFrame, from adapter: Adapter, in context: Context
  ) -> Bool {
    guard frame.source != adapter.macAddress, network.settings.forgedTransmits == .rejected
    else { return true }
    context.drop(.spoofedMAC, NSXSwitchFact.forged(adapter: adapter.macAddress), frame)
    return false
  }

  /// Answers a question for the router's address with the MAC address that all hosts share, and one
  /// for a machine that the controllers know with the machine's own.
  private func answers(
    _ frame: EthernetFrame, from adapter: Adapter, in context: Context
  ) -> Bool {
    guard let address = frame.askedAddress else { return false }
    if network.router(of: adapter.subnet).has(address, in: adapter.subnet) {
      segment.ports.answer(
        NeighborAnswer(target: address, macAddress: DistributedLogicalRouter.macAddress),
        to: frame, by: adapter.cable, NSXSwitchFact.answeredForRouter, in: context)
      return true
    }
    guard network.settings.arpSuppression == .on, frame.destination.isMulticast,
      let target = known(address, in: adapter.subnet, context)
    else { return false }
    segment.ports.answer(
      NeighborAnswer(target: address, macAddress: target.macAddress), to: frame,
      by: adapter.cable, NSXSwitchFact.answeredForMachine, in: context)
    return true
  }

  /// The adapter in a subnet that has an address, as the controllers know it of machines that run.
  func known(_ address: IPAddress, in subnet: Int, _ context: Context) -> Adapter? {
    let adapter = network.adapters.adapter(at: address, inNetwork: network.network(of: subnet))
    guard let adapter, adapter.subnet == subnet,
      context.wiring.isRunning(.machine(adapter.machine))
    else { return nil }
    return adapter
  }

  /// Sends a frame to whoever has its destination MAC address in a subnet; `sender` gets no copy of
  /// what is for many.
  func forward(
    _ frame: EthernetFrame, in subnet: Int, from sender: Adapter? = nil, in context: Context
  ) {
    guard let owner = owner(of: frame, in: subnet) else {
      let receivers = receivers(of: frame, in: subnet, but: sender, in: context)
      segment.replicate(
        frame, in: subnet, to: receivers, reason(frame), setting: network.settings.replication,
        in: context)
      return
    }
    let host = context.wiring.host(of: owner.machine)
    guard host != segment.host else { return segment.deliver(frame, to: owner, in: context) }
    context.note(NSXSwitchFact.located(host: host, network.segments.vni(of: subnet)), frame)
    segment.tunnel(frame, in: subnet, to: host, in: context)
  }

  /// Takes a frame that came by a tunnel: by now it is in its destination's segment, and only
  /// switched.
  private func take(_ arrival: SegmentSwitch.Arrival, in context: Context) {
    let (frame, subnet) = (arrival.frame, arrival.subnet)
    if takesQuestion(arrival, in: context) || takesAnswer(arrival, in: context) { return }
    if let owner = owner(of: frame, in: subnet) {
      guard segment.ports.has(owner, in: context) else {
        return segment.turnAway(frame, subnet, in: context)
      }
      return segment.deliver(frame, to: owner, in: context)
    }
    let receivers = receivers(of: arrival, in: context)
    guard receivers.count > 0 || frame.destination.isMulticast else {
      return segment.turnAway(frame, subnet, in: context)
    }
    segment.replicate(
      frame, in: subnet, to: receivers, reason(frame), setting: network.settings.replication,
      in: context)
  }

  func owner(of frame: EthernetFrame, in subnet: Int) -> Adapter? {
    frame.destination.isMulticast
      ? nil : network.adapters.adapter(with: frame.destination, in: subnet)
  }

  private func reason(_ frame: EthernetFrame) -> ReplicationFact.Reason {
    frame.destination.isMulticast ? .group : .noPort
  }
}
