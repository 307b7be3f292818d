import HNVCore

/// A host answers a question for a MAC address.
struct AzureAnswerFact: Fact {
  func write(to step: inout StepWriter, in scene: Scene) {
    step.sayAnswered("the same for every address", in: scene)
  }
}

/// What the hosts of a virtual network do with packets.
enum AzureFact: Fact {
  case notCarried
  case gatewayAddress
  /// A machine sends from an address, or receives for one, that is not its own.
  case foreignAddress(machine: Int, AccessRule.Direction, isForwarding: Bool)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.say(.received, "a frame") }
    switch self {
    case .notCarried:
      step.say(
        .dropped, "a virtual network carries TCP, UDP and ICMP, not protocol ",
        packet.transport.ipProtocol)
      step.fix("send tcp, udp or icmp")
    case .gatewayAddress:
      step.say(.dropped, packet.destination, " is a subnet's default gateway, which never replies")
      scene.intent.writeRouterAddress(packet.destination, of: "the default gateway", to: &step)
      step.fix("send to a machine")
    case .foreignAddress(let machine, let direction, let isForwarding):
      let name = scene.intent.machines[machine].name
      let use =
        direction == .outbound
        ? "\(name) sends from \(packet.source)" : "\(name) receives \(packet.destination)"
      step.say(isForwarding ? .checked : .dropped, use, ", which is not its own")
      if isForwarding { step.add("; IP forwarding allows it") }
      switch direction {
      case .outbound: scene.writeSenderPort(of: machine, to: &step)
      case .inbound: scene.writeReceiverPort(of: machine, to: &step)
      }
      step.setting(isForwarding ? "ipForwarding=on" : "ipForwarding=off")
      if !isForwarding { step.fix("turn on IP forwarding at the interface of ", name) }
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

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let destination = scene.packet?.destination else { return step.say(.routed, "a frame") }
    switch self {
    case .routed(let azure, let subnet):
      let table = azure.routes[subnet]
      step.say(.routed, destination, " matches ", table.entry(for: destination)?.words ?? "")
      table.writeLookup(of: destination, to: &step)
      table.writeEntry(for: destination, to: &step)
    case .noRoute(let azure, let subnet):
      step.say(.dropped, "no effective route to ", destination)
      azure.routes[subnet].writeLookup(of: destination, to: &step)
      step.fix("define a route")
    case .routedNowhere(let azure, let subnet):
      let table = azure.routes[subnet]
      let prefix = table.entry(for: destination).map { "\($0.prefix)" } ?? ""
      step.say(.dropped, "the route to ", prefix, " has the next hop type None")
      table.writeLookup(of: destination, to: &step)
      table.writeEntry(for: destination, to: &step)
      step.fix("define a route to ", destination)
    case .resolved(let azure, let subnet):
      let address = azure.nextHop(towards: destination, from: subnet)
      Self.writeResolved(address, azure.directory, subnet, scene.intent, to: &step)
    case .noInterface(let azure, let subnet):
      let address = azure.nextHop(towards: destination, from: subnet)
      step.say(.dropped, "no network interface of the virtual network has ", address)
      step.fix("assign ", address, " to a machine")
    }
  }

  private static func writeResolved(
    _ address: IPAddress, _ directory: AdapterDirectory, _ subnet: Int, _ intent: Intent,
    to step: inout StepWriter
  ) {
    let network = intent.subnets[subnet].network
    let receiver = directory.adapter(at: address, inNetwork: network)
    let name = receiver.map { "\(intent.machines[$0.machine].name), \($0.macAddress)" }
    step.say(.resolved, address, " is the network interface of ", name ?? "nobody")
    if let receiver { intent.writeNeighbor(address, at: receiver.macAddress, to: &step) }
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
