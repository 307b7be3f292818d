import HNVCore

/// The side of the switch that faces the underlay.
extension HNVSwitch {
  /// Sends a frame to another host in a tunnel.
  func send(
    _ frame: EthernetFrame, through tunnel: Tunnel, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    // The outer TTL is the host's own, never the customer's (ipSpace, October 2013).
    guard
      let packet = IPPacket(
        from: tunnel.source, to: tunnel.destination, timeToLive: Station.timeToLive,
        transport: tunnel.transport(carrying: frame))
    else {
      world.note(HNVUnderlayFact(.tunneled(tunnel), snapshot), frame)
      world.drop(.notModelled, HNVUnderlayFact(.familiesDiffer, snapshot), frame)
      return
    }
    world.note(
      HNVUnderlayFact(.encapsulated(tunnel.virtualSubnetID), snapshot), packet: packet)
    provider.send(
      packet.marked(tunnel.differentiatedServices, dontFragment: tunnel.dontFragment), in: &world)
  }

  /// Sends a packet to another host without a tunnel.
  func send(
    _ frame: EthernetFrame, by translation: Translation, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    guard let packet = frame.packet else { return }
    let outer = translation.applied(to: packet)
    if outer == packet {
      world.note(HNVUnderlayFact(.forwarded(to: translation.nextHop), snapshot), frame)
    } else {
      world.note(HNVUnderlayFact(.translated, snapshot), packet: outer, before: packet)
    }
    provider.send(outer, towards: translation.nextHop, in: &world)
  }

  /// Takes a frame from the underlay: for the host's own addresses there, or else for a port that
  /// HNV leaves to the switch.
  func take(_ frame: EthernetFrame, _ snapshot: HNVSnapshot, in world: inout World) {
    if !provider.isMeant(frame), takePlain(frame, snapshot, in: &world) { return }
    guard provider.receive(frame, in: &world) else { return }
    unwrap(frame, snapshot, in: &world)
  }

  /// Takes what came from the underlay: a tunnel packet, a message of another host, or a packet
  /// whose addresses a record translates.
  private func unwrap(_ outer: EthernetFrame, _ snapshot: HNVSnapshot, in world: inout World) {
    guard let packet = outer.packet else { return }
    guard let (subnet, inner) = packet.transport.tunneled else {
      return takeTranslated(outer, packet, snapshot, in: &world)
    }
    world.note(HNVUnderlayFact(.decapsulated, snapshot), outer)
    if let message = ControlMessage(inner, in: packet) {
      return apply(message, outer, snapshot, in: &world)
    }
    let tunnel = TunnelPacket(virtualSubnetID: subnet, packet: packet, outer: outer)
    decide(inner, .inbound(tunnel), snapshot, in: &world)
  }

  private func takeTranslated(
    _ outer: EthernetFrame, _ packet: IPPacket, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    let (outcome, inner) = snapshot.routers[host].receiveTranslated(
      outer, packet, state: memory, at: world.now.nanoseconds)
    if world.keepsSteps {
      GroundsNotes(outcome: outcome, frame: outer, snapshot: snapshot)
        .noteTranslated(in: &world)
    }
    keep(outcome.changes, in: &world)
    switch outcome.decision {
    case .deliver(let port, _):
      world.noteChange(from: outer, to: inner)
      deliver(inner, to: port, snapshot, in: &world)
    case .refuse(let refusal): drop(outer, refusal, snapshot, in: &world)
    default: break
    }
  }
}

/// Messages between hosts ([MS-NVGREE]).
extension HNVSwitch {
  /// Reports to the sending host why its packet was dropped.
  func send(
    _ notice: ControlNotice, about tunnel: TunnelPacket, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    let (reporter, sender) = (tunnel.packet.destination, tunnel.packet.source)
    guard let message = ControlMessage.frame(notice, about: tunnel.packet, in: tunnel.outer)
    else { return }
    let own = world.begin(
      .error, of: PacketSummary(source: reporter, destination: sender, text: notice.words))
    let way = snapshot.routers[host].tunnel(
      for: message, in: tunnel.virtualSubnetID, from: reporter, to: sender)
    world.following(own) { world in
      world.mean(.host(snapshot.network.providerOwners[sender] ?? host))
      world.note(HNVUnderlayFact(.originated(notice, to: sender), snapshot), message)
      world.sent(message)
      send(message, through: way, snapshot, in: &world)
    }
  }

  /// Applies another host's message: follows a machine that moved, or requests policy again.
  private func apply(
    _ message: ControlMessage, _ outer: EthernetFrame, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    var isUseful = false
    let now = world.now
    world.update { (state: inout HNVState) in
      isUseful = state.apply(message, on: host, at: now)
    }
    world.finish(
      .absorbed, HNVUnderlayFact(.applied(message, isUseful: isUseful), snapshot), outer)
  }
}

extension IPPacket {
  /// The packet with an outer header's service class and fragmentation bit.
  func marked(_ service: UInt8, dontFragment: Bool) -> IPPacket {
    switch self {
    case .v4(var packet):
      packet.differentiatedServices = service
      packet.dontFragment = dontFragment
      return .v4(packet)
    case .v6(var packet):
      packet.trafficClass = service
      return .v6(packet)
    }
  }
}
