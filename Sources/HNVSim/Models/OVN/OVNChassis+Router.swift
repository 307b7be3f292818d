import HNVCore

/// The logical router, in the order of ovn-logical-flows(7): what is for itself, the TTL,
/// the route, the next hop.
extension OVNChassis {
  /// A frame comes to the router by its port on a switch.
  mutating func route(_ packet: PacketID, from subnet: Int, in world: inout World) {
    let row = world.packets[packet]
    guard row.isIP else {
      world.drop(.notCarried, OVNRouterFact.notIP, packet)
      return
    }
    let network = world.intent.subnets[subnet].network
    guard isAdmitted(packet, network, in: &world) else { return }
    if topology.routerAddresses[network].contains(row.destination) {
      return serve(packet, from: subnet, in: &world)
    }
    guard row.timeToLive > 1 else {
      world.drop(.timeToLiveExceeded, OVNRouterFact.timeToLiveExpired, packet)
      return report(packet, from: subnet, in: &world)
    }
    forward(packet, network, in: &world)
  }

  private func isAdmitted(_ packet: PacketID, _ network: Int, in world: inout World) -> Bool {
    let row = world.packets[packet]
    let isOwn = topology.routerAddresses[network].contains(row.source)
    guard isOwn || row.source.isLoopback || row.destination.isLoopback else { return true }
    world.drop(
      .invalidSource, isOwn ? OVNRouterFact.ownSource : OVNRouterFact.loopback, packet)
    return false
  }

  /// Looks up the route and sends the packet on by the switch it leads to.
  private mutating func forward(_ packet: PacketID, _ network: Int, in world: inout World) {
    let destination = world.packets[packet].destination
    guard let nextHop = topology.nextHop(to: destination, inNetwork: network) else {
      world.drop(.noRoute, OVNRouterFact.noRoute(topology, network: network), packet)
      return
    }
    world.note(OVNRouterFact.routed(topology, network: network), packet)
    guard let out = world.intent.subnet(covering: nextHop, inNetwork: network),
      let owner = owner(of: nextHop, on: out, network, in: &world)
    else {
      // The router asks on the wire, and what it asked for is lost.
      world.drop(
        .neighborUnreachable, OVNRouterFact.noNextHop(topology, network: network), packet)
      return
    }
    let sent = world.packets.rewrite(
      packet, source: .router(ofSubnet: out), destination: owner.macAddress, decrementing: true)
    world.noteChange(from: packet, to: sent)
    enter(sent, out, from: .router, in: &world)
  }

  /// The port that has an address on a switch: its own, or one that it has claimed.
  private func owner(
    of address: IPAddress, on subnet: Int, _ network: Int, in world: inout World
  ) -> Adapter? {
    if let own = topology.adapters.adapter(at: address, inNetwork: network) {
      return own.subnet == subnet ? own : nil
    }
    return state.owner(of: address, in: subnet)
  }

  /// Answers what is for one of the router's own addresses; the answer takes the way of its routes.
  private mutating func serve(_ packet: PacketID, from subnet: Int, in world: inout World) {
    world.note(OVNRouterFact.answered, packet)
    world.accept(packet, .answered)
    guard let bare = answer(to: packet, in: &world) else { return }
    let row = world.packets[packet]
    let answer = world.packets.changing(bare) {
      $0.readdress(from: .router(ofSubnet: subnet), to: row.sourceMAC)
    }
    world.following(world.begin(row.isEchoRequest ? .reply : .error, of: answer)) { world in
      world.note(OVNRouterFact.originated, answer)
      world.sent(answer)
      forward(answer, world.intent.subnets[subnet].network, in: &world)
    }
  }

  /// The router's answer, without MAC addresses; `nil` where it says nothing.
  private func answer(to packet: PacketID, in world: inout World) -> PacketID? {
    let row = world.packets[packet]
    guard !row.isEchoRequest else {
      return row.source.isOneMachine
        ? world.packets.addEchoReply(to: packet, timeToLive: 255) : nil
    }
    guard let lost = world.packets.ipPacket(packet), lost.mayBeReported,
      let complaint = complaint(about: lost)
    else { return nil }
    return world.packets.add(
      from: row.destination, to: row.source, timeToLive: 255, complaint.message(about: lost))
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
  private mutating func report(_ packet: PacketID, from subnet: Int, in world: inout World) {
    let row = world.packets[packet]
    guard let lost = world.packets.ipPacket(packet), lost.mayBeReported,
      let own = world.intent.routerAddress(of: subnet, near: row.source),
      let bare = world.packets.add(
        from: own, to: row.source, timeToLive: 254, ICMPComplaint.timeToLive.message(about: lost))
    else { return }
    let error = world.packets.changing(bare) {
      $0.readdress(from: .router(ofSubnet: subnet), to: row.sourceMAC)
    }
    world.following(world.begin(.error, of: error)) { world in
      world.note(OVNRouterFact.originated, error)
      world.sent(error)
      enter(error, subnet, from: .router, in: &world)
    }
  }
}
