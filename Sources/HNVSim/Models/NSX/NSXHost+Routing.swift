import HNVCore

/// The distributed router at work: on the sender's host, and nowhere else.
extension NSXHost {
  /// A packet that the router was asked to forward.
  struct Errand {
    let frame: EthernetFrame
    let packet: IPPacket
    let sender: Adapter

    /// The subnet that the packet came from.
    var subnet: Int { sender.subnet }
  }

  /// Routes a frame that a machine addressed to the router.
  func route(_ frame: EthernetFrame, from adapter: Adapter, in world: inout World) {
    guard let packet = frame.packet, !packet.isNeighborDiscovery else {
      return hear(frame, from: adapter, in: &world)
    }
    let router = network.router(of: adapter.subnet)
    let errand = Errand(frame: frame, packet: packet, sender: adapter)
    guard !router.has(packet.destination) else { return answer(errand, in: &world) }
    guard packet.timeToLive > 1 || network.settings.timeToLive == .kept else {
      world.drop(
        .timeToLiveExceeded, NSXRouterFact.timeToLiveExpired(network, from: errand.subnet), frame)
      return report(.timeToLive, about: errand, in: &world)
    }
    guard let hop = router.nextHop(to: packet.destination) else {
      world.drop(.noRoute, NSXRouterFact.noRoute(network, from: errand.subnet), frame)
      return report(.network, about: errand, in: &world)
    }
    world.note(NSXRouterFact.routed(network, from: errand.subnet), frame)
    resolve(hop, for: errand, in: &world)
  }

  /// Finds the MAC address of the next hop, and sends the packet there.
  private func resolve(
    _ hop: DistributedLogicalRouter.NextHop, for errand: Errand, in world: inout World
  ) {
    if network.settings.routerNeighbors == .asked, hop.address.family == .v4 {
      return ask(for: hop.address, in: hop.subnet, for: errand, &world)
    }
    guard let receiver = known(hop.address, in: hop.subnet, &world) else {
      return fail(errand, .unknown(network, from: errand.subnet), in: &world)
    }
    let mac = receiver.macAddress
    world.note(NSXNextHopFact.told(network, from: errand.subnet, mac), errand.frame)
    finish(errand, to: mac, in: hop.subnet, &world)
  }

  /// Rewrites the frame for its next hop, and switches it in the segment there.
  func finish(
    _ errand: Errand, to mac: MACAddress, in subnet: Int, _ world: inout World
  ) {
    let timeToLive = network.settings.timeToLive
    let routed = errand.frame.rewritten(
      source: DistributedLogicalRouter.macAddress, destination: mac,
      decrementing: timeToLive == .decremented)
    if world.keepsSteps, routed != errand.frame {
      world.note(NSXRouterFact.rewritten(timeToLive), routed, before: errand.frame)
    }
    forward(routed, in: subnet, in: &world)
  }

  /// The next hop was not found.
  func fail(_ errand: Errand, _ fact: NSXNextHopFact, in world: inout World) {
    world.drop(.neighborUnreachable, fact, errand.frame)
    report(.host, about: errand, in: &world)
  }

  /// What is for the router itself: it answers pings, and nothing else listens there.
  private func answer(_ errand: Errand, in world: inout World) {
    guard errand.packet.transport.echoReply != nil else {
      world.drop(
        .gatewayAddress, NSXRouterFact.nothingListens(network, from: errand.subnet), errand.frame)
      return
    }
    segment.ports.answerEcho(
      errand.frame, from: DistributedLogicalRouter.macAddress, by: errand.sender.cable,
      NSXRouterFact.replies(network, from: errand.subnet), in: &world)
  }

  /// Tells the sender in the name of the logical interface that the packet came by.
  private func report(
    _ complaint: ICMPComplaint, about errand: Errand, in world: inout World
  ) {
    let router = network.router(of: errand.subnet)
    guard let own = router.address(in: errand.subnet, errand.packet.source.family)
    else { return }
    segment.ports.report(
      complaint, about: errand.frame, from: own, DistributedLogicalRouter.macAddress,
      by: errand.sender.cable, in: &world)
  }
}
