import HNVCore

/// What the vRouter sends over the fabric (tf-vrouter, `vr_nexthop.c`).
extension VRouter {
  /// Sends a machine's frame, or the packet in it, to another host.
  mutating func send(
    _ packet: PacketID, as meaning: VirtualRouting.Meaning, from adapter: Adapter,
    to other: Int, in world: inout World
  ) {
    let (own, peer) = (intent.hosts[ports.host].address, intent.hosts[other].address)
    guard let header = header(for: world.packets[packet], as: meaning) else { return }
    // The outer TTL is the vRouter's own.
    guard
      let outer = world.packets.encapsulate(
        packet, in: header, from: own, to: peer, timeToLive: 64)
    else {
      return world.drop(.notModelled, PortFact.mixedFamilies(own, peer), packet)
    }
    guard fits(outer, around: packet, from: adapter, in: &world) else { return }
    world.note(VRouterDepartureFact.encapsulated, outer)
    transmit(outer, in: &world)
  }

  private func header(
    for packet: Packet, as meaning: VirtualRouting.Meaning
  ) -> Packet.TunnelHeader? {
    let isPacket = if case .packet = meaning { true } else { false }
    if settings.encapsulation == .vxlan, !isPacket {
      return VirtualRouting.networkIdentifier(of: meaning.subnet).map {
        .vxlan(VXLANHeader(virtualSubnetID: $0))
      }
    }
    guard let label = contrail.routing.label(for: meaning) else { return nil }
    var header = MPLSHeader(
      label: label, timeToLive: 64,
      in: settings.encapsulation == .mplsOverUDP ? .udp(sourcePort: 49152) : .gre)
    if isPacket, copiesTimeToLive { header.timeToLive = packet.timeToLive }
    return .mpls(header, aroundFrame: !isPacket)
  }

  /// The vRouter of 2013 neither copied a packet's TTL nor looked at a label's.
  var copiesTimeToLive: Bool {
    settings.era == .bridging && settings.labelTimeToLive == .copied
  }

  /// Whether a tunnel packet can leave, whole or in parts; of what may not be divided, the sender
  /// learns how much there is room for.
  private func fits(
    _ outer: PacketID, around packet: PacketID, from adapter: Adapter, in world: inout World
  ) -> Bool {
    let mtu = uplinkMTU
    let (size, row) = (world.packets[outer].byteCount, world.packets[packet])
    guard size > mtu, row.isIP, row.dontFragment else { return true }
    world.drop(
      .fragmentationNeeded, VRouterDepartureFact.tooLarge(tunnelPacket: size, mtu: mtu), packet)
    report(.tooBig(mtu: mtu - (size - row.byteCount)), about: packet, from: adapter, in: &world)
    return false
  }

  /// Sends a tunnel packet, in parts where it does not fit: its header allows that.
  private mutating func transmit(_ packet: PacketID, in world: inout World) {
    identification &+= 1
    let mtu = uplinkMTU
    let numbered = world.packets.allowingDivision(of: packet, identification: identification)
    let parts = world.packets.addParts(
      of: numbered, fitting: mtu, identification: identification)
    guard let parts, parts.count > 1 else { return ports.stack.send(numbered, in: &world) }
    world.note(VRouterDepartureFact.fragmented(parts: parts.count, mtu: mtu), packet)
    for part in parts {
      world.following(world.fragment()) { ports.stack.send(part, in: &$0) }
    }
  }

  private var uplinkMTU: Int {
    let underlay = intent.underlay
    let network = underlay.network(of: intent.hosts[ports.host].address)
    return network.map { underlay.networks[$0].mtu } ?? underlay.mtu
  }
}
