import HNVCore

/// What the switch of a host has in every overlay that carries frames in VXLAN: ports with filters,
/// tunnels to other hosts, and copies for many.
struct SegmentSwitch {
  var ports: HostPorts
  let segments: Segments
  let adapters: AdapterDirectory
  let state: OverlayState
  /// The filters of adapters that have rules.
  let filters: [Cable: AccessList]

  var host: Int { ports.host }

  init(
    _ host: Int, in intent: Intent, _ segments: Segments, _ adapters: AdapterDirectory,
    _ state: OverlayState, filters: [Cable: AccessList]
  ) {
    ports = HostPorts(host, in: intent)
    self.segments = segments
    self.adapters = adapters
    self.state = state
    self.filters = filters
  }

  /// A frame that came out of a tunnel.
  struct Arrival {
    let packet: PacketID
    let subnet: Int
    /// The host that sent it, and its address on the underlay.
    let sender: Int?
    let source: IPAddress
    /// The address on the underlay that it was sent to: this host's own, or a group.
    let target: IPAddress
  }

  /// Who gets copies of a frame.
  struct Receivers {
    var ports: [Adapter] = []
    var hosts: [Int] = []
    /// Whether the group of the segment gets one, for all hosts that have joined it.
    var group = false

    var count: Int { ports.count + hosts.count + (group ? 1 : 0) }
  }

  /// The adapters of a subnet on this host, but for one.
  func locals(in subnet: Int, but other: Adapter? = nil, in world: inout World) -> [Adapter] {
    adapters.adapters(in: subnet).filter { $0 != other && ports.has($0, in: &world) }
  }

  /// The other hosts with a machine in a subnet.
  func peers(in subnet: Int) -> [Int] { state.members(of: subnet).filter { $0 != host } }

  /// Asks the filter of an adapter; what it denies is lost here.
  func passes(
    _ packet: PacketID, _ direction: AccessRule.Direction, at adapter: Adapter,
    in world: inout World
  ) -> Bool {
    guard let filter = filters[adapter.cable] else { return true }
    let known = state.flows[adapter.machine] ?? []
    var flows = known
    let passes = filter.passes(packet, direction, &flows, in: &world)
    if flows != known { state.flows[adapter.machine] = flows }
    return passes
  }

  /// Hands a frame to an adapter, if its filter lets it pass.
  func deliver(_ packet: PacketID, to adapter: Adapter, in world: inout World) {
    guard passes(packet, .inbound, at: adapter, in: &world) else { return }
    ports.deliver(packet, to: adapter, in: &world)
  }

  /// Sends a frame of a subnet to another host.
  mutating func tunnel(_ packet: PacketID, in subnet: Int, to other: Int, in world: inout World) {
    guard let header = header(around: world.packets[packet], in: subnet) else { return }
    ports.tunnel(packet, in: header, to: other, in: &world)
  }

  private func header(around inner: Packet, in subnet: Int) -> Packet.TunnelHeader? {
    // RFC 7348, section 5: a hash of the inner headers, in the range of dynamic ports.
    let port = 49152 | inner.flowHash & 0x3fff
    return segments.vni(of: subnet).map {
      .vxlan(VXLANHeader(virtualSubnetID: $0, sourcePort: port))
    }
  }

  /// Sends a copy to every receiver; a single one gets the frame itself.
  ///
  /// Other hosts get the frame as `elsewhere` has it.
  mutating func replicate(
    _ packet: PacketID, in subnet: Int, to receivers: Receivers,
    _ reason: ReplicationFact.Reason, setting: (any ModelSetting)? = nil,
    elsewhere: PacketID? = nil, in world: inout World
  ) {
    let outgoing = elsewhere ?? packet
    let count = receivers.count
    func fact() -> ReplicationFact {
      ReplicationFact(
        reason: reason, receivers: receivers, setting: setting, vni: segments.vni(of: subnet),
        group: segments.group(of: subnet))
    }
    guard count > 0 else { return world.drop(.noReceivers, fact(), packet) }
    if count > 1 {
      world.finish(.replicated, fact(), packet)
    } else {
      world.note(fact(), packet)
    }
    for adapter in receivers.ports {
      world.following(world.copy(oneOf: count)) { deliver(packet, to: adapter, in: &$0) }
    }
    for other in receivers.hosts {
      world.following(world.copy(oneOf: count)) {
        tunnel(outgoing, in: subnet, to: other, in: &$0)
      }
    }
    guard receivers.group, let header = header(around: world.packets[outgoing], in: subnet)
    else { return }
    world.following(world.copy(oneOf: count)) {
      ports.tunnel(outgoing, in: header, to: segments.group(of: subnet), in: &$0)
    }
  }

  /// Takes a frame from the uplink; gives what came out of a tunnel into a subnet that this host
  /// has: one with a machine here, or with something else that the model has there.
  mutating func receive(
    _ packet: PacketID, orWhere hasSubnet: (Int) -> Bool = { _ in false },
    in world: inout World
  ) -> Arrival? {
    guard let outer = ports.receive(packet, in: &world) else { return nil }
    let row = world.packets[outer]
    guard case .vxlan(let header) = row.tunnelHeader, let inner = row.inner else {
      // RFC 7348, section 4.3: a VTEP may discard fragments without a word.
      world.drop(.notCarried, row.isFragment ? SegmentFact.fragment : .notVXLAN, outer)
      return nil
    }
    let vni = header.virtualSubnetID
    let receiver = world.packets[inner].destinationMAC
    world.note(SegmentFact.decapsulated(vni, to: receiver), outer)
    guard let subnet = segments.subnet(of: vni),
      hasSubnet(subnet) || !locals(in: subnet, in: &world).isEmpty
    else {
      world.drop(.noPort, SegmentFact.noMachine(vni), outer)
      return nil
    }
    return Arrival(
      packet: inner, subnet: subnet, sender: segments.host(at: row.source),
      source: row.source, target: row.destination)
  }

  /// The machine is not at this host, and what came by a tunnel leaves by none.
  func turnAway(_ packet: PacketID, _ subnet: Int, in world: inout World) {
    world.drop(.noPort, SegmentFact.turnedAway(segments.vni(of: subnet)), packet)
  }
}

extension AccessList {
  /// The filters of the adapters that have rules, under what a model calls them.
  static func filters(
    of intent: Intent, named name: String, isStateful: Bool
  ) -> [Cable: AccessList] {
    var filters: [Cable: AccessList] = [:]
    for (number, machine) in intent.machines.enumerated() {
      for (index, interface) in machine.interfaces.enumerated() where !interface.rules.isEmpty {
        guard let subnet = intent.subnet(of: interface) else { continue }
        let isOnly = machine.interfaces.count == 1
        let place = isOnly ? "" : " in \(intent.subnets[subnet].name)"
        filters[.adapter(machine: number, index: index)] = AccessList(
          name: "\(name) of \(machine.name)\(place)", rules: interface.rules,
          isStateful: isStateful)
      }
    }
    return filters
  }
}
