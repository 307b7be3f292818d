import HNVCore

/// The part of a host that Amazon's machines see: it answers for all others, filters, and routes.
struct VPCSwitch: Element {
  private let vpc: VPC
  private let state: VPCState
  private var cloud: CloudPorts
  /// The flows that security groups here have let pass.
  private var flows: FlowTable = []

  init(_ host: Int, _ vpc: VPC, _ state: VPCState, in intent: Intent) {
    self.vpc = vpc
    self.state = state
    cloud = CloudPorts(host, vpc.directory, edges: vpc.gateways, in: intent)
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    switch cloud.arrival(of: packet, from: cable, in: &world) {
    case .outbound(let adapter):
      switch cloud.read(packet, of: adapter, in: &world) {
      case .question(let address): answer(address, packet, of: adapter, in: &world)
      case .packet: send(packet, of: adapter, in: &world)
      case nil: break
      }
    case .inbound(let packet, let adapter): deliver(packet, to: adapter, in: &world)
    case nil: break
    }
  }

  mutating func timeout(_ timer: Timer, in world: inout World) {
    cloud.ports.timeout(timer, in: &world)
  }

  mutating func halt(in world: inout World) {
    flows = []
    cloud.ports.halt(in: &world)
  }

  /// ARP and neighbour discovery never reach their target (ipSpace, December 2013).
  private mutating func answer(
    _ address: IPAddress, _ packet: PacketID, of adapter: Adapter, in world: inout World
  ) {
    let network = world.intent.subnets[adapter.subnet].network
    let owner = vpc.directory.adapter(at: address, inNetwork: network)
    if world.intent.routerAddresses(of: adapter.subnet).contains(address) {
      cloud.ports.answer(
        NeighborAnswer(target: address, macAddress: .router(ofSubnet: adapter.subnet)),
        to: packet, by: adapter.cable, VPCFact.routerAnswered, in: &world)
    } else if let owner, owner.subnet == adapter.subnet {
      cloud.ports.answer(
        NeighborAnswer(target: address, macAddress: owner.macAddress), to: packet,
        by: adapter.cable, VPCFact.interfaceAnswered, in: &world)
    } else {
      world.drop(
        .neighborUnreachable, owner == nil ? VPCFact.noOwner : VPCFact.otherSubnet, packet)
    }
  }

  private mutating func send(_ packet: PacketID, of adapter: Adapter, in world: inout World) {
    guard passesCheck(.source, of: packet, adapter, in: &world),
      passes(vpc.groups[adapter.cable], packet, .outbound, in: &world)
    else { return }
    let destination = world.packets[packet].destinationMAC
    if destination == .router(ofSubnet: adapter.subnet) {
      return route(packet, of: adapter, in: &world)
    }
    // Only what is addressed to the router leaves the subnet, and only that is routed (Amazon VPC
    // User Guide, "Route tables").
    guard let receiver = vpc.directory.adapter(with: destination, in: adapter.subnet) else {
      return world.drop(.noRecord, VPCFact.noReceiver(subnet: adapter.subnet), packet)
    }
    world.note(VPCFact.sameSubnet(machine: receiver.machine), packet)
    carry(packet, to: receiver, in: &world)
  }

  /// Whether a machine may send from, or take, an address: its own, or any where it is not checked.
  private mutating func passesCheck(
    _ end: QuotedPacket.End, of packet: PacketID, _ adapter: Adapter, in world: inout World
  ) -> Bool {
    let row = world.packets[packet]
    let address = end == .source ? row.source : row.destination
    let own = world.intent.machines[adapter.machine].interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    guard vpc.unchecked.contains(adapter.machine) else {
      world.drop(
        end == .source ? .invalidSource : .notForwarding,
        VPCFact.foreign(end, machine: adapter.machine), packet)
      return false
    }
    world.note(VPCFact.unchecked(end, machine: adapter.machine), packet)
    return true
  }

  private mutating func passes(
    _ list: AccessList?, _ packet: PacketID, _ direction: AccessRule.Direction,
    in world: inout World
  ) -> Bool {
    list?.passes(packet, direction, &flows, in: &world) ?? true
  }

  /// Sends a frame to a network interface, wherever it is.
  private mutating func carry(_ packet: PacketID, to receiver: Adapter, in world: inout World) {
    if !cloud.carries(packet, to: receiver, in: &world) {
      deliver(packet, to: receiver, in: &world)
    }
  }

  /// Takes a frame for a network interface of this host; what a router sent enters the subnet.
  private mutating func deliver(_ packet: PacketID, to receiver: Adapter, in world: inout World) {
    let router = MACAddress.router(ofSubnet: receiver.subnet)
    let network = world.intent.subnets[receiver.subnet].network
    let isFromEdge = world.packets[packet].sourceMAC == vpc.gateways[network]?.macAddress
    let packet = isFromEdge ? cloud.readdress(packet, from: router, in: &world) : packet
    let row = world.packets[packet]
    guard row.isIP,
      row.sourceMAC != router
        || passes(vpc.networkACLs[receiver.subnet], packet, .inbound, in: &world),
      passes(vpc.groups[receiver.cable], packet, .inbound, in: &world),
      passesCheck(.destination, of: packet, receiver, in: &world)
    else { return }
    cloud.ports.deliver(packet, to: receiver, in: &world)
  }
}

/// The virtual router.
extension VPCSwitch {
  private mutating func route(_ packet: PacketID, of adapter: Adapter, in world: inout World) {
    let subnet = adapter.subnet
    let router = MACAddress.router(ofSubnet: adapter.subnet)
    let destination = world.packets[packet].destination
    if world.intent.routerAddresses(of: subnet).contains(destination) {
      return answerEcho(packet, router, of: adapter, in: &world)
    }
    guard passes(vpc.networkACLs[subnet], packet, .outbound, in: &world) else { return }
    guard let entry = vpc.tables[subnet].entry(for: destination) else {
      return world.drop(.noRoute, VPCRouterFact.noRoute(vpc.tables, subnet: subnet), packet)
    }
    world.note(VPCRouterFact.routed(vpc.tables, subnet: subnet), packet)
    switch entry.target {
    case .local: resolve(packet, in: world.intent.subnets[subnet].network, &world)
    case .interface(let target): follow(entry.prefix, to: target, packet, in: &world)
    case .internetGateway: cloud.leave(packet, of: adapter, router: router, in: &world)
    case .blackhole: world.drop(.elementDown, VPCRouterFact.blackhole, packet)
    }
  }

  private mutating func answerEcho(
    _ packet: PacketID, _ router: MACAddress, of adapter: Adapter, in world: inout World
  ) {
    guard world.packets[packet].isEchoRequest else {
      return world.drop(.gatewayAddress, VPCRouterFact.notEcho, packet)
    }
    cloud.ports.answerEcho(
      packet, from: router, by: adapter.cable, VPCRouterFact.echo, in: &world)
  }

  /// Finds whose a destination within the VPC is.
  private mutating func resolve(_ packet: PacketID, in network: Int, _ world: inout World) {
    let destination = world.packets[packet].destination
    guard let receiver = vpc.directory.adapter(at: destination, inNetwork: network) else {
      let isRouter = world.intent.networks[network].subnets.contains {
        world.intent.routerAddresses(of: $0).contains(destination)
      }
      return world.drop(
        isRouter ? .gatewayAddress : .noRecord,
        isRouter ? VPCRouterFact.otherRouter : VPCRouterFact.noRecord, packet)
    }
    world.note(
      VPCRouterFact.resolved(machine: receiver.machine, receiver.macAddress), packet)
    forward(packet, to: receiver, in: &world)
  }

  /// Follows a route to a network interface, or to that of the instance that has taken it over.
  private mutating func follow(
    _ prefix: IPPrefix, to target: Adapter, _ packet: PacketID, in world: inout World
  ) {
    var target = target
    if prefix.length == 0 {
      let holder = state.holder(of: target.machine, at: world.now)
      if holder != target.machine,
        let other = vpc.directory.all.first(where: { $0.machine == holder })
      {
        world.note(VPCRouterFact.takenOver(from: target.machine, by: holder), packet)
        target = other
      }
    }
    guard world.wiring.isRunning(.machine(target.machine)) else {
      return world.drop(
        .elementDown, VPCRouterFact.stopped(machine: target.machine), packet)
    }
    forward(packet, to: target, in: &world)
  }

  /// Sends a routed frame on: its TTL stays (ipSpace, December 2013).
  private mutating func forward(_ packet: PacketID, to receiver: Adapter, in world: inout World) {
    let changed = cloud.readdress(
      packet, from: .router(ofSubnet: receiver.subnet), to: receiver.macAddress, in: &world)
    carry(changed, to: receiver, in: &world)
  }
}
