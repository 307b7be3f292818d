import HNVCore

/// The part of a host that Azure's machines see: one MAC address for everything, and IP decides.
final class AzureSwitch: FrameBox {
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

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    switch cloud.arrival(of: frame, from: cable, in: &world) {
    case .outbound(let adapter):
      switch cloud.read(frame, of: adapter, in: &world) {
      case .question(let address):
        cloud.ports.answer(
          NeighborAnswer(target: address, macAddress: Self.macAddress), to: frame, by: cable,
          AzureAnswerFact(), in: &world)
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

  /// What a virtual network carries (Azure, "Virtual network FAQ").
  private static let carried: Set<IPProtocol> = [.icmp, .icmpv6, .tcp, .udp]

  private func send(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in world: inout World
  ) {
    guard Self.carried.contains(packet.transport.ipProtocol) else {
      return world.drop(.notCarried, AzureFact.notCarried, frame)
    }
    guard passesCheck(packet, frame, .outbound, of: adapter, in: &world),
      passes(azure.interfaceGroups[adapter.cable], frame, .outbound, in: &world),
      passes(azure.subnetGroups[adapter.subnet], frame, .outbound, in: &world)
    else { return }
    let network = world.intent.subnets[adapter.subnet].network
    guard !isGateway(packet.destination, network, in: &world) else {
      return world.drop(.gatewayAddress, AzureFact.gatewayAddress, frame)
    }
    route(packet, frame, of: adapter, in: &world)
  }

  /// The default gateway exists as a MAC address alone: nothing answers there.
  private func isGateway(
    _ address: IPAddress, _ network: Int, in world: inout World
  ) -> Bool {
    world.intent.networks[network].subnets.contains {
      world.intent.routerAddresses(of: $0).contains(address)
    }
  }

  /// Whether a machine may send from, or take, an address: its own, or with IP forwarding any.
  private func passesCheck(
    _ packet: IPPacket, _ frame: EthernetFrame, _ direction: AccessRule.Direction,
    of adapter: Adapter, in world: inout World
  ) -> Bool {
    let address = direction == .outbound ? packet.source : packet.destination
    let own = world.intent.machines[adapter.machine].interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    let isOn = azure.forwarding.contains(adapter.machine)
    let fact = AzureFact.foreignAddress(
      machine: adapter.machine, direction, isForwarding: isOn)
    if isOn {
      world.note(fact, frame)
    } else {
      world.drop(direction == .outbound ? .invalidSource : .notForwarding, fact, frame)
    }
    return isOn
  }

  private func passes(
    _ list: AccessList?, _ frame: EthernetFrame, _ direction: AccessRule.Direction,
    in world: inout World
  ) -> Bool {
    list?.passes(frame, direction, &flows, in: &world) ?? true
  }

  private func route(
    _ packet: IPPacket, _ frame: EthernetFrame, of adapter: Adapter, in world: inout World
  ) {
    let subnet = adapter.subnet
    guard let entry = azure.routes[subnet].entry(for: packet.destination) else {
      return world.drop(.noRoute, AzureRouteFact.noRoute(azure, subnet: subnet), frame)
    }
    guard entry.target != .none else {
      return world.drop(.noRoute, AzureRouteFact.routedNowhere(azure, subnet: subnet), frame)
    }
    world.note(AzureRouteFact.routed(azure, subnet: subnet), frame)
    switch entry.target {
    case .virtualNetwork: forward(frame, to: packet.destination, from: subnet, in: &world)
    case .virtualAppliance(let address): forward(frame, to: address, from: subnet, in: &world)
    case .internet: cloud.leave(frame, of: adapter, router: Self.macAddress, in: &world)
    case .none: break
    }
  }

  /// Sends a frame to the interface that has an address; its TTL stays (ipSpace, October
  /// 2013).
  private func forward(
    _ frame: EthernetFrame, to address: IPAddress, from subnet: Int, in world: inout World
  ) {
    let network = world.intent.subnets[subnet].network
    guard let receiver = azure.directory.adapter(at: address, inNetwork: network) else {
      return world.drop(.noRecord, AzureRouteFact.noInterface(azure, subnet: subnet), frame)
    }
    world.note(AzureRouteFact.resolved(azure, subnet: subnet), frame)
    let changed = frame.rewritten(source: Self.macAddress, destination: receiver.macAddress)
    world.noteChange(from: frame, to: changed)
    if !cloud.carries(changed, to: receiver, in: &world) {
      deliver(changed, to: receiver, in: &world)
    }
  }

  private func deliver(_ frame: EthernetFrame, to receiver: Adapter, in world: inout World) {
    let changed = frame.rewritten(source: Self.macAddress)
    world.noteChange(from: frame, to: changed)
    guard let packet = changed.packet,
      passes(azure.subnetGroups[receiver.subnet], changed, .inbound, in: &world),
      passes(azure.interfaceGroups[receiver.cable], changed, .inbound, in: &world),
      passesCheck(packet, changed, .inbound, of: receiver, in: &world)
    else { return }
    cloud.ports.deliver(changed, to: receiver, in: &world)
  }
}
