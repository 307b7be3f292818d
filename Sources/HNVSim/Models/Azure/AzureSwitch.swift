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
          AzureAnswerFact(), in: context)
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
      return context.drop(.notCarried, AzureFact.notCarried, frame)
    }
    guard passesCheck(packet, frame, .outbound, of: adapter, in: context),
      passes(azure.interfaceGroups[adapter.cable], frame, .outbound, in: context),
      passes(azure.subnetGroups[adapter.subnet], frame, .outbound, in: context)
    else { return }
    let network = context.intent.subnets[adapter.subnet].network
    guard !isGateway(packet.destination, network, in: context) else {
      return context.drop(.gatewayAddress, AzureFact.gatewayAddress, frame)
    }
    route(packet, frame, of: adapter, in: context)
  }

  /// The default gateway exists as a MAC address alone: nothing answers there.
  private func isGateway(
    _ address: IPAddress, _ network: Int, in context: Context
  ) -> Bool {
    context.intent.networks[network].subnets.contains {
      context.intent.routerAddresses(of: $0).contains(address)
    }
  }

  /// Whether a machine may send from, or take, an address: its own, or with IP forwarding any.
  private func passesCheck(
    _ packet: IPPacket, _ frame: EthernetFrame, _ direction: AccessRule.Direction,
    of adapter: Adapter, in context: Context
  ) -> Bool {
    let address = direction == .outbound ? packet.source : packet.destination
    let own = context.intent.machines[adapter.machine].interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    let isOn = azure.forwarding.contains(adapter.machine)
    let fact = AzureFact.foreignAddress(
      machine: adapter.machine, direction, isForwarding: isOn)
    if isOn {
      context.note(fact, frame)
    } else {
      context.drop(direction == .outbound ? .invalidSource : .notForwarding, fact, frame)
    }
    return isOn
  }

  private func passes(
    _ list: AccessList?, _ frame: EthernetFrame, _ direction: AccessRule.Direction,
    in context: Context
  ) -> Bool {
    list?.passes(frame, direction, &flows, in: context) ?? true
  }

  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in context: Context
  ) {
    let subnet = adapter.subnet
    guard let entry = azure.routes[subnet].entry(for: packet.destination) else {
      return context.drop(.noRoute, AzureRouteFact.noRoute(azure, subnet: subnet), frame)
    }
    guard entry.target != .none else {
      return context.drop(.noRoute, AzureRouteFact.routedNowhere(azure, subnet: subnet), frame)
    }
    context.note(AzureRouteFact.routed(azure, subnet: subnet), frame)
    switch entry.target {
    case .virtualNetwork: forward(frame, to: packet.destination, from: subnet, in: context)
    case .virtualAppliance(let address): forward(frame, to: address, from: subnet, in: context)
    case .internet: cloud.leave(frame, of: adapter, router: Self.macAddress, in: context)
    case .none: break
    }
  }

  /// Sends a frame to the interface that has an address; its TTL stays (ipSpace, October
  /// 2013).
  private func forward(
    _ frame: EthernetFrame, to address: IPAddress, from subnet: Int, in context: Context
  ) {
    let network = context.intent.subnets[subnet].network
    guard let receiver = azure.directory.adapter(at: address, inNetwork: network) else {
      return context.drop(.noRecord, AzureRouteFact.noInterface(azure, subnet: subnet), frame)
    }
    context.note(AzureRouteFact.resolved(azure, subnet: subnet), frame)
    let changed = frame.rewritten(source: Self.macAddress, destination: receiver.macAddress)
    context.noteChange(from: frame, to: changed)
    if !cloud.carries(changed, to: receiver, in: context) {
      deliver(changed, to: receiver, in: context)
    }
  }

  private func deliver(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    let changed = frame.rewritten(source: Self.macAddress)
    context.noteChange(from: frame, to: changed)
    guard let packet = changed.packet,
      passes(azure.subnetGroups[receiver.subnet], changed, .inbound, in: context),
      passes(azure.interfaceGroups[receiver.cable], changed, .inbound, in: context),
      passesCheck(packet, changed, .inbound, of: receiver, in: context)
    else { return }
    cloud.ports.deliver(changed, to: receiver, in: context)
  }
}
