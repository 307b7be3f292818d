import HNVCore

/// One hypervisor under OVN: all of a packet's logical way up to its last port is worked out here,
/// where the packet is sent; the receiver's host asks the receiver's access list alone.
struct OVNChassis: Element {
  let topology: OVNTopology
  var ports: HostPorts
  let state: OVNState
  private let host: Int
  private var flows: FlowTable = []

  init(_ host: Int, _ topology: OVNTopology, _ state: OVNState, in intent: Intent) {
    self.host = host
    self.topology = topology
    self.state = state
    ports = HostPorts(host, in: intent)
  }

  mutating func timeout(_ timer: Timer, in world: inout World) { ports.timeout(timer, in: &world) }

  mutating func halt(in world: inout World) {
    flows = []
    ports.halt(in: &world)
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    if let adapter = topology.adapters.adapter(on: cable) {
      guard isSecure(packet, from: adapter, in: &world) else { return }
      bind(packet, from: adapter, in: &world)
      return enter(packet, adapter.subnet, from: .machine(adapter), in: &world)
    }
    guard let packet = ports.receive(packet, in: &world) else { return }
    unwrap(packet, in: &world)
  }

  /// A machine that speaks of a shared address has it from now on.
  private func bind(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let row = world.packets[packet]
    guard state.isClaim(row, by: adapter) else { return }
    world.note(OVNSwitchFact.bound(machine: adapter.machine), packet)
    state.bind(row, to: adapter)
  }

  // MARK: The logical switch

  /// A frame enters a logical switch.
  mutating func enter(
    _ packet: PacketID, _ subnet: Int, from port: OVNPort, in world: inout World
  ) {
    guard passes(packet, .entering, subnet, at: port, in: &world),
      !answers(packet, subnet, from: port, in: &world)
    else { return }
    let destination = world.packets[packet].destinationMAC
    guard !destination.isMulticast else {
      return flood(packet, subnet, from: port, in: &world)
    }
    if destination == .router(ofSubnet: subnet), port != .router {
      guard passes(packet, .leaving, subnet, at: .router, in: &world) else { return }
      return route(packet, from: subnet, in: &world)
    }
    guard let adapter = topology.adapters.adapter(with: destination, in: subnet),
      .machine(adapter) != port
    else {
      world.drop(.notAddressed, OVNSwitchFact.noPort(subnet: subnet), packet)
      return
    }
    leave(packet, to: adapter, from: port, in: &world)
  }

  /// A frame leaves the logical switch by a machine's port, here or on another host.
  private mutating func leave(
    _ packet: PacketID, to adapter: Adapter, from port: OVNPort, in world: inout World
  ) {
    guard !ports.has(adapter, in: &world) else { return deliver(packet, to: adapter, in: &world) }
    let other = world.wiring.host(of: adapter.machine)
    tunnel(packet, adapter.subnet, key: topology.key(of: adapter), from: port, to: other, &world)
  }

  private mutating func deliver(_ packet: PacketID, to adapter: Adapter, in world: inout World) {
    guard passes(packet, .leaving, adapter.subnet, at: .machine(adapter), in: &world)
    else { return }
    ports.deliver(packet, to: adapter, in: &world)
  }

  private mutating func passes(
    _ packet: PacketID, _ direction: OVNAccessList.Direction, _ subnet: Int,
    at port: OVNPort, in world: inout World
  ) -> Bool {
    switch topology.accessLists[subnet].passes(
      packet, direction, at: port, &flows, in: &world)
    {
    case .passes: return true
    case .drops: return false
    case .rejects:
      if case .machine(let adapter) = port, direction == .entering,
        let router = world.intent.routerAddresses(of: subnet).first
      {
        ports.report(
          .host, about: packet, from: router, .router(ofSubnet: subnet), by: adapter.cable,
          in: &world)
      }
      return false
    }
  }

  /// Port security (ovn-nb(5)): a machine sends from its own addresses.
  private func isSecure(
    _ packet: PacketID, from adapter: Adapter, in world: inout World
  ) -> Bool {
    guard topology.portSecurity else { return true }
    let interface = world.intent.machines[adapter.machine].interfaces[adapter.index]
    let row = world.packets[packet]
    let isListed = interface.virtualRouters.contains { $0.macAddress == row.sourceMAC }
    guard row.sourceMAC == adapter.macAddress || isListed else {
      world.drop(.spoofedMAC, OVNSwitchFact.foreignMAC(machine: adapter.machine), packet)
      return false
    }
    guard row.isIP, !row.isNeighborDiscovery, !row.source.isUnspecified,
      !interface.mayHave(row.source)
    else { return true }
    world.drop(.invalidSource, OVNSwitchFact.foreignAddress(machine: adapter.machine), packet)
    return false
  }

  /// The switch answers for the addresses of its ports, and for the router's; not a machine that
  /// asks for its own, which looks for a duplicate (ovn-logical-flows(7)).
  private func answers(
    _ packet: PacketID, _ subnet: Int, from port: OVNPort, in world: inout World
  ) -> Bool {
    let row = world.packets[packet]
    guard case .machine(let asker) = port, row.isQuestion else { return false }
    let target = row.subjects.destination
    let isRouter = world.intent.routerAddresses(of: subnet).contains(target)
    let owner = topology.adapters.adapter(
      at: target, inNetwork: world.intent.subnets[subnet].network)
    guard isRouter || (owner?.subnet == subnet && owner != asker) else { return false }
    let mac = isRouter ? .router(ofSubnet: subnet) : owner?.macAddress
    guard let mac else { return false }
    ports.answer(
      NeighborAnswer(target: target, macAddress: mac), to: packet, by: asker.cable,
      OVNSwitchFact.answered, in: &world)
    return true
  }

  /// A copy for every other port of the switch, one tunnel for each other host with any.
  private mutating func flood(
    _ packet: PacketID, _ subnet: Int, from port: OVNPort, in world: inout World
  ) {
    let others = topology.ports(of: subnet).filter { .machine($0) != port }
    let here = others.filter { ports.has($0, in: &world) }
    let hosts = Set(others.map { world.wiring.host(of: $0.machine) }).subtracting([host])
    let count = here.count + hosts.count
    guard count > 0 else {
      world.drop(.noReceivers, OVNSwitchFact.noReceiver(subnet: subnet), packet)
      return
    }
    if count > 1 { world.finish(.replicated, OVNSwitchFact.replicated(copies: count), packet) }
    for adapter in here {
      world.following(world.copy(oneOf: count)) { deliver(packet, to: adapter, in: &$0) }
    }
    for other in hosts.sorted() {
      world.following(world.copy(oneOf: count)) {
        tunnel(packet, subnet, key: OVNTopology.flood, from: port, to: other, &$0)
      }
    }
  }

  // MARK: The tunnel

  private mutating func tunnel(
    _ packet: PacketID, _ subnet: Int, key: UInt16, from port: OVNPort, to other: Int,
    _ world: inout World
  ) {
    let ingress: UInt16 =
      if case .machine(let adapter) = port { topology.key(of: adapter) } else { 0 }
    // Datapaths are numbered from 1 (ovn-sb(5), tunnel_key).
    let header = GeneveHeader(
      networkIdentifier: UInt32(subnet + 1),
      logicalPorts: GeneveHeader.LogicalPorts(ingress: ingress, egress: key))
    let fact = OVNTunnelFact.encapsulated(subnet: subnet)
    ports.tunnel(packet, in: .geneve(header), fact, to: other, in: &world)
  }

  private mutating func unwrap(_ packet: PacketID, in world: inout World) {
    let row = world.packets[packet]
    guard case .geneve(let header) = row.tunnelHeader, let inner = row.inner,
      let logical = header.logicalPorts,
      case let subnet = Int(header.networkIdentifier) - 1,
      world.intent.subnets.indices.contains(subnet)
    else {
      world.drop(.notCarried, OVNTunnelFact.notGeneve, packet)
      return
    }
    world.note(OVNTunnelFact.decapsulated(subnet: subnet, key: logical.egress), packet)
    guard logical.egress != OVNTopology.flood else {
      let own = topology.ports(of: subnet).filter {
        ports.has($0, in: &world) && topology.key(of: $0) != logical.ingress
      }
      guard !own.isEmpty else {
        world.drop(.noReceivers, OVNTunnelFact.noReceiver(subnet: subnet), packet)
        return
      }
      if own.count > 1 {
        world.finish(.replicated, OVNSwitchFact.replicated(copies: own.count), inner)
      }
      for adapter in own {
        world.following(world.copy(oneOf: own.count)) { deliver(inner, to: adapter, in: &$0) }
      }
      return
    }
    guard let adapter = topology.adapter(withKey: logical.egress, in: subnet),
      ports.has(adapter, in: &world)
    else {
      world.drop(
        .noPort, OVNTunnelFact.noPort(subnet: subnet, key: logical.egress), packet)
      return
    }
    deliver(inner, to: adapter, in: &world)
  }
}
