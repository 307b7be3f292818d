import HNVCore

/// The distributed router at work: on the sender's host, and nowhere else.
extension NSXHost {
  /// A packet that the router was asked to forward.
  struct PendingRequest {
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
    let request = PendingRequest(packet: packet, sender: adapter)
    guard !router.has(row.destination) else { return answer(request, in: &world) }
    guard row.timeToLive > 1 || network.settings.timeToLive == .kept else {
      world.drop(
        .timeToLiveExceeded, NSXRouterFact.timeToLiveExpired(network, from: request.subnet), packet)
      return report(.timeToLive, about: request, in: &world)
    }
    guard let hop = router.nextHop(to: row.destination) else {
      world.drop(.noRoute, NSXRouterFact.noRoute(network, from: request.subnet), packet)
      return report(.network, about: request, in: &world)
    }
    world.note(NSXRouterFact.routed(network, from: request.subnet), packet)
    resolve(hop, for: request, in: &world)
  }

  /// Finds the MAC address of the next hop, and sends the packet there.
  private mutating func resolve(
    _ hop: DistributedLogicalRouter.NextHop, for request: PendingRequest, in world: inout World
  ) {
    if network.settings.routerNeighbors == .asked, hop.address.family == .v4 {
      return ask(for: hop.address, in: hop.subnet, for: request, &world)
    }
    guard let receiver = known(hop.address, in: hop.subnet, &world) else {
      return fail(request, .unknown(network, from: request.subnet), in: &world)
    }
    let mac = receiver.macAddress
    world.note(NSXNextHopFact.told(network, from: request.subnet, mac), request.packet)
    finish(request, to: mac, in: hop.subnet, &world)
  }

  /// Rewrites the frame for its next hop, and switches it in the segment there.
  mutating func finish(
    _ request: PendingRequest, to mac: MACAddress, in subnet: Int, _ world: inout World
  ) {
    let timeToLive = network.settings.timeToLive
    let routed = world.packets.rewrite(
      request.packet, source: DistributedLogicalRouter.macAddress, destination: mac,
      decrementing: timeToLive == .decremented)
    if world.packets[routed].key != world.packets[request.packet].key {
      world.note(NSXRouterFact.rewritten(timeToLive), routed, before: request.packet)
    }
    forward(routed, in: subnet, in: &world)
  }

  /// The next hop was not found.
  func fail(_ request: PendingRequest, _ fact: NSXNextHopFact, in world: inout World) {
    world.drop(.neighborUnreachable, fact, request.packet)
    report(.host, about: request, in: &world)
  }

  /// What is for the router itself: it answers pings, and nothing else listens there.
  private func answer(_ request: PendingRequest, in world: inout World) {
    guard world.packets[request.packet].isEchoRequest else {
      world.drop(
        .gatewayAddress, NSXRouterFact.nothingListens(network, from: request.subnet), request.packet
      )
      return
    }
    segment.ports.answerEcho(
      request.packet, from: DistributedLogicalRouter.macAddress, by: request.sender.cable,
      NSXRouterFact.replies(network, from: request.subnet), in: &world)
  }

  /// Tells the sender in the name of the logical interface that the packet came by.
  private func report(
    _ complaint: ICMPComplaint, about request: PendingRequest, in world: inout World
  ) {
    let router = network.router(of: request.subnet)
    guard let own = router.address(in: request.subnet, world.packets[request.packet].family)
    else { return }
    segment.ports.report(
      complaint, about: request.packet, from: own, DistributedLogicalRouter.macAddress,
      by: request.sender.cable, in: &world)
  }
}
