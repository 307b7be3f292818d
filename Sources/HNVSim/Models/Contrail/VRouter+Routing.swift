import HNVCore

/// Packets go where their destination address says; the longest prefix of the network's routes wins
/// (tf-vrouter, `vr_proto_ip.c`, `vr_forward`).
extension VRouter {
  /// Routes a machine's packet.
  func route(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, in world: inout World
  ) {
    let network = network(of: adapter)
    switch contrail.routing.tables[network].entry(for: packet.destination)?.target {
    case .gateway: takeAtGateway(packet, frame, from: adapter, in: &world)
    case .machine(let target), .staticRoute(let target):
      world.note(VRouterRoutingFact.routed(contrail, network: network), frame)
      route(packet, frame, from: adapter, to: target, in: &world)
    case .unassigned, nil:
      world.drop(.noRoute, VRouterRoutingFact.unreachable(contrail, network: network), frame)
    }
  }

  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, to target: Adapter,
    in world: inout World
  ) {
    let decrements = settings.decrements(packet)
    guard !decrements || packet.timeToLive > 1 else {
      world.drop(.timeToLiveExceeded, VRouterRoutingFact.timeToLiveExpired(contrail), frame)
      return report(.timeToLive, about: frame, from: adapter, in: &world)
    }
    guard ports.has(target, in: &world) else {
      let routed = frame.rewritten(decrementing: decrements)
      noteRewriting(frame, routed, in: &world)
      let other = world.wiring.host(of: target.machine)
      return send(routed, as: .packet(target), from: adapter, to: other, in: &world)
    }
    let routed = frame.rewritten(
      source: .vRouter, destination: target.macAddress, decrementing: decrements)
    noteRewriting(frame, routed, in: &world)
    hand(routed, to: target, in: &world)
  }

  private func noteRewriting(
    _ before: EthernetFrame, _ after: EthernetFrame, in world: inout World
  ) {
    guard world.keepsSteps, before != after else { return }
    world.note(VRouterRoutingFact.rewritten(contrail), after, before: before)
  }

  /// The gateway address is the vRouter's: its agent answers pings, and nothing else.
  private func takeAtGateway(
    _ packet: IPPacket, _ frame: EthernetFrame, from adapter: Adapter, in world: inout World
  ) {
    guard packet.transport.echoReply == nil else {
      return ports.answerEcho(
        frame, from: .vRouter, by: adapter.cable, VRouterRoutingFact.echoAnswered, in: &world)
    }
    world.drop(.gatewayAddress, VRouterRoutingFact.gatewayAddress, frame)
  }

  /// Sends an ICMP error to a packet's sender, from the gateway address of the interface's
  /// subnet (tf-controller, `diag_pkt_handler.cc`).
  func report(
    _ complaint: ICMPComplaint, about frame: EthernetFrame, from adapter: Adapter,
    in world: inout World
  ) {
    guard let packet = frame.packet,
      let gateway = intent.routerAddress(of: adapter.subnet, near: packet.source)
    else { return }
    ports.report(complaint, about: frame, from: gateway, .vRouter, by: adapter.cable, in: &world)
  }
}
