import HNVCore

/// The part of a host that Azure's machines see: one MAC address for everything, and IP decides.
struct AzureSwitch: Element {
  private let azure: AzureNetworks
  private var cloud: CloudPorts
  /// The flows that security groups here have let pass.
  private var flows: FlowTable = []

  /// What every question is answered with (untangled.eu, July 2017).
  static let macAddress = MACAddress(bits: 0x1234_5678_9ABC)

  init(_ host: Int, _ azure: AzureNetworks, in intent: Intent) {
    self.azure = azure
    cloud = CloudPorts(host, azure.directory, edges: azure.edges, in: intent)
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    switch cloud.arrival(of: packet, from: cable, in: &world) {
    case .outbound(let adapter):
      switch cloud.read(packet, of: adapter, in: &world) {
      case .question(let address):
        cloud.ports.answer(
          NeighborAnswer(target: address, macAddress: Self.macAddress), to: packet, by: cable,
          AzureAnswerFact(), in: &world)
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

  /// What a virtual network carries (Azure, "Virtual network FAQ").
  private static let carried: Set<IPProtocol> = [.icmp, .icmpv6, .tcp, .udp]

  private mutating func send(_ packet: PacketID, of adapter: Adapter, in world: inout World) {
    let row = world.packets[packet]
    guard Self.carried.contains(row.ipProtocol) else {
      return world.drop(.notCarried, AzureFact.notCarried, packet)
    }
    guard passesCheck(packet, .outbound, of: adapter, in: &world),
      passes(azure.interfaceGroups[adapter.cable], packet, .outbound, in: &world),
      passes(azure.subnetGroups[adapter.subnet], packet, .outbound, in: &world)
    else { return }
    let network = world.intent.subnets[adapter.subnet].network
    guard !isGateway(row.destination, network, in: &world) else {
      return world.drop(.gatewayAddress, AzureFact.gatewayAddress, packet)
    }
    route(packet, of: adapter, in: &world)
  }

  /// The default gateway exists as a MAC address alone: nothing answers there.
  private mutating func isGateway(
    _ address: IPAddress, _ network: Int, in world: inout World
  ) -> Bool {
    world.intent.networks[network].subnets.contains {
      world.intent.routerAddresses(of: $0).contains(address)
    }
  }

  /// Whether a machine may send from, or take, an address: its own, or with IP forwarding any.
  private mutating func passesCheck(
    _ packet: PacketID, _ direction: AccessRule.Direction, of adapter: Adapter,
    in world: inout World
  ) -> Bool {
    let row = world.packets[packet]
    let address = direction == .outbound ? row.source : row.destination
    let own = world.intent.machines[adapter.machine].interfaces[adapter.index].addresses
    if own.contains(where: { $0.address == address }) { return true }
    let isOn = azure.forwarding.contains(adapter.machine)
    let fact = AzureFact.foreignAddress(
      machine: adapter.machine, direction, isForwarding: isOn)
    if isOn {
      world.note(fact, packet)
    } else {
      world.drop(direction == .outbound ? .invalidSource : .notForwarding, fact, packet)
    }
    return isOn
  }

  private mutating func passes(
    _ list: AccessList?, _ packet: PacketID, _ direction: AccessRule.Direction,
    in world: inout World
  ) -> Bool {
    list?.passes(packet, direction, &flows, in: &world) ?? true
  }

  private mutating func route(_ packet: PacketID, of adapter: Adapter, in world: inout World) {
    let subnet = adapter.subnet
    let destination = world.packets[packet].destination
    guard let entry = azure.routes[subnet].entry(for: destination) else {
      return world.drop(.noRoute, AzureRouteFact.noRoute(azure, subnet: subnet), packet)
    }
    guard entry.target != .none else {
      return world.drop(.noRoute, AzureRouteFact.routedNowhere(azure, subnet: subnet), packet)
    }
    world.note(AzureRouteFact.routed(azure, subnet: subnet), packet)
    switch entry.target {
    case .virtualNetwork: forward(packet, to: destination, from: subnet, in: &world)
    case .virtualAppliance(let address): forward(packet, to: address, from: subnet, in: &world)
    case .internet: cloud.leave(packet, of: adapter, router: Self.macAddress, in: &world)
    case .none: break
    }
  }

  /// Sends a frame to the interface that has an address; its TTL stays (ipSpace, October
  /// 2013).
  private mutating func forward(
    _ packet: PacketID, to address: IPAddress, from subnet: Int, in world: inout World
  ) {
    let network = world.intent.subnets[subnet].network
    guard let receiver = azure.directory.adapter(at: address, inNetwork: network) else {
      return world.drop(.noRecord, AzureRouteFact.noInterface(azure, subnet: subnet), packet)
    }
    world.note(AzureRouteFact.resolved(azure, subnet: subnet), packet)
    let changed = cloud.readdress(
      packet, from: Self.macAddress, to: receiver.macAddress, in: &world)
    if !cloud.carries(changed, to: receiver, in: &world) {
      deliver(changed, to: receiver, in: &world)
    }
  }

  private mutating func deliver(_ packet: PacketID, to receiver: Adapter, in world: inout World) {
    let changed = cloud.readdress(packet, from: Self.macAddress, in: &world)
    guard world.packets[changed].isIP,
      passes(azure.subnetGroups[receiver.subnet], changed, .inbound, in: &world),
      passes(azure.interfaceGroups[receiver.cable], changed, .inbound, in: &world),
      passesCheck(changed, .inbound, of: receiver, in: &world)
    else { return }
    cloud.ports.deliver(changed, to: receiver, in: &world)
  }
}
