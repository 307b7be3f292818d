import HNVCore

/// Packets go where their destination address says; the longest prefix of the network's routes wins
/// (tf-vrouter, `vr_proto_ip.c`, `vr_forward`).
extension VRouter {
  /// Routes a machine's packet.
  func route(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, in context: Context
  ) {
    let network = network(of: adapter)
    switch contrail.routing.tables[network].entry(for: packet.destination)?.target {
    case .gateway: takeAtGateway(packet, frame, from: adapter, in: context)
    case .machine(let target), .staticRoute(let target):
      context.note(VRouterRoutingFact.routed(contrail, network: network), frame)
      route(packet, frame, from: adapter, to: target, in: context)
    case .unassigned, nil:
      context.drop(.noRoute, VRouterRoutingFact.unreachable(contrail, network: network), frame)
    }
  }

  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, to target: Adapter,
    in context: Context
  ) {
    let decrements = settings.decrements(packet)
    guard !decrements || packet.timeToLive > 1 else {
      context.drop(.timeToLiveExceeded, VRouterRoutingFact.timeToLiveExpired(contrail), frame)
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
    guard context.keepsSteps, before != after else { return }
    context.note(VRouterRoutingFact.rewritten(contrail), after, before: before)
  }

  /// The gateway address is the vRouter's: its agent answers pings, and nothing else.
  private func takeAtGateway(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, in context: Context
  ) {
    guard packet.transport.echoReply == nil else {
      return ports.answerEcho(
        frame, from: .vRouter, by: adapter.cable, VRouterRoutingFact.echoAnswered, in: context)
    }
    context.drop(.gatewayAddress, VRouterRoutingFact.gatewayAddress, frame)
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
