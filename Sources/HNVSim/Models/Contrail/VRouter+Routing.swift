import HNVCore

/// Packets go where their destination address says; the longest prefix of the network's routes wins
/// (tf-vrouter, `vr_proto_ip.c`, `vr_forward`).
extension VRouter {
  /// Routes a machine's packet.
  func route(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, in context: Context
  ) {
    let table = contrail.routing.tables[network(of: adapter)]
    let entry = table.entry(for: packet.destination)
    switch entry?.target {
    case .gateway: takeAtGateway(packet, frame, from: adapter, in: context)
    case .machine(let target), .staticRoute(let target):
      context.note(
        Step(
          .routed, "\(packet.destination) matches \(entry?.words ?? "")",
          lookup: table.lookup(packet.destination),
          setting: settings.word(ofNetwork: network(of: adapter))))
      route(packet, frame, from: adapter, to: target, in: context)
    case .unassigned, nil:
      let name = intent.networks[network(of: adapter)].name
      context.drop(
        .noRoute,
        Step(
          .dropped,
          entry == nil
            ? "network \(name) has no route to \(packet.destination)"
            : "no machine in network \(name) has \(packet.destination)",
          lookup: table.lookup(packet.destination),
          fix: "assign the address to a machine, or add a route to it to network \(name)"))
    }
  }

  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, to target: Adapter,
    in context: Context
  ) {
    let decrements = settings.decrements(packet)
    guard !decrements || packet.timeToLive > 1 else {
      context.drop(
        .timeToLiveExceeded,
        .timeToLiveExpired(
          at: "the vRouter", setting: settings.timeToLiveWord(packet),
          loopingBy: context.loopingMachine))
      return report(.timeToLive, about: frame, from: adapter, in: context)
    }
    guard ports.has(target, in: context) else {
      let routed = frame.rewritten(decrementing: decrements)
      noteRewriting(frame, routed, in: context)
      let other = context.wiring.host(of: target.machine)
      return send(routed, as: .packet(target), from: adapter, to: other, in: context)
    }
    let routed = frame.rewritten(
      source: .vRouter, destination: target.macAddress, decrementing: decrements)
    noteRewriting(frame, routed, in: context)
    hand(routed, to: target, in: context)
  }

  private func noteRewriting(
    _ before: EthernetFrame, _ after: EthernetFrame, in context: Context
  ) {
    guard let packet = before.packet,
      let step = Step.rewritten(before, after, setting: settings.timeToLiveWord(packet))
    else { return }
    context.note(step)
  }

  /// The gateway address is the vRouter's: its agent answers pings, and nothing else.
  private func takeAtGateway(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, in context: Context
  ) {
    guard packet.transport.echoReply == nil else {
      return ports.answerEcho(
        frame, from: .vRouter, by: adapter.cable,
        Worded(
          step: Step(
            .answered, "the vRouter agent replies for the gateway \(packet.destination)")),
        in: context)
    }
    context.drop(
      .gatewayAddress,
      "\(packet.destination) is the gateway address, which replies only to pings",
      fix: "send to a machine")
  }

  /// Sends an ICMP error to a packet's sender, from the gateway address of the interface's
  /// subnet (tf-controller, `diag_pkt_handler.cc`).
  func report(
    _ complaint: ICMPComplaint, about frame: EthernetFrame, from adapter: Adapter,
    in context: Context
  ) {
    guard let packet = frame.packet,
      let gateway = intent.routerAddress(of: adapter.subnet, near: packet.source)
    else { return }
    ports.report(complaint, about: frame, from: gateway, .vRouter, by: adapter.cable, in: context)
  }
}
