import HNVCore

/// The logical router, in the order of ovn-logical-flows(7): what is for itself, the TTL,
/// the route, the next hop.
extension OVNChassis {
  /// A frame comes to the router by its port on a switch.
  func route(_ frame: EthernetFrame, from subnet: Int, in world: inout World) {
    guard let packet = frame.packet else {
      world.drop(.notCarried, OVNRouterFact.notIP, frame)
      return
    }
    let network = world.intent.subnets[subnet].network
    guard isAdmitted(packet, frame, network, in: &world) else { return }
    if topology.routerAddresses[network].contains(packet.destination) {
      return serve(packet, frame, from: subnet, in: &world)
    }
    guard packet.timeToLive > 1 else {
      world.drop(.timeToLiveExceeded, OVNRouterFact.timeToLiveExpired, frame)
      return report(packet, frame, from: subnet, in: &world)
    }
    forward(packet, frame, network, in: &world)
  }

  private func isAdmitted(
    _ packet: IPPacket, _ frame: EthernetFrame, _ network: Int, in world: inout World
  ) -> Bool {
    let isOwn = topology.routerAddresses[network].contains(packet.source)
    guard isOwn || packet.source.isLoopback || packet.destination.isLoopback else { return true }
    world.drop(
      .invalidSource, isOwn ? OVNRouterFact.ownSource : OVNRouterFact.loopback, frame)
    return false
  }

  /// Looks up the route and sends the packet on by the switch it leads to.
  private func forward(
    _ packet: IPPacket, _ frame: EthernetFrame, _ network: Int, in world: inout World
  ) {
    guard let nextHop = topology.nextHop(to: packet.destination, inNetwork: network) else {
      world.drop(.noRoute, OVNRouterFact.noRoute(topology, network: network), frame)
      return
    }
    world.note(OVNRouterFact.routed(topology, network: network), frame)
    guard let out = world.intent.subnet(covering: nextHop, inNetwork: network),
      let owner = owner(of: nextHop, on: out, network, in: &world)
    else {
      // The router asks on the wire, and what it asked for is lost.
      world.drop(
        .neighborUnreachable, OVNRouterFact.noNextHop(topology, network: network), frame)
      return
    }
    let sent = frame.rewritten(
      source: .router(ofSubnet: out), destination: owner.macAddress, decrementing: true)
    world.noteChange(from: frame, to: sent)
    enter(sent, out, from: .router, in: &world)
  }

  /// The port that has an address on a switch: its own, or one that it has claimed.
  private func owner(
    of address: IPAddress, on subnet: Int, _ network: Int, in world: inout World
  ) -> Adapter? {
    if let own = topology.adapters.adapter(at: address, inNetwork: network) {
      return own.subnet == subnet ? own : nil
    }
    return (world.state as? OVNState)?.owner(of: address, in: subnet)
  }

  /// Answers what is for one of the router's own addresses; the answer takes the way of its routes.
  private func serve(
    _ packet: IPPacket, _ frame: EthernetFrame, from subnet: Int, in world: inout World
  ) {
    let answer = packet.transport.echoReply ?? complaint(about: packet)?.message(about: packet)
    world.note(OVNRouterFact.answered, frame)
    world.accept(frame, .answered)
    guard let answer, packet.mayBeReported,
      let reply = IPPacket(
        from: packet.destination, to: packet.source, timeToLive: 255, transport: answer)
    else { return }
    let own = world.begin(
      packet.transport.echoReply == nil ? .error : .reply, of: PacketSummary(reply))
    let out = EthernetFrame(
      destination: frame.source, source: .router(ofSubnet: subnet), payload: .ip(reply))
    world.following(own) { world in
      world.note(OVNRouterFact.originated, out)
      world.sent(out)
      forward(reply, out, world.intent.subnets[subnet].network, in: &world)
    }
  }

  private func complaint(about packet: IPPacket) -> ICMPComplaint? {
    switch packet.transport {
    case .udp: .port
    case .icmp, .icmpv6, .tcp: nil
    default: .ipProtocol
    }
  }

  /// Tells the sender that the TTL ran out, from the address of the port of entry; the
  /// message goes straight back, without a look at the routes.
  private func report(
    _ packet: IPPacket, _ frame: EthernetFrame, from subnet: Int, in world: inout World
  ) {
    guard packet.mayBeReported, !frame.destination.isMulticast,
      let own = world.intent.routerAddress(of: subnet, near: packet.source),
      let error = IPPacket(
        from: own, to: packet.source, timeToLive: 254,
        transport: ICMPComplaint.timeToLive.message(about: packet))
    else { return }
    let telling = world.begin(.error, of: PacketSummary(error))
    let out = EthernetFrame(
      destination: frame.source, source: .router(ofSubnet: subnet), payload: .ip(error))
    world.following(telling) { world in
      world.note(OVNRouterFact.originated, out)
      world.sent(out)
      enter(out, subnet, from: .router, in: &world)
    }
  }
}
