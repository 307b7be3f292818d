import HNVCore

/// The side of the switch that faces the underlay.
extension HNVSwitch {
  /// Sends a frame to another host in a tunnel.
  mutating func send(
    _ packet: PacketID, through tunnel: Tunnel, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    // RFC 7637, section 3.2: the virtual subnet stands for the frame's tag.
    let inner =
      world.packets[packet].tag == nil ? packet : world.packets.changing(packet) { $0.tag = nil }
    // The outer TTL is the host's own, never the customer's (ipSpace, October 2013).
    guard
      let outer = world.packets.encapsulate(
        inner, in: tunnel.header, from: tunnel.source, to: tunnel.destination,
        timeToLive: NetworkStack.timeToLive, differentiatedServices: tunnel.differentiatedServices,
        dontFragment: tunnel.dontFragment)
    else {
      world.note(HNVUnderlayFact(.tunneled(tunnel), snapshot), packet)
      world.drop(.notModelled, HNVUnderlayFact(.familiesDiffer, snapshot), packet)
      return
    }
    world.note(HNVUnderlayFact(.encapsulated(tunnel.virtualSubnetID), snapshot), outer)
    provider.send(outer, in: &world)
  }

  /// Sends a packet to another host without a tunnel.
  mutating func send(
    _ packet: PacketID, by translation: Translation, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    let row = world.packets[packet]
    guard row.isIP else { return }
    // What the underlay routes has no MAC addresses yet.
    let outer = world.packets.changing(packet) {
      $0.apply(translation)
      $0.readdress(from: MACAddress(bits: 0), to: MACAddress(bits: 0))
      $0.tag = nil
    }
    let changed = world.packets[outer]
    if (changed.source, changed.destination) == (row.source, row.destination) {
      world.note(HNVUnderlayFact(.forwarded(to: translation.nextHop), snapshot), packet)
    } else {
      world.note(HNVUnderlayFact(.translated, snapshot), outer, before: packet)
    }
    provider.send(outer, towards: translation.nextHop, in: &world)
  }

  /// Takes a frame from the underlay: for the host's own addresses there, or else for a port that
  /// HNV leaves to the switch.
  mutating func take(_ packet: PacketID, _ snapshot: HNVSnapshot, in world: inout World) {
    if !provider.isMeant(packet, in: &world), takePlain(packet, snapshot, in: &world) { return }
    guard provider.receive(packet, in: &world) else { return }
    unwrap(packet, snapshot, in: &world)
  }

  /// Takes what came from the underlay: a tunnel packet, a message of another host, or a packet
  /// whose addresses a record translates.
  private mutating func unwrap(_ outer: PacketID, _ snapshot: HNVSnapshot, in world: inout World) {
    let row = world.packets[outer]
    guard row.isIP else { return }
    guard let (subnet, inner) = row.tunneled else {
      return takeTranslated(outer, snapshot, in: &world)
    }
    world.note(HNVUnderlayFact(.decapsulated, snapshot), outer)
    if ControlMessage.isPossible(world.packets[inner], in: row),
      let message = ControlMessage(inner, in: outer, of: world.packets)
    {
      return apply(message, outer, snapshot, in: &world)
    }
    let tunnel = TunnelPacket(virtualSubnetID: subnet, outer: outer)
    decide(inner, .inbound(tunnel), snapshot, in: &world)
  }

  private mutating func takeTranslated(
    _ outer: PacketID, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    let (outcome, changed) = snapshot.routers[host].receiveTranslated(
      world.packets[outer], state: memory, at: world.now.nanoseconds)
    if world.keepsSteps {
      GroundsNotes(outcome: outcome, packet: outer, snapshot: snapshot)
        .noteTranslated(in: &world)
    }
    keep(outcome.changes, in: &world)
    switch outcome.decision {
    case .deliver(let port, _):
      let inner = world.packets.add(changed)
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
  mutating func send(
    _ notice: ControlNotice, about tunnel: TunnelPacket, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    guard let packet = world.packets.ipPacket(tunnel.outer),
      let frame = ControlMessage.frame(notice, about: packet, in: world.packets.frame(tunnel.outer))
    else { return }
    let (reporter, sender) = (packet.destination, packet.source)
    let message = world.packets.add(frame)
    let own = world.begin(
      .error, of: PacketSummary(source: reporter, destination: sender, text: notice.words))
    let way = snapshot.routers[host].tunnel(
      for: world.packets[message].key, in: tunnel.virtualSubnetID, from: reporter, to: sender)
    world.following(own) { world in
      world.mean(.host(snapshot.network.providerOwners[sender] ?? host))
      world.note(HNVUnderlayFact(.originated(notice, to: sender), snapshot), message)
      world.sent(message)
      send(message, through: way, snapshot, in: &world)
    }
  }

  /// Applies another host's message: follows a machine that moved, or requests policy again.
  private func apply(
    _ message: ControlMessage, _ outer: PacketID, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    let isUseful = state.apply(message, on: host, at: world.now)
    world.finish(
      .absorbed, HNVUnderlayFact(.applied(message, isUseful: isUseful), snapshot), outer)
  }
}

extension Packet {
  /// The virtual subnet and the frame in a tunnel packet of HNV; `nil` for any other packet.
  var tunneled: (VirtualSubnetID, PacketID)? {
    guard let inner else { return nil }
    return switch tunnelHeader {
    case .nvgre(let header): (header.virtualSubnetID, inner)
    case .vxlan(let header): (header.virtualSubnetID, inner)
    case .geneve, .mpls, .experimental, nil: nil
    }
  }
}
