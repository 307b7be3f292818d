import HNVCore

/// What comes over the fabric (tf-vrouter, `vr_mpls.c` and `vr_vxlan.c`).
extension VRouter {
  /// Takes a tunnel packet, or keeps a part of one until the others have come.
  func take(_ part: IPPacket, _ outer: EthernetFrame, in world: inout World) {
    guard let packet = ports.stack.assemble(part, in: &world) else { return }
    switch packet.transport {
    case .mpls(let header, let payload):
      world.note(VRouterArrivalFact.decapsulated, packet: packet)
      take(payload, behind: header, in: &world)
    case .vxlan(let header, let frame):
      world.note(VRouterArrivalFact.decapsulated, packet: packet)
      take(frame, in: header.virtualSubnetID, &world)
    default:
      world.drop(.notCarried, VRouterArrivalFact.otherEncapsulation, packet: packet)
    }
  }

  /// The label says whose the packet is: it is looked up no more, and its TTL is as it was.
  private func take(_ payload: MPLSPayload, behind header: MPLSHeader, in world: inout World) {
    guard !copiesTimeToLive || header.timeToLive > 1 else {
      world.drop(.timeToLiveExceeded, VRouterArrivalFact.labelExpired(header.label))
      return
    }
    switch (contrail.routing.meaning(of: header.label, in: intent), payload) {
    case (.packet(let receiver), .packet(let packet)):
      let frame = EthernetFrame(
        destination: receiver.macAddress, source: .vRouter, payload: .ip(packet))
      world.note(VRouterArrivalFact.headerReplaced(machine: receiver.machine), frame)
      give(frame, to: receiver, in: &world)
    case (.frame(let receiver), .frame(let frame)): give(frame, to: receiver, in: &world)
    case (.flood(let subnet), .frame(let frame)): spread(frame, in: subnet, &world)
    default: world.drop(.notCarried, VRouterArrivalFact.unknownLabel(header.label))
    }
  }

  private func take(
    _ frame: EthernetFrame, in identifier: VirtualSubnetID, _ world: inout World
  ) {
    guard let subnet = VirtualRouting.subnet(of: identifier, in: intent) else {
      world.drop(.noPolicy, VRouterArrivalFact.unknownNetwork(identifier), frame)
      return
    }
    guard let receiver = directory.adapter(with: frame.destination, in: subnet) else {
      return spread(frame, in: subnet, &world)
    }
    give(frame, to: receiver, in: &world)
  }

  /// Delivers a frame to its interface, if that is on this host.
  private func give(_ frame: EthernetFrame, to receiver: Adapter, in world: inout World) {
    guard ports.has(receiver, in: &world) else {
      world.drop(.noPort, VRouterArrivalFact.movedAway(machine: receiver.machine), frame)
      return
    }
    hand(frame, to: receiver, in: &world)
  }

  /// Delivers a copy to all machines of a subnet on this host.
  private func spread(_ frame: EthernetFrame, in subnet: Int, _ world: inout World) {
    let receivers = directory.adapters(in: subnet).filter { ports.has($0, in: &world) }
    guard !receivers.isEmpty else {
      world.drop(.noReceivers, VRouterFloodFact.noneHere(subnet: subnet), frame)
      return
    }
    let copies = copies(
      receivers.count, of: frame, .spread(subnet: subnet, here: receivers.count), in: &world)
    for (receiver, copy) in zip(receivers, copies) {
      world.following(copy) { hand(frame, to: receiver, in: &$0) }
    }
  }

  /// Begins the copies of a frame; the only one is the frame itself.
  func copies(
    _ count: Int, of frame: EthernetFrame, _ fact: VRouterFloodFact, in world: inout World
  ) -> [JourneyID] {
    guard count > 1 else {
      world.note(fact, frame)
      return [world.journey]
    }
    world.finish(.replicated, fact, frame)
    return (0..<count).map { _ in world.copy() }
  }
}
