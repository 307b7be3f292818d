import HNVCore

/// A host prepared for NSX: a distributed switch with the distributed firewall at its ports, and
/// the distributed router behind it.
struct NSXHost: Element {
  let network: NSXNetwork
  var segment: SegmentSwitch
  /// What the router on this host knows of its neighbours, where it asks for them itself.
  var neighbors = RouterNeighbors()

  init(_ host: Int, _ network: NSXNetwork, _ state: OverlayState) {
    self.network = network
    segment = SegmentSwitch(
      host, in: network.intent, network.segments, network.adapters, state,
      filters: network.filters)
  }

  mutating func halt(in world: inout World) {
    forgetNeighbors(in: &world)
    segment.ports.halt(in: &world)
  }

  mutating func timeout(_ timer: Timer, in world: inout World) {
    if case .other(let number) = timer { return missNeighbor(number, in: &world) }
    segment.ports.timeout(timer, in: &world)
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    if let adapter = network.adapters.adapter(on: cable) {
      send(packet, from: adapter, in: &world)
    } else {
      // The router has its interfaces on every host, with a machine beside them or without.
      let arrival = segment.receive(
        packet, orWhere: { [network] in network.router(of: $0).isIn($0) }, in: &world)
      if let arrival { take(arrival, in: &world) }
    }
  }

  /// Takes a frame from a machine on this host: the firewall first, then switch or router.
  private mutating func send(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    guard isGenuine(packet, from: adapter, in: &world),
      segment.passes(packet, .outbound, at: adapter, in: &world),
      !answers(packet, from: adapter, in: &world)
    else { return }
    if world.packets[packet].destinationMAC == DistributedLogicalRouter.macAddress {
      route(packet, from: adapter, in: &world)
    } else {
      forward(packet, in: adapter.subnet, from: adapter, in: &world)
    }
  }

  private func isGenuine(
    _ packet: PacketID, from adapter: Adapter, in world: inout World
  ) -> Bool {
    guard world.packets[packet].sourceMAC != adapter.macAddress,
      network.settings.forgedTransmits == .rejected
    else { return true }
    world.drop(.spoofedMAC, NSXSwitchFact.forged(adapter: adapter.macAddress), packet)
    return false
  }

  /// Answers a question for the router's address with the MAC address that all hosts share, and one
  /// for a machine that the controllers know with the machine's own.
  private func answers(
    _ packet: PacketID, from adapter: Adapter, in world: inout World
  ) -> Bool {
    let row = world.packets[packet]
    guard let address = row.askedAddress else { return false }
    if network.router(of: adapter.subnet).has(address, in: adapter.subnet) {
      segment.ports.answer(
        NeighborAnswer(target: address, macAddress: DistributedLogicalRouter.macAddress),
        to: packet, by: adapter.cable, NSXSwitchFact.answeredForRouter, in: &world)
      return true
    }
    guard network.settings.arpSuppression == .on, row.destinationMAC.isMulticast,
      let target = known(address, in: adapter.subnet, &world)
    else { return false }
    segment.ports.answer(
      NeighborAnswer(target: address, macAddress: target.macAddress), to: packet,
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
  mutating func forward(
    _ packet: PacketID, in subnet: Int, from sender: Adapter? = nil, in world: inout World
  ) {
    let row = world.packets[packet]
    guard let owner = owner(of: row, in: subnet) else {
      let receivers = receivers(of: packet, in: subnet, but: sender, in: &world)
      segment.replicate(
        packet, in: subnet, to: receivers, reason(row), setting: network.settings.replication,
        in: &world)
      return
    }
    let host = world.wiring.host(of: owner.machine)
    guard host != segment.host else { return segment.deliver(packet, to: owner, in: &world) }
    world.note(NSXSwitchFact.located(host: host, network.segments.vni(of: subnet)), packet)
    segment.tunnel(packet, in: subnet, to: host, in: &world)
  }

  /// Takes a frame that came by a tunnel: by now it is in its destination's segment, and only
  /// switched.
  private mutating func take(_ arrival: SegmentSwitch.Arrival, in world: inout World) {
    if takesQuestion(arrival, in: &world) || takesAnswer(arrival, in: &world) { return }
    let (packet, subnet) = (arrival.packet, arrival.subnet)
    let row = world.packets[packet]
    if let owner = owner(of: row, in: subnet) {
      guard segment.ports.has(owner, in: &world) else {
        return segment.turnAway(packet, subnet, in: &world)
      }
      return segment.deliver(packet, to: owner, in: &world)
    }
    let receivers = receivers(of: arrival, in: &world)
    guard receivers.count > 0 || row.destinationMAC.isMulticast else {
      return segment.turnAway(packet, subnet, in: &world)
    }
    segment.replicate(
      packet, in: subnet, to: receivers, reason(row), setting: network.settings.replication,
      in: &world)
  }

  private func owner(of packet: Packet, in subnet: Int) -> Adapter? {
    packet.destinationMAC.isMulticast
      ? nil : network.adapters.adapter(with: packet.destinationMAC, in: subnet)
  }

  private func reason(_ packet: Packet) -> ReplicationFact.Reason {
    packet.destinationMAC.isMulticast ? .group : .noPort
  }
}
