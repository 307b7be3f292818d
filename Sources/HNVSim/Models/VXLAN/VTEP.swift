import HNVCore

/// A host's VXLAN tunnel end point: a learning switch whose other ports are the other hosts
/// (RFC 7348).
struct VTEP: Element {
  let vxlan: VXLANNetwork
  var segment: SegmentSwitch
  /// What frames have taught; gone when the host stops.
  private var table: MACTable

  init(_ host: Int, _ vxlan: VXLANNetwork, _ state: OverlayState) {
    self.vxlan = vxlan
    segment = SegmentSwitch(
      host, in: vxlan.intent, vxlan.segments, vxlan.adapters, state, filters: vxlan.filters)
    table = MACTable(ageing: vxlan.macAgeing)
  }

  mutating func halt(in world: inout World) {
    table = MACTable(ageing: vxlan.macAgeing)
    segment.ports.halt(in: &world)
  }

  mutating func timeout(_ timer: Timer, in world: inout World) {
    segment.ports.timeout(timer, in: &world)
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    if let adapter = vxlan.adapters.adapter(on: cable) {
      send(packet, from: adapter, in: &world)
    } else if let arrival = segment.receive(packet, in: &world) {
      take(arrival, in: &world)
    }
  }

  /// Tells everyone of a machine that has moved here.
  mutating func welcome(_ machine: Int, in world: inout World) {
    vxlan.moves.announce(machine, known: vxlan.adapters, in: &world) { packet, adapter, world in
      learn(packet, in: adapter.subnet, at: .port(adapter), &world)
      flood(packet, from: adapter, in: &world)
    }
  }

  /// Takes a frame from a machine on this host.
  private mutating func send(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    guard segment.passes(packet, .outbound, at: adapter, in: &world) else { return }
    learn(packet, in: adapter.subnet, at: .port(adapter), &world)
    if suppress(packet, from: adapter, in: &world) { return }
    let packet = stripped(packet, in: &world)
    switch place(of: packet, in: adapter.subnet, &world) {
    case .port(let receiver): segment.deliver(packet, to: receiver, in: &world)
    case .host(let other): segment.tunnel(packet, in: adapter.subnet, to: other, in: &world)
    case nil: flood(packet, from: adapter, in: &world)
    }
  }

  /// RFC 7348, section 6.1: a VTEP strips the tag of a frame before it encapsulates it.
  private func stripped(_ packet: PacketID, in world: inout World) -> PacketID {
    guard world.packets[packet].tag != nil else { return packet }
    let bare = world.packets.changing(packet) { $0.tag = nil }
    world.note(VTEPFact.stripped, bare, before: packet)
    return bare
  }

  /// Gives copies to everyone in the segment but the sender.
  private mutating func flood(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let peers = segment.peers(in: adapter.subnet)
    let byGroup = vxlan.replication == .multicast
    segment.replicate(
      packet, in: adapter.subnet,
      to: SegmentSwitch.Receivers(
        ports: segment.locals(in: adapter.subnet, but: adapter, in: &world),
        hosts: byGroup ? [] : peers, group: byGroup),
      why(world.packets[packet]), setting: vxlan.replication, in: &world)
  }

  private func why(_ packet: Packet) -> ReplicationFact.Reason {
    packet.destinationMAC.isMulticast ? .group : .unknown
  }

  /// Takes a frame that another host sent: it teaches where its sender is, and goes to this host's
  /// ports only, or it would circle (split horizon).
  private mutating func take(_ arrival: SegmentSwitch.Arrival, in world: inout World) {
    let (packet, subnet) = (arrival.packet, arrival.subnet)
    guard world.packets[packet].tag == nil else {
      // RFC 7348, section 6.1.
      return world.drop(.notCarried, VTEPFact.tagged, packet)
    }
    if let sender = arrival.sender { learn(packet, in: subnet, at: .host(sender), &world) }
    switch place(of: packet, in: subnet, &world) {
    case .port(let receiver): segment.deliver(packet, to: receiver, in: &world)
    case .host: segment.turnAway(packet, subnet, in: &world)
    case nil:
      segment.replicate(
        packet, in: subnet,
        to: SegmentSwitch.Receivers(ports: segment.locals(in: subnet, in: &world)),
        why(world.packets[packet]), in: &world)
    }
  }

  /// Learns where a frame's sender is.
  private mutating func learn(
    _ packet: PacketID, in subnet: Int, at place: MACTable.Place, _ world: inout World
  ) {
    let mac = world.packets[packet].sourceMAC
    guard table.learn(mac, in: subnet, at: place, now: world.now) else { return }
    world.note(VTEPFact.learned(VTEPFact.Place(place), vxlan.segments.vni(of: subnet)), packet)
  }

  /// Where a frame's receiver is: at one of the host's own ports, where a frame came from, or where
  /// the control plane says, if there is one.
  private func place(
    of packet: PacketID, in subnet: Int, _ world: inout World
  ) -> MACTable.Place? {
    let mac = world.packets[packet].destinationMAC
    guard !mac.isMulticast else { return nil }
    let owner = vxlan.adapters.adapter(with: mac, in: subnet)
    if let owner, segment.ports.has(owner, in: &world) { return .port(owner) }
    var learned = table.place(of: mac, in: subnet, now: world.now)
    // A switch forgets what was behind a port that is gone.
    if case .port(let gone) = learned, !segment.ports.has(gone, in: &world) { learned = nil }
    let told = vxlan.arpSuppression == .on ? owner : nil
    let place = learned ?? told.map { .host(world.wiring.host(of: $0.machine)) }
    world.note(
      VTEPFact.resolved(
        place.map { VTEPFact.Place($0) }, vxlan.segments.vni(of: subnet),
        isTold: learned == nil && told != nil), packet)
    return place
  }

  /// Answers a question for a MAC address in the name of the target, if the control plane knows it.
  private func suppress(
    _ packet: PacketID, from adapter: Adapter, in world: inout World
  ) -> Bool {
    let row = world.packets[packet]
    let network = vxlan.intent.subnets[adapter.subnet].network
    guard vxlan.arpSuppression == .on, row.destinationMAC.isMulticast,
      let address = row.askedAddress,
      let target = vxlan.adapters.adapter(at: address, inNetwork: network),
      target.subnet == adapter.subnet, world.wiring.isRunning(.machine(target.machine))
    else { return false }
    segment.ports.answer(
      NeighborAnswer(target: address, macAddress: target.macAddress), to: packet,
      by: adapter.cable, VTEPFact.suppressed, in: &world)
    return true
  }
}
