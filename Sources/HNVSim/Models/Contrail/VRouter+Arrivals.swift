import HNVCore

/// What comes over the fabric (tf-vrouter, `vr_mpls.c` and `vr_vxlan.c`).
extension VRouter {
  /// Takes a tunnel packet, or keeps a part of one until the others have come.
  mutating func take(_ part: PacketID, in world: inout World) {
    guard let outer = ports.stack.assemble(part, in: &world) else { return }
    let row = world.packets[outer]
    switch (row.tunnelHeader, row.inner) {
    case (.mpls(let header, let isFrame), let inner?):
      world.note(VRouterArrivalFact.decapsulated, outer)
      take(inner, behind: header, aroundFrame: isFrame, in: &world)
    case (.vxlan(let header), let inner?):
      world.note(VRouterArrivalFact.decapsulated, outer)
      take(inner, in: header.virtualSubnetID, &world)
    default: world.drop(.notCarried, VRouterArrivalFact.otherEncapsulation, outer)
    }
  }

  /// The label says whose the packet is: it is looked up no more, and its TTL is as it was.
  private mutating func take(
    _ packet: PacketID, behind header: MPLSHeader, aroundFrame isFrame: Bool,
    in world: inout World
  ) {
    guard !copiesTimeToLive || header.timeToLive > 1 else {
      world.drop(.timeToLiveExceeded, VRouterArrivalFact.labelExpired(header.label))
      return
    }
    switch (contrail.routing.meaning(of: header.label, in: intent), isFrame) {
    case (.packet(let receiver), false):
      let frame = world.packets.changing(packet) {
        $0.readdress(from: .vRouter, to: receiver.macAddress)
        $0.tag = nil
      }
      world.note(VRouterArrivalFact.headerReplaced(machine: receiver.machine), frame)
      give(frame, to: receiver, in: &world)
    case (.frame(let receiver), true): give(packet, to: receiver, in: &world)
    case (.flood(let subnet), true): spread(packet, in: subnet, &world)
    default: world.drop(.notCarried, VRouterArrivalFact.unknownLabel(header.label))
    }
  }

  private mutating func take(
    _ packet: PacketID, in identifier: VirtualSubnetID, _ world: inout World
  ) {
    guard let subnet = VirtualRouting.subnet(of: identifier, in: intent) else {
      world.drop(.noPolicy, VRouterArrivalFact.unknownNetwork(identifier), packet)
      return
    }
    let destination = world.packets[packet].destinationMAC
    guard let receiver = directory.adapter(with: destination, in: subnet) else {
      return spread(packet, in: subnet, &world)
    }
    give(packet, to: receiver, in: &world)
  }

  /// Delivers a frame to its interface, if that is on this host.
  private mutating func give(_ packet: PacketID, to receiver: Adapter, in world: inout World) {
    guard ports.has(receiver, in: &world) else {
      world.drop(.noPort, VRouterArrivalFact.movedAway(machine: receiver.machine), packet)
      return
    }
    deliver(packet, to: receiver, in: &world)
  }

  /// Delivers a copy to all machines of a subnet on this host.
  private mutating func spread(_ packet: PacketID, in subnet: Int, _ world: inout World) {
    let receivers = directory.adapters(in: subnet).filter { ports.has($0, in: &world) }
    guard !receivers.isEmpty else {
      world.drop(.noReceivers, VRouterFloodFact.noneHere(subnet: subnet), packet)
      return
    }
    let copies = copies(
      receivers.count, of: packet, .spread(subnet: subnet, here: receivers.count), in: &world)
    for (receiver, copy) in zip(receivers, copies) {
      world.following(copy) { deliver(packet, to: receiver, in: &$0) }
    }
  }

  /// Begins the copies of a frame; the only one is the frame itself.
  func copies(
    _ count: Int, of packet: PacketID, _ fact: VRouterFloodFact, in world: inout World
  ) -> [JourneyID] {
    guard count > 1 else {
      world.note(fact, packet)
      return [world.journey]
    }
    world.finish(.replicated, fact, packet)
    return (0..<count).map { _ in world.copy() }
  }
}
