import HNVCore

/// The part of a host that Amazon's machines see: it answers for all others, filters, and routes.
final class VPCSwitch: FrameBox {
  private let vpc: VPC
  private let cloud: CloudPorts
  /// The flows that security groups here have let pass.
  private var flows: FlowTable = []

  init(_ host: Int, _ vpc: VPC, in intent: Intent) {
    self.vpc = vpc
    cloud = CloudPorts(host, vpc.directory, edges: vpc.gateways, in: intent)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    switch cloud.arrival(of: frame, from: cable, in: &world) {
    case .outbound(let adapter):
      switch cloud.read(frame, of: adapter, in: &world) {
      case .question(let address):
        answer(address, frame, of: adapter, in: &world)
      case .packet(let packet): send(packet, frame, of: adapter, in: &world)
      case nil: break
      }
    case .inbound(let frame, let adapter): deliver(frame, to: adapter, in: &world)
    case nil: break
    }
  }

  func timeout(_ timer: Timer, in world: inout World) { cloud.ports.timeout(timer, in: &world) }

  func halt(in world: inout World) {
    flows = []
    cloud.ports.halt(in: &world)
  }

  /// ARP and neighbour discovery never reach their target (ipSpace, December 2013).
  private func answer(
    _ address: IPAddress, _ frame: EthernetFrame, of adapter: Adapter, in world: inout World
  ) {
    let network = world.intent.subnets[adapter.subnet].network
    let owner = vpc.directory.adapter(at: address, inNetwork: network)
    if world.intent.routerAddresses(of: adapter.subnet).contains(address) {
      cloud.ports.answer(
        NeighborAnswer(target: address, macAddress: .router(ofSubnet: adapter.subnet)),
        to: frame, by: adapter.cable, VPCFact.routerAnswered, in: &world)
    } else if let owner, owner.subnet == adapter.subnet {
      cloud.ports.answer(
        NeighborAnswer(target: address, macAddress: owner.macAddress), to: frame,
        by: adapter.cable, VPCFact.interfaceAnswered, in: &world)
    } else {
      world.drop(
        .neighborUnreachable, owner == nil ? VPCFact.noOwner : VPCFact.otherSubnet, frame)
    }
  }

  private func send(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in world: inout World
  ) {
    guard passesCheck(.source, of: packet, frame, adapter, in: &world),
      passes(vpc.groups[adapter.cable], frame, .outbound, in: &world)
    else { return }
    if frame.destination == .router(ofSubnet: adapter.subnet) {
      return route(packet, frame, of: adapter, in: &world)
    }
    // Only what is addressed to the router leaves the subnet, and only that is routed (Amazon VPC
    // User Guide, "Route tables").
    guard let receiver = vpc.directory.adapter(with: frame.destination, in: adapter.subnet) else {
      return world.drop(.noRecord, VPCFact.noReceiver(subnet: adapter.subnet), frame)
    }
    world.note(VPCFact.sameSubnet(machine: receiver.machine), frame)
    hand(frame, to: receiver, in: &world)
  }

  /// Whether a machine may send from, or take, an address: its own, or any where it is not checked.
  private func passesCheck(
    _ end: QuotedPacket.End, of packet: IPPacket, _ frame: EthernetFrame, _ adapter: Adapter,
    in world: inout World
  ) -> Bool {
    let address = end == .source ? packet.source : packet.destination
    let own = world.intent.machines[adapter.machine].interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    guard vpc.unchecked.contains(adapter.machine) else {
      world.drop(
        end == .source ? .invalidSource : .notForwarding,
        VPCFact.foreign(end, machine: adapter.machine), frame)
      return false
    }
    world.note(VPCFact.unchecked(end, machine: adapter.machine), frame)
    return true
  }

  private func passes(
    _ list: AccessList?, _ frame: EthernetFrame, _ direction: AccessRule.Direction,
    in world: inout World
  ) -> Bool {
    list?.passes(frame, direction, &flows, in: &world) ?? true
  }

  /// Hands a frame to a network interface, wherever it is.
  private func hand(_ frame: EthernetFrame, to receiver: Adapter, in world: inout World) {
    if !cloud.carries(frame, to: receiver, in: &world) {
      deliver(frame, to: receiver, in: &world)
    }
  }

  /// Takes a frame for a network interface of this host; what a router sent enters the subnet.
  private func deliver(_ frame: EthernetFrame, to receiver: Adapter, in world: inout World) {
    let router = MACAddress.router(ofSubnet: receiver.subnet)
    let network = world.intent.subnets[receiver.subnet].network
    var frame = frame
    if frame.source == vpc.gateways[network]?.macAddress {
      change(&frame, to: frame.rewritten(source: router), in: &world)
    }
    guard let packet = frame.packet,
      frame.source != router
        || passes(vpc.networkACLs[receiver.subnet], frame, .inbound, in: &world),
      passes(vpc.groups[receiver.cable], frame, .inbound, in: &world),
      passesCheck(.destination, of: packet, frame, receiver, in: &world)
    else { return }
    cloud.ports.deliver(frame, to: receiver, in: &world)
  }

  private func change(
    _ frame: inout EthernetFrame, to changed: EthernetFrame, in world: inout World
  ) {
    world.noteChange(from: frame, to: changed)
    frame = changed
  }
}

/// The virtual router.
extension VPCSwitch {
  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in world: inout World
  ) {
    let subnet = adapter.subnet
    let router = MACAddress.router(ofSubnet: adapter.subnet)
    if world.intent.routerAddresses(of: subnet).contains(packet.destination) {
      return answerEcho(frame, packet, router, of: adapter, in: &world)
    }
    guard passes(vpc.networkACLs[subnet], frame, .outbound, in: &world) else { return }
    guard let entry = vpc.tables[subnet].entry(for: packet.destination) else {
      return world.drop(.noRoute, VPCRouterFact.noRoute(vpc.tables, subnet: subnet), frame)
    }
    world.note(VPCRouterFact.routed(vpc.tables, subnet: subnet), frame)
    switch entry.target {
    case .local:
      resolve(packet, frame, in: world.intent.subnets[subnet].network, &world)
    case .interface(let target): follow(entry.prefix, to: target, frame, in: &world)
    case .internetGateway: cloud.leave(frame, of: adapter, router: router, in: &world)
    case .blackhole: world.drop(.elementDown, VPCRouterFact.blackhole, frame)
    }
  }

  private func answerEcho(
    _ frame: EthernetFrame, _ packet: IPPacket, _ router: MACAddress, of adapter: Adapter,
    in world: inout World
  ) {
    guard packet.transport.echoReply != nil else {
      return world.drop(.gatewayAddress, VPCRouterFact.notEcho, frame)
    }
    cloud.ports.answerEcho(
      frame, from: router, by: adapter.cable, VPCRouterFact.echo, in: &world)
  }

  /// Finds whose a destination within the VPC is.
  private func resolve(
    _ packet: IPPacket, _ frame: EthernetFrame, in network: Int, _ world: inout World
  ) {
    let destination = packet.destination
    guard let receiver = vpc.directory.adapter(at: destination, inNetwork: network) else {
      let isRouter = world.intent.networks[network].subnets.contains {
        world.intent.routerAddresses(of: $0).contains(destination)
      }
      return world.drop(
        isRouter ? .gatewayAddress : .noRecord,
        isRouter ? VPCRouterFact.otherRouter : VPCRouterFact.noRecord, frame)
    }
    world.note(
      VPCRouterFact.resolved(machine: receiver.machine, receiver.macAddress), frame)
    forward(frame, to: receiver, in: &world)
  }

  /// Follows a route to a network interface, or to that of the instance that has taken it over.
  private func follow(
    _ prefix: IPPrefix, to target: Adapter, _ frame: EthernetFrame, in world: inout World
  ) {
    var target = target
    if prefix.length == 0, let state = world.state as? VPCState {
      let holder = state.holder(of: target.machine, at: world.now)
      if holder != target.machine,
        let other = vpc.directory.all.first(where: { $0.machine == holder })
      {
        world.note(VPCRouterFact.takenOver(from: target.machine, by: holder), frame)
        target = other
      }
    }
    guard world.wiring.isRunning(.machine(target.machine)) else {
      return world.drop(
        .elementDown, VPCRouterFact.stopped(machine: target.machine), frame)
    }
    forward(frame, to: target, in: &world)
  }

  /// Sends a routed frame on: its TTL stays (ipSpace, December 2013).
  private func forward(_ frame: EthernetFrame, to receiver: Adapter, in world: inout World) {
    var frame = frame
    change(
      &frame,
      to: frame.rewritten(
        source: .router(ofSubnet: receiver.subnet), destination: receiver.macAddress),
      in: &world)
    hand(frame, to: receiver, in: &world)
  }
}
