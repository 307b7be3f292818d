import HNVCore

/// Packets go where their destination address says; the longest prefix of the network's routes wins
/// (tf-vrouter, `vr_proto_ip.c`, `vr_forward`).
extension VRouter {
  /// Routes a machine's packet.
  mutating func route(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let network = network(of: adapter)
    let destination = world.packets[packet].destination
    switch contrail.routing.tables[network].entry(for: destination)?.target {
    case .gateway: takeAtGateway(packet, from: adapter, in: &world)
    case .machine(let target), .staticRoute(let target):
      world.note(VRouterRoutingFact.routed(contrail, network: network), packet)
      route(packet, from: adapter, to: target, in: &world)
    case .unassigned, nil:
      world.drop(.noRoute, VRouterRoutingFact.unreachable(contrail, network: network), packet)
    }
  }

  private mutating func route(
    _ packet: PacketID, from adapter: Adapter, to target: Adapter, in world: inout World
  ) {
    let row = world.packets[packet]
    let decrements = settings.decrementsTimeToLive(of: row.family)
    guard !decrements || row.timeToLive > 1 else {
      world.drop(.timeToLiveExceeded, VRouterRoutingFact.timeToLiveExpired(contrail), packet)
      return report(.timeToLive, about: packet, from: adapter, in: &world)
    }
    guard ports.has(target, in: &world) else {
      let routed = world.packets.rewrite(packet, decrementing: decrements)
      noteRewriting(packet, routed, in: &world)
      let other = world.wiring.host(of: target.machine)
      return send(routed, as: .packet(target), from: adapter, to: other, in: &world)
    }
    let routed = world.packets.rewrite(
      packet, source: .vRouter, destination: target.macAddress, decrementing: decrements)
    noteRewriting(packet, routed, in: &world)
    deliver(routed, to: target, in: &world)
  }

  private func noteRewriting(
    _ before: PacketID, _ after: PacketID, in world: inout World
  ) {
    guard world.keepsSteps, world.packets[before].key != world.packets[after].key
    else { return }
    world.note(VRouterRoutingFact.rewritten(contrail), after, before: before)
  }

  /// The gateway address is the vRouter's: its agent answers pings, and nothing else.
  private func takeAtGateway(
    _ packet: PacketID, from adapter: Adapter, in world: inout World
  ) {
    guard !world.packets[packet].isEchoRequest else {
      return ports.answerEcho(
        packet, from: .vRouter, by: adapter.cable, VRouterRoutingFact.echoAnswered, in: &world)
    }
    world.drop(.gatewayAddress, VRouterRoutingFact.gatewayAddress, packet)
  }

  /// Sends an ICMP error to a packet's sender, from the gateway address of the interface's
  /// subnet (tf-controller, `diag_pkt_handler.cc`).
  func report(
    _ complaint: ICMPComplaint, about packet: PacketID, from adapter: Adapter,
    in world: inout World
  ) {
    let sender = world.packets[packet].source
    guard let gateway = intent.routerAddress(of: adapter.subnet, near: sender) else { return }
    ports.report(complaint, about: packet, from: gateway, .vRouter, by: adapter.cable, in: &world)
  }
}
