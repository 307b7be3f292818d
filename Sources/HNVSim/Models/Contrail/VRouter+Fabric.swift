import HNVCore

/// What the vRouter sends over the fabric (tf-vrouter, `vr_nexthop.c`).
extension VRouter {
  /// Sends a machine's frame, or the packet in it, to another host.
  func send(
    _ frame: EthernetFrame, as meaning: VirtualRouting.Meaning, from adapter: Adapter,
    to other: Int, in world: inout World
  ) {
    let (own, peer) = (intent.hosts[ports.host].address, intent.hosts[other].address)
    guard let tunnel = tunnel(for: frame, as: meaning) else { return }
    // The outer TTL is the vRouter's own.
    guard let packet = IPPacket(from: own, to: peer, timeToLive: 64, transport: tunnel) else {
      return world.drop(.notModelled, PortFact.mixedFamilies(own, peer), frame)
    }
    guard fits(packet, around: frame, from: adapter, in: &world) else { return }
    world.note(VRouterDepartureFact.encapsulated, packet: packet)
    transmit(packet, in: &world)
  }

  private func tunnel(
    for frame: EthernetFrame, as meaning: VirtualRouting.Meaning
  ) -> Transport? {
    let isPacket = if case .packet = meaning { true } else { false }
    if settings.encapsulation == .vxlan, !isPacket {
      return VirtualRouting.networkIdentifier(of: meaning.subnet).map {
        .vxlan(VXLANHeader(virtualSubnetID: $0), frame)
      }
    }
    guard let label = contrail.routing.label(for: meaning) else { return nil }
    var header = MPLSHeader(
      label: label, timeToLive: 64,
      in: settings.encapsulation == .mplsOverUDP ? .udp(sourcePort: 49152) : .gre)
    var payload = MPLSPayload.frame(frame)
    if isPacket, let packet = frame.packet {
      payload = .packet(packet)
      if copiesTimeToLive { header.timeToLive = packet.timeToLive }
    }
    return .mpls(header, payload)
  }

  /// The vRouter of 2013 neither copied a packet's TTL nor looked at a label's.
  var copiesTimeToLive: Bool {
    settings.era == .bridging && settings.labelTimeToLive == .copied
  }

  /// Whether a tunnel packet can leave, whole or in parts; of what may not be divided, the sender
  /// learns how much there is room for.
  private func fits(
    _ outer: IPPacket, around frame: EthernetFrame, from adapter: Adapter, in world: inout World
  ) -> Bool {
    let mtu = uplinkMTU
    guard outer.byteCount > mtu, let packet = frame.packet, !packet.allowsDivision
    else { return true }
    let room = mtu - (outer.byteCount - packet.byteCount)
    world.drop(
      .fragmentationNeeded,
      VRouterDepartureFact.tooLarge(tunnelPacket: outer.byteCount, mtu: mtu), frame)
    report(.tooBig(mtu: room), about: frame, from: adapter, in: &world)
    return false
  }

  /// Sends a tunnel packet, in parts where it does not fit: its header allows that.
  private func transmit(_ packet: IPPacket, in world: inout World) {
    identification &+= 1
    let mtu = uplinkMTU
    let parts = packet.tunnelParts(identification, fitting: mtu)
    guard parts.count > 1 else {
      for part in parts { ports.stack.send(part, in: &world) }
      return
    }
    world.note(
      VRouterDepartureFact.fragmented(parts: parts.count, mtu: mtu), packet: packet)
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

extension IPPacket {
  /// A tunnel packet in parts that fit; itself where it cannot be divided.
  fileprivate func tunnelParts(_ identification: UInt32, fitting mtu: Int) -> [IPPacket] {
    switch self {
    case .v4(var packet):
      packet.dontFragment = false
      packet.identification = UInt16(truncatingIfNeeded: identification)
      return packet.fragments(fitting: mtu)?.map { .v4($0) } ?? [.v4(packet)]
    case .v6(let packet):
      return packet.fragments(fitting: mtu, identification: identification)?.map { .v6($0) }
        ?? [self]
    }
  }
}
