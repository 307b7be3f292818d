import HNVCore

/// A host answers a question for a MAC address.
struct AzureAnswerFact: Fact {
  func step(in scene: Scene) -> Step { .answered("the same for every address", in: scene) }
}

/// What the hosts of a virtual network do with packets.
enum AzureFact: Fact {
  case notCarried
  case gatewayAddress
  /// A machine sends from an address, or receives for one, that is not its own.
  case foreignAddress(machine: Int, AccessRule.Direction, isForwarding: Bool)

  func step(in scene: Scene) -> Step {
    guard let packet = scene.packet else { return Step(.received, "a frame") }
    switch self {
    case .notCarried:
      return Step(
        .dropped,
        "a virtual network carries TCP, UDP and ICMP, not protocol"
          + " \(packet.transport.ipProtocol)", fix: "send tcp, udp or icmp")
    case .gatewayAddress:
      return Step(
        .dropped, "\(packet.destination) is a subnet's default gateway, which never replies",
        entry: scene.intent.routerAddress(packet.destination, of: "the default gateway"),
        fix: "send to a machine")
    case .foreignAddress(let machine, let direction, let isForwarding):
      let name = scene.intent.machines[machine].name
      let use =
        direction == .outbound
        ? "\(name) sends from \(packet.source)" : "\(name) receives \(packet.destination)"
      let port =
        direction == .outbound
        ? scene.senderPort(of: machine) : scene.receiverPort(of: machine)
      return isForwarding
        ? Step(
          .checked, "\(use), which is not its own; IP forwarding allows it", entry: port,
          setting: "ipForwarding=on")
        : Step(
          .dropped, "\(use), which is not its own", entry: port, setting: "ipForwarding=off",
          fix: "turn on IP forwarding at the interface of \(name)")
    }
  }
}

/// Where the effective routes of a subnet lead a packet.
enum AzureRouteFact: Fact {
  case routed(AzureNetworks, subnet: Int)
  case noRoute(AzureNetworks, subnet: Int)
  /// The next hop type of the route is None.
  case routedNowhere(AzureNetworks, subnet: Int)
  case resolved(AzureNetworks, subnet: Int)
  case noInterface(AzureNetworks, subnet: Int)

  func step(in scene: Scene) -> Step {
    guard let destination = scene.packet?.destination else { return Step(.routed, "a frame") }
    switch self {
    case .routed(let azure, let subnet):
      let table = azure.routes[subnet]
      return Step(
        .routed, "\(destination) matches \(table.entry(for: destination)?.words ?? "")",
        lookup: table.lookup(destination), entry: table.deciding(destination))
    case .noRoute(let azure, let subnet):
      return Step(
        .dropped, "no effective route to \(destination)",
        lookup: azure.routes[subnet].lookup(destination), fix: "define a route")
    case .routedNowhere(let azure, let subnet):
      let table = azure.routes[subnet]
      let prefix = table.entry(for: destination).map { "\($0.prefix)" } ?? ""
      return Step(
        .dropped, "the route to \(prefix) has the next hop type None",
        lookup: table.lookup(destination), entry: table.deciding(destination),
        fix: "define a route to \(destination)")
    case .resolved(let azure, let subnet):
      let address = azure.nextHop(towards: destination, from: subnet)
      return Self.resolved(address, azure.directory, subnet, scene.intent)
    case .noInterface(let azure, let subnet):
      let address = azure.nextHop(towards: destination, from: subnet)
      return Step(
        .dropped, "no network interface of the virtual network has \(address)",
        fix: "assign \(address) to a machine")
    }
  }

  private static func resolved(
    _ address: IPAddress, _ directory: AdapterDirectory, _ subnet: Int, _ intent: Intent
  ) -> Step {
    let network = intent.subnets[subnet].network
    let receiver = directory.adapter(at: address, inNetwork: network)
    let name = receiver.map { "\(intent.machines[$0.machine].name), \($0.macAddress)" }
    return Step(
      .resolved, "\(address) is the network interface of \(name ?? "nobody")",
      entry: receiver.map { intent.neighbor(address, at: $0.macAddress) })
  }
}

extension AzureNetworks {
  /// Whose network interface a packet goes to: its destination's, or that of an appliance.
  fileprivate func nextHop(towards destination: IPAddress, from subnet: Int) -> IPAddress {
    guard case .virtualAppliance(let address) = routes[subnet].entry(for: destination)?.target
    else { return destination }
    return address
  }
}
