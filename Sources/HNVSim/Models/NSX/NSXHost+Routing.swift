import HNVCore

/// The distributed router at work: on the sender's host, and nowhere else.
extension NSXHost {
  /// A packet that the router was asked to forward.
  struct Errand {
    let frame: EthernetFrame
    let packet: IPPacket
    let sender: Adapter
    let context: Context
  }

  /// Routes a frame that a machine addressed to the router.
  func route(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    guard let packet = frame.packet, !packet.isNeighborDiscovery else {
      return hear(frame, from: adapter, in: context)
    }
    let router = network.router(of: adapter.subnet)
    let errand = Errand(frame: frame, packet: packet, sender: adapter, context: context)
    guard !router.has(packet.destination) else { return answer(errand, router) }
    guard packet.timeToLive > 1 || network.settings.timeToLive == .kept else {
      context.drop(
        .timeToLiveExceeded,
        .timeToLiveExpired(
          at: router.name, setting: network.settings.timeToLive.text,
          loopingBy: context.loopingMachine))
      return report(.timeToLive, about: errand)
    }
    guard let entry = router.table.entry(for: packet.destination) else {
      context.drop(
        .noRoute,
        Step(
          .dropped, "\(router.name) has no route to \(packet.destination)",
          lookup: router.table.lookup(packet.destination),
          fix: "add a route to \(packet.destination) to the network"))
      return report(.network, about: errand)
    }
    context.note(
      Step(
        .routed, "\(packet.destination) matches \(entry.words), on \(name)",
        lookup: router.table.lookup(packet.destination)))
    switch entry.target {
    case .subnet(let subnet): resolve(packet.destination, in: subnet, for: errand)
    case .machine(let address, let subnet): resolve(address, in: subnet, for: errand)
    }
  }

  /// Finds the MAC address of the next hop, and sends the packet there.
  private func resolve(_ address: IPAddress, in subnet: Int, for errand: Errand) {
    if network.settings.routerNeighbors == .asked, address.family == .v4 {
      return ask(for: address, in: subnet, for: errand)
    }
    guard let receiver = known(address, in: subnet, errand.context) else {
      return fail(errand, address, in: subnet, "the controller knows no machine with this address")
    }
    errand.context.note(
      Step(
        .resolved, "\(address) is-at \(receiver.macAddress), from the controller of \(name)",
        lookup: Step.Lookup(
          table: "the controller's addresses of \(segment.name(of: subnet))", key: "\(address)",
          match: "\(receiver.macAddress)"), setting: network.settings.routerNeighbors.text))
    finish(errand, to: receiver.macAddress, in: subnet)
  }

  /// Rewrites the frame for its next hop, and switches it in the segment there.
  func finish(_ errand: Errand, to mac: MACAddress, in subnet: Int) {
    let routed = errand.frame.rewritten(
      source: DistributedLogicalRouter.macAddress, destination: mac,
      decrementing: network.settings.timeToLive == .decremented)
    if errand.context.keepsSteps,
      let step = Step.rewritten(errand.frame, routed, setting: network.settings.timeToLive.text)
    {
      errand.context.note(step)
    }
    forward(routed, in: subnet, in: errand.context)
  }

  /// The next hop was not found.
  func fail(_ errand: Errand, _ address: IPAddress, in subnet: Int, _ why: String) {
    errand.context.drop(
      .neighborUnreachable,
      Step(
        .dropped, "no machine in \(segment.name(of: subnet)) has \(address): \(why)",
        setting: network.settings.routerNeighbors.text,
        fix: "assign the address to a machine in the subnet, or start the machine that has it"))
    report(.host, about: errand)
  }

  /// What is for the router itself: it answers pings, and nothing else listens there.
  private func answer(_ errand: Errand, _ router: DistributedLogicalRouter) {
    let address = errand.packet.destination
    guard errand.packet.transport.echoReply != nil else {
      errand.context.drop(
        .gatewayAddress, "\(address) is an address of \(router.name); nothing listens on it",
        fix: "send to a machine")
      return
    }
    segment.ports.answerEcho(
      errand.frame, from: DistributedLogicalRouter.macAddress, by: errand.sender.cable,
      Worded(step: Step(.answered, "\(router.name) replies for \(address) on \(name)")),
      in: errand.context)
  }

  /// Tells the sender in the name of the logical interface that the packet came by.
  private func report(_ complaint: ICMPComplaint, about errand: Errand) {
    let router = network.router(of: errand.sender.subnet)
    guard let own = router.address(in: errand.sender.subnet, errand.packet.source.family)
    else { return }
    segment.ports.report(
      complaint, about: errand.frame, from: own, DistributedLogicalRouter.macAddress,
      by: errand.sender.cable, in: errand.context)
  }
}
