import HNVCore

/// A host's VXLAN tunnel end point: a learning switch whose other ports are the other hosts
/// (RFC 7348).
final class VTEP: Box {
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

  func halt(in context: Context) {
    table = MACTable(ageing: vxlan.macAgeing)
    segment.ports.halt(in: context)
  }

  func timeout(_ timer: Timer, in context: Context) {
    segment.ports.timeout(timer, in: context)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    if let adapter = vxlan.adapters.adapter(on: cable) {
      send(frame, from: adapter, in: context)
    } else if let arrival = segment.receive(frame, in: context) {
      take(arrival, in: context)
    }
  }

  /// Tells everyone of a machine that has moved here.
  func welcome(_ machine: Int, in context: Context) {
    vxlan.moves.announce(machine, known: vxlan.adapters, in: context) { frame, adapter, context in
      learn(frame.source, in: adapter.subnet, at: .port(adapter), context)
      flood(frame, from: adapter, in: context)
    }
  }

  /// Takes a frame from a machine on this host.
  private func send(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    guard segment.passes(frame, .outbound, at: adapter, in: context) else { return }
    learn(frame.source, in: adapter.subnet, at: .port(adapter), context)
    if suppress(frame, from: adapter, in: context) { return }
    let frame = stripped(frame, in: context)
    switch place(of: frame.destination, in: adapter.subnet, context) {
    case .port(let receiver): segment.deliver(frame, to: receiver, in: context)
    case .host(let other): segment.tunnel(frame, in: adapter.subnet, to: other, in: context)
    case nil: flood(frame, from: adapter, in: context)
    }
  }

  /// RFC 7348, section 6.1: a VTEP strips the tag of a frame before it encapsulates it.
  private func stripped(_ frame: EthernetFrame, in context: Context) -> EthernetFrame {
    guard let tag = frame.tag else { return frame }
    var bare = frame
    bare.tag = nil
    context.note(
      Step(
        .rewritten, "VLAN tag \(tag.identifier) removed",
        changes: Step.Change.changes(frame, bare)))
    return bare
  }

  /// Gives copies to everyone in the segment but the sender.
  private func flood(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    let peers = segment.peers(in: adapter.subnet, in: context)
    let byGroup = vxlan.replication == .multicast
    segment.replicate(
      frame, in: adapter.subnet,
      to: SegmentSwitch.Receivers(
        ports: segment.locals(in: adapter.subnet, but: adapter, in: context),
        hosts: byGroup ? [] : peers, group: byGroup),
      why(frame), setting: vxlan.replication.text, in: context)
  }

  private func why(_ frame: EthernetFrame) -> String {
    frame.destination.isMulticast
      ? "\(frame.destination) is a group address" : "\(frame.destination) is unknown"
  }

  /// Takes a frame that another host sent: it teaches where its sender is, and goes to this host's
  /// ports only, or it would circle (split horizon).
  private func take(_ arrival: SegmentSwitch.Arrival, in context: Context) {
    let (frame, subnet) = (arrival.frame, arrival.subnet)
    guard frame.tag == nil else {
      // RFC 7348, section 6.1.
      context.drop(
        .notCarried, "the inner frame has a VLAN tag, so the VTEP drops it",
        fix: "send frames without a tag")
      return
    }
    if let sender = arrival.sender { learn(frame.source, in: subnet, at: .host(sender), context) }
    switch place(of: frame.destination, in: subnet, context) {
    case .port(let receiver): segment.deliver(frame, to: receiver, in: context)
    case .host: segment.turnAway(frame, subnet, in: context)
    case nil:
      segment.replicate(
        frame, in: subnet,
        to: SegmentSwitch.Receivers(ports: segment.locals(in: subnet, in: context)), why(frame),
        in: context)
    }
  }

  private func learn(
    _ mac: MACAddress, in subnet: Int, at place: MACTable.Place, _ context: Context
  ) {
    guard table.learn(mac, in: subnet, at: place, now: context.now) else { return }
    context.note(
      Step(.learned, "\(mac) of \(segment.name(of: subnet)) is \(words(place))"))
  }

  private func words(_ place: MACTable.Place) -> String {
    switch place {
    case .port(let adapter): "at the port of \(vxlan.intent.machines[adapter.machine].name)"
    case .host(let other):
      "at \(vxlan.intent.hosts[other].name), \(vxlan.intent.hosts[other].address)"
    }
  }

  /// Where a MAC address is: at one of the host's own ports, where a frame came from, or where the
  /// control plane says, if there is one.
  private func place(
    of mac: MACAddress, in subnet: Int, _ context: Context
  ) -> MACTable.Place? {
    guard !mac.isMulticast else { return nil }
    let owner = vxlan.adapters.adapter(with: mac, in: subnet)
    if let owner, segment.ports.has(owner, in: context) { return .port(owner) }
    var learned = table.place(of: mac, in: subnet, now: context.now)
    // A switch forgets what was behind a port that is gone.
    if case .port(let gone) = learned, !segment.ports.has(gone, in: context) { learned = nil }
    let told = vxlan.arpSuppression == .on ? owner : nil
    let place = learned ?? told.map { .host(context.wiring.host(of: $0.machine)) }
    let setting = learned == nil && told != nil ? vxlan.arpSuppression.text : nil
    context.note(
      Step(
        .resolved, "\(mac) is \(place.map(words) ?? "not learned")",
        lookup: Step.Lookup(
          table:
            "MAC addresses of \(segment.name(of: subnet)) on"
            + " \(vxlan.intent.hosts[segment.host].name)",
          key: "\(mac)", match: place.map(words)), setting: setting))
    return place
  }

  /// Answers a question for a MAC address in the name of the target, if the control plane knows it.
  private func suppress(
    _ frame: EthernetFrame, from adapter: Adapter, in context: Context
  ) -> Bool {
    let network = vxlan.intent.subnets[adapter.subnet].network
    guard vxlan.arpSuppression == .on, frame.destination.isMulticast,
      let address = frame.askedAddress,
      let target = vxlan.adapters.adapter(at: address, inNetwork: network),
      target.subnet == adapter.subnet, context.wiring.isRunning(.machine(target.machine))
    else { return false }
    segment.ports.answer(
      NeighborAnswer(target: address, macAddress: target.macAddress), to: frame,
      by: adapter.cable, "from the control plane of \(vxlan.intent.hosts[segment.host].name)",
      setting: vxlan.arpSuppression.text, in: context)
    return true
  }
}
