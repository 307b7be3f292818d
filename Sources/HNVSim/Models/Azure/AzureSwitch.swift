import HNVCore

/// The part of a host that Azure's machines see: one MAC address for everything, and IP decides.
final class AzureSwitch: Box {
  private let azure: AzureNetworks
  private let cloud: CloudPorts
  /// The flows that security groups here have let pass.
  private var flows: FlowTable = []

  /// What every question is answered with (untangled.eu, July 2017).
  static let macAddress = MACAddress(bits: 0x1234_5678_9ABC)

  init(_ host: Int, _ azure: AzureNetworks, in intent: Intent) {
    self.azure = azure
    cloud = CloudPorts(host, azure.directory, edges: azure.edges, in: intent)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    switch cloud.arrival(of: frame, from: cable, in: context) {
    case .outbound(let adapter):
      switch cloud.read(frame, of: adapter, in: context) {
      case .question(let address):
        cloud.ports.answer(
          NeighborAnswer(target: address, macAddress: Self.macAddress), to: frame, by: cable,
          Worded(
            step: Step(
              .answered, "\(address) is-at \(Self.macAddress), the same for every address")),
          in: context)
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

  /// What a virtual network carries (Azure, "Virtual network FAQ").
  private static let carried: Set<IPProtocol> = [.icmp, .icmpv6, .tcp, .udp]

  private func send(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in context: Context
  ) {
    guard Self.carried.contains(packet.transport.ipProtocol) else {
      context.drop(
        .notCarried,
        "a virtual network carries TCP, UDP and ICMP, not protocol"
          + " \(packet.transport.ipProtocol)", fix: "send tcp, udp or icmp")
      return
    }
    guard passesCheck(packet.source, of: adapter, .invalidSource, "sends from", in: context),
      passes(azure.interfaceGroups[adapter.cable], frame, .outbound, in: context),
      passes(azure.subnetGroups[adapter.subnet], frame, .outbound, in: context)
    else { return }
    let network = context.intent.subnets[adapter.subnet].network
    guard !isGateway(packet.destination, network, in: context) else { return }
    route(packet, frame, of: adapter, network, in: context)
  }

  /// The default gateway exists as a MAC address alone: nothing answers there.
  private func isGateway(
    _ address: IPAddress, _ network: Int, in context: Context
  ) -> Bool {
    let isGateway = context.intent.networks[network].subnets.contains {
      context.intent.routerAddresses(of: $0).contains(address)
    }
    guard isGateway else { return false }
    context.drop(
      .gatewayAddress, "\(address) is a subnet's default gateway, which never replies",
      fix: "send to a machine")
    return true
  }

  /// Whether a machine may send from, or take, an address: its own, or with IP forwarding any.
  private func passesCheck(
    _ address: IPAddress, of adapter: Adapter, _ disposition: Disposition, _ verb: String,
    in context: Context
  ) -> Bool {
    let machine = context.intent.machines[adapter.machine]
    let own = machine.interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    let isOn = azure.forwarding.contains(adapter.machine)
    guard isOn else {
      context.drop(
        disposition,
        Step(
          .dropped, "\(machine.name) \(verb) \(address), which is not its own",
          setting: "ipForwarding=off",
          fix: "turn on IP forwarding at the interface of \(machine.name)"))
      return false
    }
    context.note(
      Step(
        .checked,
        "\(machine.name) \(verb) \(address), which is not its own; IP forwarding allows"
          + " it",
        setting: "ipForwarding=on"))
    return true
  }

  private func passes(
    _ list: AccessList?, _ frame: EthernetFrame, _ direction: AccessRule.Direction,
    in context: Context
  ) -> Bool {
    list?.passes(frame, direction, &flows, in: context) ?? true
  }

  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, _ network: Int,
    in context: Context
  ) {
    let table = azure.routes[adapter.subnet]
    guard let entry = table.entry(for: packet.destination) else {
      context.drop(
        .noRoute,
        Step(
          .dropped, "no effective route to \(packet.destination)",
          lookup: table.lookup(packet.destination), fix: "define a route"))
      return
    }
    let lookup = table.lookup(packet.destination)
    guard entry.target != .none else {
      context.drop(
        .noRoute,
        Step(
          .dropped, "the route to \(entry.prefix) has the next hop type None", lookup: lookup,
          fix: "define a route to \(packet.destination)"))
      return
    }
    context.note(
      Step(.routed, "\(packet.destination) matches \(entry.words)", lookup: lookup))
    switch entry.target {
    case .virtualNetwork: forward(frame, to: packet.destination, network, in: context)
    case .virtualAppliance(let address): forward(frame, to: address, network, in: context)
    case .internet: cloud.leave(frame, of: adapter, router: Self.macAddress, in: context)
    case .none: break
    }
  }

  /// Sends a frame to the interface that has an address; its TTL stays (ipSpace, October
  /// 2013).
  private func forward(
    _ frame: EthernetFrame, to address: IPAddress, _ network: Int, in context: Context
  ) {
    guard let receiver = azure.directory.adapter(at: address, inNetwork: network) else {
      context.drop(
        .noRecord, "no network interface of the virtual network has \(address)",
        fix: "assign \(address) to a machine")
      return
    }
    context.note(
      Step(
        .resolved,
        "\(address) is the network interface of"
          + " \(context.intent.machines[receiver.machine].name), \(receiver.macAddress)"))
    let changed = frame.rewritten(source: Self.macAddress, destination: receiver.macAddress)
    if let step = Step.rewritten(frame, changed) { context.note(step) }
    if !cloud.carries(changed, to: receiver, in: context) {
      deliver(changed, to: receiver, in: context)
    }
  }

  private func deliver(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    let changed = frame.rewritten(source: Self.macAddress)
    if let step = Step.rewritten(frame, changed) { context.note(step) }
    guard let packet = changed.packet,
      passes(azure.subnetGroups[receiver.subnet], changed, .inbound, in: context),
      passes(azure.interfaceGroups[receiver.cable], changed, .inbound, in: context),
      passesCheck(packet.destination, of: receiver, .notForwarding, "receives", in: context)
    else { return }
    cloud.ports.deliver(changed, to: receiver, in: context)
  }
}
