import HNVCore

/// The part of a host that Amazon's machines see: it answers for all others, filters, and routes.
final class VPCSwitch: Box {
  private let vpc: VPC
  private let cloud: CloudPorts
  /// The flows that security groups here have let pass.
  private var flows: FlowTable = []

  init(_ host: Int, _ vpc: VPC, in intent: Intent) {
    self.vpc = vpc
    cloud = CloudPorts(host, vpc.directory, edges: vpc.gateways, in: intent)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    switch cloud.arrival(of: frame, from: cable, in: context) {
    case .outbound(let adapter):
      switch cloud.read(frame, of: adapter, in: context) {
      case .question(let address):
        answer(address, frame, of: adapter, in: context)
      case .packet(let packet): send(packet, frame, of: adapter, in: context)
      case nil: break
      }
    case .inbound(let frame, let adapter): deliver(frame, to: adapter, in: context)
    case nil: break
    }
  }

  func timeout(_ timer: Timer, in context: Context) { cloud.ports.timeout(timer, in: context) }

  func halt(in context: Context) {
    flows = []
    cloud.ports.halt(in: context)
  }

  /// ARP and neighbour discovery never reach their target (ipSpace, December 2013).
  private func answer(
    _ address: IPAddress, _ frame: EthernetFrame, of adapter: Adapter, in context: Context
  ) {
    let network = context.intent.subnets[adapter.subnet].network
    let owner = vpc.directory.adapter(at: address, inNetwork: network)
    if context.intent.routerAddresses(of: adapter.subnet).contains(address) {
      cloud.ports.answer(
        NeighborAnswer(target: address, macAddress: .router(ofSubnet: adapter.subnet)),
        to: frame, by: adapter.cable, VPCFact.routerAnswered, in: context)
    } else if let owner, owner.subnet == adapter.subnet {
      cloud.ports.answer(
        NeighborAnswer(target: address, macAddress: owner.macAddress), to: frame,
        by: adapter.cable, VPCFact.interfaceAnswered, in: context)
    } else {
      context.drop(
        .neighborUnreachable, owner == nil ? VPCFact.noOwner : VPCFact.otherSubnet, frame)
    }
  }

  private func send(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in context: Context
  ) {
    guard passesCheck(.source, of: packet, frame, adapter, in: context),
      passes(vpc.groups[adapter.cable], frame, .outbound, in: context)
    else { return }
    if frame.destination == .router(ofSubnet: adapter.subnet) {
      return route(packet, frame, of: adapter, in: context)
    }
    // Only what is addressed to the router leaves the subnet, and only that is routed (Amazon VPC
    // User Guide, "Route tables").
    guard let receiver = vpc.directory.adapter(with: frame.destination, in: adapter.subnet) else {
      return context.drop(.noRecord, VPCFact.noReceiver(subnet: adapter.subnet), frame)
    }
    context.note(VPCFact.sameSubnet(machine: receiver.machine), frame)
    hand(frame, to: receiver, in: context)
  }

  /// Whether a machine may send from, or take, an address: its own, or any where it is not checked.
  private func passesCheck(
    _ end: QuotedPacket.End, of packet: IPPacket, _ frame: EthernetFrame, _ adapter: Adapter,
    in context: Context
  ) -> Bool {
    let address = end == .source ? packet.source : packet.destination
    let own = context.intent.machines[adapter.machine].interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    guard vpc.unchecked.contains(adapter.machine) else {
      context.drop(
        end == .source ? .invalidSource : .notForwarding,
        VPCFact.foreign(end, machine: adapter.machine), frame)
      return false
    }
    context.note(VPCFact.unchecked(end, machine: adapter.machine), frame)
    return true
  }

  private func passes(
    _ list: AccessList?, _ frame: EthernetFrame, _ direction: AccessRule.Direction,
    in context: Context
  ) -> Bool {
    list?.passes(frame, direction, &flows, in: context) ?? true
  }

  /// Hands a frame to a network interface, wherever it is.
  private func hand(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    if !cloud.carries(frame, to: receiver, in: context) {
      deliver(frame, to: receiver, in: context)
    }
  }

  /// Takes a frame for a network interface of this host; what a router sent enters the subnet.
  private func deliver(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    let router = MACAddress.router(ofSubnet: receiver.subnet)
    let network = context.intent.subnets[receiver.subnet].network
    var frame = frame
    if frame.source == vpc.gateways[network]?.macAddress {
      change(&frame, to: frame.rewritten(source: router), in: context)
    }
    guard let packet = frame.packet,
      frame.source != router
        || passes(vpc.networkACLs[receiver.subnet], frame, .inbound, in: context),
      passes(vpc.groups[receiver.cable], frame, .inbound, in: context),
      passesCheck(.destination, of: packet, frame, receiver, in: context)
    else { return }
    cloud.ports.deliver(frame, to: receiver, in: context)
  }

  private func change(
    _ frame: inout EthernetFrame, to changed: EthernetFrame, in context: Context
  ) {
    context.noteChange(from: frame, to: changed)
    frame = changed
  }
}

/// The virtual router.
extension VPCSwitch {
  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in context: Context
  ) {
    let subnet = adapter.subnet
    let router = MACAddress.router(ofSubnet: adapter.subnet)
    if context.intent.routerAddresses(of: subnet).contains(packet.destination) {
      return answerEcho(frame, packet, router, of: adapter, in: context)
    }
    guard passes(vpc.networkACLs[subnet], frame, .outbound, in: context) else { return }
    guard let entry = vpc.tables[subnet].entry(for: packet.destination) else {
      return context.drop(.noRoute, VPCRouterFact.noRoute(vpc.tables, subnet: subnet), frame)
    }
    context.note(VPCRouterFact.routed(vpc.tables, subnet: subnet), frame)
    switch entry.target {
    case .local:
      resolve(packet, frame, in: context.intent.subnets[subnet].network, context)
    case .interface(let target): follow(entry.prefix, to: target, frame, in: context)
    case .internetGateway: cloud.leave(frame, of: adapter, router: router, in: context)
    case .blackhole: context.drop(.elementDown, VPCRouterFact.blackhole, frame)
    }
  }

  private func answerEcho(
    _ frame: EthernetFrame, _ packet: IPPacket, _ router: MACAddress, of adapter: Adapter,
    in context: Context
  ) {
    guard packet.transport.echoReply != nil else {
      return context.drop(.gatewayAddress, VPCRouterFact.notEcho, frame)
    }
    cloud.ports.answerEcho(
      frame, from: router, by: adapter.cable, VPCRouterFact.echo, in: context)
  }

  /// Finds whose a destination within the VPC is.
  private func resolve(
    _ packet: IPPacket, _ frame: EthernetFrame, in network: Int, _ context: Context
  ) {
    let destination = packet.destination
    guard let receiver = vpc.directory.adapter(at: destination, inNetwork: network) else {
      let isRouter = context.intent.networks[network].subnets.contains {
        context.intent.routerAddresses(of: $0).contains(destination)
      }
      return context.drop(
        isRouter ? .gatewayAddress : .noRecord,
        isRouter ? VPCRouterFact.otherRouter : VPCRouterFact.noRecord, frame)
    }
    context.note(
      VPCRouterFact.resolved(machine: receiver.machine, receiver.macAddress), frame)
    forward(frame, to: receiver, in: context)
  }

  /// Follows a route to a network interface, or to that of the instance that has taken it over.
  private func follow(
    _ prefix: IPPrefix, to target: Adapter, _ frame: EthernetFrame, in context: Context
  ) {
    var target = target
    if prefix.length == 0, let state = context.state as? VPCState {
      let holder = state.holder(of: target.machine, at: context.now)
      if holder != target.machine,
        let other = vpc.directory.all.first(where: { $0.machine == holder })
      {
        context.note(VPCRouterFact.takenOver(from: target.machine, by: holder), frame)
        target = other
      }
    }
    guard context.wiring.isRunning(.machine(target.machine)) else {
      return context.drop(
        .elementDown, VPCRouterFact.stopped(machine: target.machine), frame)
    }
    forward(frame, to: target, in: context)
  }

  /// Sends a routed frame on: its TTL stays (ipSpace, December 2013).
  private func forward(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    var frame = frame
    change(
      &frame,
      to: frame.rewritten(
        source: .router(ofSubnet: receiver.subnet), destination: receiver.macAddress),
      in: context)
    hand(frame, to: receiver, in: context)
  }
}
