import HNVCore

/// The distributed router at work: on the sender's host, and nowhere else.
extension NSXHost {
  /// A packet that the router was asked to forward.
  struct Errand {
    let packet: PacketID
    let sender: Adapter

    /// The subnet that the packet came from.
    var subnet: Int { sender.subnet }
  }

  /// Routes a frame that a machine addressed to the router.
  mutating func route(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let row = world.packets[packet]
    guard row.isIP, !row.isNeighborDiscovery else {
      return hear(packet, from: adapter, in: &world)
    }
    let router = network.router(of: adapter.subnet)
    let errand = Errand(packet: packet, sender: adapter)
    guard !router.has(row.destination) else { return answer(errand, in: &world) }
    guard row.timeToLive > 1 || network.settings.timeToLive == .kept else {
      world.drop(
        .timeToLiveExceeded, NSXRouterFact.timeToLiveExpired(network, from: errand.subnet), packet)
      return report(.timeToLive, about: errand, in: &world)
    }
    guard let hop = router.nextHop(to: row.destination) else {
      world.drop(.noRoute, NSXRouterFact.noRoute(network, from: errand.subnet), packet)
      return report(.network, about: errand, in: &world)
    }
    world.note(NSXRouterFact.routed(network, from: errand.subnet), packet)
    resolve(hop, for: errand, in: &world)
  }

  /// Finds the MAC address of the next hop, and sends the packet there.
  private mutating func resolve(
    _ hop: DistributedLogicalRouter.NextHop, for errand: Errand, in world: inout World
  ) {
    if network.settings.routerNeighbors == .asked, hop.address.family == .v4 {
      return ask(for: hop.address, in: hop.subnet, for: errand, &world)
    }
    guard let receiver = known(hop.address, in: hop.subnet, &world) else {
      return fail(errand, .unknown(network, from: errand.subnet), in: &world)
    }
    let mac = receiver.macAddress
    world.note(NSXNextHopFact.told(network, from: errand.subnet, mac), errand.packet)
    finish(errand, to: mac, in: hop.subnet, &world)
  }

  /// Rewrites the frame for its next hop, and switches it in the segment there.
  mutating func finish(
    _ errand: Errand, to mac: MACAddress, in subnet: Int, _ world: inout World
  ) {
    let timeToLive = network.settings.timeToLive
    let routed = world.packets.rewrite(
      errand.packet, source: DistributedLogicalRouter.macAddress, destination: mac,
      decrementing: timeToLive == .decremented)
    if world.packets[routed].key != world.packets[errand.packet].key {
      world.note(NSXRouterFact.rewritten(timeToLive), routed, before: errand.packet)
    }
    forward(routed, in: subnet, in: &world)
  }

  /// The next hop was not found.
  func fail(_ errand: Errand, _ fact: NSXNextHopFact, in world: inout World) {
    world.drop(.neighborUnreachable, fact, errand.packet)
    report(.host, about: errand, in: &world)
  }

  /// What is for the router itself: it answers pings, and nothing else listens there.
  private func answer(_ errand: Errand, in world: inout World) {
    guard world.packets[errand.packet].isEchoRequest else {
      world.drop(
        .gatewayAddress, NSXRouterFact.nothingListens(network, from: errand.subnet), errand.packet)
      return
    }
    segment.ports.answerEcho(
      errand.packet, from: DistributedLogicalRouter.macAddress, by: errand.sender.cable,
      NSXRouterFact.replies(network, from: errand.subnet), in: &world)
  }

  /// Tells the sender in the name of the logical interface that the packet came by.
  private func report(
    _ complaint: ICMPComplaint, about errand: Errand, in world: inout World
  ) {
    let router = network.router(of: errand.subnet)
    guard let own = router.address(in: errand.subnet, world.packets[errand.packet].family)
    else { return }
    segment.ports.report(
      complaint, about: errand.packet, from: own, DistributedLogicalRouter.macAddress,
      by: errand.sender.cable, in: &world)
  }
}
