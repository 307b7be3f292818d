import HNVCore

/// A host prepared for NSX: a distributed switch with the distributed firewall at its ports, and
/// the distributed router behind it.
final class NSXHost: FrameBox {
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

  func halt(in world: inout World) {
    forgetNeighbors(in: &world)
    segment.ports.halt(in: &world)
  }

  func timeout(_ timer: Timer, in world: inout World) {
    if case .other(let number) = timer { return missNeighbor(number, in: &world) }
    segment.ports.timeout(timer, in: &world)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    if let adapter = network.adapters.adapter(on: cable) {
      send(frame, from: adapter, in: &world)
    } else {
      // The router has its interfaces on every host, with a machine beside them or without.
      let arrival = segment.receive(
        frame, orWhere: { network.router(of: $0).isIn($0) }, in: &world)
      if let arrival { take(arrival, in: &world) }
    }
  }

  /// Takes a frame from a machine on this host: the firewall first, then switch or router.
  private func send(_ frame: EthernetFrame, from adapter: Adapter, in world: inout World) {
    guard isGenuine(frame, from: adapter, in: &world),
      segment.passes(frame, .outbound, at: adapter, in: &world),
      !answers(frame, from: adapter, in: &world)
    else { return }
    if frame.destination == DistributedLogicalRouter.macAddress {
      route(frame, from: adapter, in: &world)
    } else {
      forward(frame, in: adapter.subnet, from: adapter, in: &world)
    }
  }

  private func isGenuine(
    _ frame: EthernetFrame, from adapter: Adapter, in world: inout World
  ) -> Bool {
    guard frame.source != adapter.macAddress, network.settings.forgedTransmits == .rejected
    else { return true }
    world.drop(.spoofedMAC, NSXSwitchFact.forged(adapter: adapter.macAddress), frame)
    return false
  }

  /// Answers a question for the router's address with the MAC address that all hosts share, and one
  /// for a machine that the controllers know with the machine's own.
  private func answers(
    _ frame: EthernetFrame, from adapter: Adapter, in world: inout World
  ) -> Bool {
    guard let address = frame.askedAddress else { return false }
    if network.router(of: adapter.subnet).has(address, in: adapter.subnet) {
      segment.ports.answer(
        NeighborAnswer(target: address, macAddress: DistributedLogicalRouter.macAddress),
        to: frame, by: adapter.cable, NSXSwitchFact.answeredForRouter, in: &world)
      return true
    }
    guard network.settings.arpSuppression == .on, frame.destination.isMulticast,
      let target = known(address, in: adapter.subnet, &world)
    else { return false }
    segment.ports.answer(
      NeighborAnswer(target: address, macAddress: target.macAddress), to: frame,
      by: adapter.cable, NSXSwitchFact.answeredForMachine, in: &world)
    return true
  }

  /// The adapter in a subnet that has an address, as the controllers know it of machines that run.
  func known(_ address: IPAddress, in subnet: Int, _ world: inout World) -> Adapter? {
    let adapter = network.adapters.adapter(at: address, inNetwork: network.network(of: subnet))
    guard let adapter, adapter.subnet == subnet,
      world.wiring.isRunning(.machine(adapter.machine))
    else { return nil }
    return adapter
  }

  /// Sends a frame to whoever has its destination MAC address in a subnet; `sender` gets no copy of
  /// what is for many.
  func forward(
    _ frame: EthernetFrame, in subnet: Int, from sender: Adapter? = nil, in world: inout World
  ) {
    guard let owner = owner(of: frame, in: subnet) else {
      let receivers = receivers(of: frame, in: subnet, but: sender, in: &world)
      segment.replicate(
        frame, in: subnet, to: receivers, reason(frame), setting: network.settings.replication,
        in: &world)
      return
    }
    let host = world.wiring.host(of: owner.machine)
    guard host != segment.host else { return segment.deliver(frame, to: owner, in: &world) }
    world.note(NSXSwitchFact.located(host: host, network.segments.vni(of: subnet)), frame)
    segment.tunnel(frame, in: subnet, to: host, in: &world)
  }

  /// Takes a frame that came by a tunnel: by now it is in its destination's segment, and only
  /// switched.
  private func take(_ arrival: SegmentSwitch.Arrival, in world: inout World) {
    let (frame, subnet) = (arrival.frame, arrival.subnet)
    if takesQuestion(arrival, in: &world) || takesAnswer(arrival, in: &world) { return }
    if let owner = owner(of: frame, in: subnet) {
      guard segment.ports.has(owner, in: &world) else {
        return segment.turnAway(frame, subnet, in: &world)
      }
      return segment.deliver(frame, to: owner, in: &world)
    }
    let receivers = receivers(of: arrival, in: &world)
    guard receivers.count > 0 || frame.destination.isMulticast else {
      return segment.turnAway(frame, subnet, in: &world)
    }
    segment.replicate(
      frame, in: subnet, to: receivers, reason(frame), setting: network.settings.replication,
      in: &world)
  }

  func owner(of frame: EthernetFrame, in subnet: Int) -> Adapter? {
    frame.destination.isMulticast
      ? nil : network.adapters.adapter(with: frame.destination, in: subnet)
  }

  private func reason(_ frame: EthernetFrame) -> ReplicationFact.Reason {
    frame.destination.isMulticast ? .group : .noPort
  }
}
