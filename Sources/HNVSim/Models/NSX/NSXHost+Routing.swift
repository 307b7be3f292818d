import HNVCore

/// The distributed router at work: on the sender's host, and nowhere else.
extension NSXHost {
  /// A packet that the router was asked to forward.
  struct Errand {
    let frame: EthernetFrame
    let packet: IPPacket
    let sender: Adapter
    let context: Context

    /// The subnet that the packet came from.
    var subnet: Int { sender.subnet }
  }

  /// Routes a frame that a machine addressed to the router.
  func route(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    guard let packet = frame.packet, !packet.isNeighborDiscovery else {
      return hear(frame, from: adapter, in: context)
    }
    let router = network.router(of: adapter.subnet)
    let errand = Errand(frame: frame, packet: packet, sender: adapter, context: context)
    guard !router.has(packet.destination) else { return answer(errand) }
    guard packet.timeToLive > 1 || network.settings.timeToLive == .kept else {
      context.drop(
        .timeToLiveExceeded, NSXRouterFact.timeToLiveExpired(network, from: errand.subnet), frame)
      return report(.timeToLive, about: errand)
    }
    guard let hop = router.nextHop(to: packet.destination) else {
      context.drop(.noRoute, NSXRouterFact.noRoute(network, from: errand.subnet), frame)
      return report(.network, about: errand)
    }
    context.note(NSXRouterFact.routed(network, from: errand.subnet), frame)
    resolve(hop, for: errand)
  }

  /// Finds the MAC address of the next hop, and sends the packet there.
  private func resolve(_ hop: DistributedLogicalRouter.NextHop, for errand: Errand) {
    if network.settings.routerNeighbors == .asked, hop.address.family == .v4 {
      return ask(for: hop.address, in: hop.subnet, for: errand)
    }
    guard let receiver = known(hop.address, in: hop.subnet, errand.context) else {
      return fail(errand, .unknown(network, from: errand.subnet))
    }
    let mac = receiver.macAddress
    errand.context.note(NSXNextHopFact.told(network, from: errand.subnet, mac), errand.frame)
    finish(errand, to: mac, in: hop.subnet)
  }

  /// Rewrites the frame for its next hop, and switches it in the segment there.
  func finish(_ errand: Errand, to mac: MACAddress, in subnet: Int) {
    let timeToLive = network.settings.timeToLive
    let routed = errand.frame.rewritten(
      source: DistributedLogicalRouter.macAddress, destination: mac,
      decrementing: timeToLive == .decremented)
    if errand.context.keepsSteps, routed != errand.frame {
      errand.context.note(NSXRouterFact.rewritten(timeToLive), routed, before: errand.frame)
    }
    forward(routed, in: subnet, in: errand.context)
  }

  /// The next hop was not found.
  func fail(_ errand: Errand, _ fact: NSXNextHopFact) {
    errand.context.drop(.neighborUnreachable, fact, errand.frame)
    report(.host, about: errand)
  }

  /// What is for the router itself: it answers pings, and nothing else listens there.
  private func answer(_ errand: Errand) {
    guard errand.packet.transport.echoReply != nil else {
      errand.context.drop(
        .gatewayAddress, NSXRouterFact.nothingListens(network, from: errand.subnet), errand.frame)
      return
    }
    segment.ports.answerEcho(
      errand.frame, from: DistributedLogicalRouter.macAddress, by: errand.sender.cable,
      NSXRouterFact.replies(network, from: errand.subnet), in: errand.context)
  }

  /// Tells the sender in the name of the logical interface that the packet came by.
  private func report(_ complaint: ICMPComplaint, about errand: Errand) {
    let router = network.router(of: errand.subnet)
    guard let own = router.address(in: errand.subnet, errand.packet.source.family)
    else { return }
    segment.ports.report(
      complaint, about: errand.frame, from: own, DistributedLogicalRouter.macAddress,
      by: errand.sender.cable, in: errand.context)
  }
}
