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
        to: frame, by: adapter.cable,
        Worded(
          step: Step(
            .answered,
            "\(address) is-at \(MACAddress.router(ofSubnet: adapter.subnet)), the virtual router"
              + " of the subnet")), in: context)
    } else if let owner, owner.subnet == adapter.subnet {
      cloud.ports.answer(
        NeighborAnswer(target: address, macAddress: owner.macAddress), to: frame,
        by: adapter.cable,
        Worded(
          step: Step(
            .answered,
            "\(address) is-at \(owner.macAddress), the network interface's own, from the mapping"
              + " service")), in: context)
    } else {
      context.drop(
        .neighborUnreachable,
        owner == nil
          ? "no network interface of the VPC has \(address), so there is no reply"
          : "\(address) is in another subnet, so there is no reply",
        fix: owner == nil
          ? "assign \(address) to a machine"
          : "correct the prefix length of the sender, so that it uses its router")
    }
  }

  private func send(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in context: Context
  ) {
    guard passesCheck(packet.source, of: adapter, .invalidSource, "source", in: context),
      passes(vpc.groups[adapter.cable], frame, .outbound, in: context)
    else { return }
    if frame.destination == .router(ofSubnet: adapter.subnet) {
      return route(packet, frame, of: adapter, in: context)
    }
    // Only what is addressed to the router leaves the subnet, and only that is routed (Amazon VPC
    // User Guide, "Route tables").
    let subnet = context.intent.subnets[adapter.subnet].name
    guard let receiver = vpc.directory.adapter(with: frame.destination, in: adapter.subnet) else {
      context.drop(
        .noRecord, "no network interface of subnet \(subnet) has \(frame.destination)",
        fix: "clear the sender's neighbour cache")
      return
    }
    context.note(
      Step(
        .resolved,
        "\(frame.destination) is the network interface of"
          + " \(context.intent.machines[receiver.machine].name) in the same subnet; the route"
          + " table is not used"))
    hand(frame, to: receiver, in: context)
  }

  /// Whether a machine may send from, or take, an address: its own, or any where it is not checked.
  private func passesCheck(
    _ address: IPAddress, of adapter: Adapter, _ disposition: Disposition, _ end: String,
    in context: Context
  ) -> Bool {
    let machine = context.intent.machines[adapter.machine]
    let own = machine.interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    guard vpc.unchecked.contains(adapter.machine) else {
      context.drop(
        disposition,
        Step(
          .dropped,
          "the \(end) \(address) is not an address of \(machine.name) (source/destination"
            + " check)", setting: "sourceDestinationCheck=on",
          fix: "turn off the source/destination check of \(machine.name)"))
      return false
    }
    context.note(
      Step(
        .checked,
        "the \(end) \(address) is not an address of \(machine.name), but the check is"
          + " off",
        setting: "sourceDestinationCheck=off"))
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
      passesCheck(packet.destination, of: receiver, .notForwarding, "destination", in: context)
    else { return }
    cloud.ports.deliver(frame, to: receiver, in: context)
  }

  private func change(
    _ frame: inout EthernetFrame, to changed: EthernetFrame, in context: Context
  ) {
    if let step = Step.rewritten(frame, changed) { context.note(step) }
    frame = changed
  }
}

/// The virtual router.
extension VPCSwitch {
  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in context: Context
  ) {
    let subnet = context.intent.subnets[adapter.subnet]
    let router = MACAddress.router(ofSubnet: adapter.subnet)
    if context.intent.routerAddresses(of: adapter.subnet).contains(packet.destination) {
      return answerEcho(frame, packet, router, of: adapter, in: context)
    }
    guard passes(vpc.networkACLs[adapter.subnet], frame, .outbound, in: context) else { return }
    let table = vpc.tables[adapter.subnet]
    guard let entry = table.entry(for: packet.destination) else {
      context.drop(
        .noRoute,
        Step(
          .dropped, "the route table of \(subnet.name) has no route to \(packet.destination)",
          lookup: table.lookup(packet.destination),
          fix: "add a route to \(packet.destination) to the table"))
      return
    }
    context.note(
      Step(
        .routed, "\(packet.destination) matches \(entry.words)",
        lookup: table.lookup(packet.destination)))
    switch entry.target {
    case .local: resolve(packet, frame, in: subnet.network, context)
    case .interface(let target):
      follow(entry.prefix, to: target, packet, frame, of: adapter, in: context)
    case .internetGateway: cloud.leave(frame, of: adapter, router: router, in: context)
    case .blackhole: lose(packet, "the route's target is gone (blackhole)", in: context)
    }
  }

  private func answerEcho(
    _ frame: EthernetFrame, _ packet: IPPacket, _ router: MACAddress, of adapter: Adapter,
    in context: Context
  ) {
    guard packet.transport.echoReply != nil else {
      context.drop(
        .gatewayAddress,
        "\(packet.destination) is the subnet's router, which replies only to"
          + " pings",
        fix: "send to a machine")
      return
    }
    cloud.ports.answerEcho(
      frame, from: router, by: adapter.cable,
      Worded(step: Step(.answered, "the subnet's router replies to pings (ipSpace, 2013)")),
      in: context)
  }

  private func lose(_ packet: IPPacket, _ why: String, in context: Context) {
    context.drop(
      .elementDown, "\(why); packets to \(packet.destination) are dropped",
      fix: "start the target, or replace the route")
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
      context.drop(
        isRouter ? .gatewayAddress : .noRecord,
        isRouter
          ? "\(destination) is the router of another subnet, which does not reply to this one"
          : "the mapping service knows no network interface with \(destination)",
        fix: isRouter ? "send to a machine" : "assign \(destination) to a machine")
      return
    }
    context.note(
      Step(
        .resolved,
        "\(destination) is the network interface of"
          + " \(context.intent.machines[receiver.machine].name), \(receiver.macAddress)"))
    forward(frame, to: receiver, in: context)
  }

  /// Follows a route to a network interface, or to that of the instance that has taken it over.
  private func follow(
    _ prefix: IPPrefix, to target: Adapter, _ packet: IPPacket, _ frame: EthernetFrame,
    of adapter: Adapter, in context: Context
  ) {
    var target = target
    let name = context.intent.machines[target.machine].name
    if prefix.length == 0, let state = context.state as? VPCState {
      let holder = state.holder(of: target.machine, at: context.now)
      if holder != target.machine,
        let other = vpc.directory.all.first(where: { $0.machine == holder })
      {
        target = other
        context.note(
          Step(
            .resolved,
            "\(context.intent.machines[holder].name) has taken over the route from \(name)"))
      }
    }
    guard context.wiring.isRunning(.machine(target.machine)) else {
      let name = context.intent.machines[target.machine].name
      return lose(packet, "\(name) is stopped, so the route is a blackhole", in: context)
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
