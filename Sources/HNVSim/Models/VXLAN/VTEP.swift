import HNVCore

/// A host's VXLAN tunnel end point: a learning switch whose other ports are the other hosts
/// (RFC 7348).
final class VTEP: FrameBox {
  let vxlan: VXLANNetwork
  let segment: SegmentSwitch
  /// What frames have taught; gone when the host stops.
  private var table: MACTable

  init(_ host: Int, _ vxlan: VXLANNetwork) {
    self.vxlan = vxlan
    segment = SegmentSwitch(
      host, in: vxlan.intent, vxlan.segments, vxlan.adapters, filters: vxlan.filters)
    table = MACTable(ageing: vxlan.macAgeing)
  }

  func halt(in world: inout World) {
    table = MACTable(ageing: vxlan.macAgeing)
    segment.ports.halt(in: &world)
  }

  func timeout(_ timer: Timer, in world: inout World) {
    segment.ports.timeout(timer, in: &world)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    if let adapter = vxlan.adapters.adapter(on: cable) {
      send(frame, from: adapter, in: &world)
    } else if let arrival = segment.receive(frame, in: &world) {
      take(arrival, in: &world)
    }
  }

  /// Tells everyone of a machine that has moved here.
  func welcome(_ machine: Int, in world: inout World) {
    vxlan.moves.announce(machine, known: vxlan.adapters, in: &world) { packet, adapter, world in
      let frame = world.packets.frame(packet)
      learn(frame, in: adapter.subnet, at: .port(adapter), &world)
      flood(frame, from: adapter, in: &world)
    }
  }

  /// Takes a frame from a machine on this host.
  private func send(_ frame: EthernetFrame, from adapter: Adapter, in world: inout World) {
    guard segment.passes(frame, .outbound, at: adapter, in: &world) else { return }
    learn(frame, in: adapter.subnet, at: .port(adapter), &world)
    if suppress(frame, from: adapter, in: &world) { return }
    let frame = stripped(frame, in: &world)
    switch place(of: frame, in: adapter.subnet, &world) {
    case .port(let receiver): segment.deliver(frame, to: receiver, in: &world)
    case .host(let other): segment.tunnel(frame, in: adapter.subnet, to: other, in: &world)
    case nil: flood(frame, from: adapter, in: &world)
    }
  }

  /// RFC 7348, section 6.1: a VTEP strips the tag of a frame before it encapsulates it.
  private func stripped(_ frame: EthernetFrame, in world: inout World) -> EthernetFrame {
    guard frame.tag != nil else { return frame }
    var bare = frame
    bare.tag = nil
    world.note(VTEPFact.stripped, bare, before: frame)
    return bare
  }

  /// Gives copies to everyone in the segment but the sender.
  private func flood(_ frame: EthernetFrame, from adapter: Adapter, in world: inout World) {
    let peers = segment.peers(in: adapter.subnet, in: &world)
    let byGroup = vxlan.replication == .multicast
    segment.replicate(
      frame, in: adapter.subnet,
      to: SegmentSwitch.Receivers(
        ports: segment.locals(in: adapter.subnet, but: adapter, in: &world),
        hosts: byGroup ? [] : peers, group: byGroup),
      why(frame), setting: vxlan.replication, in: &world)
  }

  private func why(_ frame: EthernetFrame) -> ReplicationFact.Reason {
    frame.destination.isMulticast ? .group : .unknown
  }

  /// Takes a frame that another host sent: it teaches where its sender is, and goes to this host's
  /// ports only, or it would circle (split horizon).
  private func take(_ arrival: SegmentSwitch.Arrival, in world: inout World) {
    let (frame, subnet) = (arrival.frame, arrival.subnet)
    guard frame.tag == nil else {
      // RFC 7348, section 6.1.
      return world.drop(.notCarried, VTEPFact.tagged, frame)
    }
    if let sender = arrival.sender { learn(frame, in: subnet, at: .host(sender), &world) }
    switch place(of: frame, in: subnet, &world) {
    case .port(let receiver): segment.deliver(frame, to: receiver, in: &world)
    case .host: segment.turnAway(frame, subnet, in: &world)
    case nil:
      segment.replicate(
        frame, in: subnet,
        to: SegmentSwitch.Receivers(ports: segment.locals(in: subnet, in: &world)), why(frame),
        in: &world)
    }
  }

  /// Learns where a frame's sender is.
  private func learn(
    _ frame: EthernetFrame, in subnet: Int, at place: MACTable.Place, _ world: inout World
  ) {
    guard table.learn(frame.source, in: subnet, at: place, now: world.now) else { return }
    world.note(VTEPFact.learned(VTEPFact.Place(place), vxlan.segments.vni(of: subnet)), frame)
  }

  /// Where a frame's receiver is: at one of the host's own ports, where a frame came from, or where
  /// the control plane says, if there is one.
  private func place(
    of frame: EthernetFrame, in subnet: Int, _ world: inout World
  ) -> MACTable.Place? {
    let mac = frame.destination
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
        isTold: learned == nil && told != nil), frame)
    return place
  }

  /// Answers a question for a MAC address in the name of the target, if the control plane knows it.
  private func suppress(
    _ frame: EthernetFrame, from adapter: Adapter, in world: inout World
  ) -> Bool {
    let network = vxlan.intent.subnets[adapter.subnet].network
    guard vxlan.arpSuppression == .on, frame.destination.isMulticast,
      let address = frame.askedAddress,
      let target = vxlan.adapters.adapter(at: address, inNetwork: network),
      target.subnet == adapter.subnet, world.wiring.isRunning(.machine(target.machine))
    else { return false }
    segment.ports.answer(
      NeighborAnswer(target: address, macAddress: target.macAddress), to: frame,
      by: adapter.cable, VTEPFact.suppressed, in: &world)
    return true
  }
}
