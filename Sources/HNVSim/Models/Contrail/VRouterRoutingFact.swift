import HNVCore

/// What the routes of a network decide about a machine's packet.
enum VRouterRoutingFact: Fact {
  /// The source is routed to the interface that the packet comes from.
  case checked(ContrailNetwork, machine: Int, network: Int)
  /// The source is routed elsewhere or nowhere.
  case invalidSource(ContrailNetwork, machine: Int, network: Int)
  case routed(ContrailNetwork, network: Int)
  case unreachable(ContrailNetwork, network: Int)
  case rewritten(ContrailNetwork)
  case timeToLiveExpired(ContrailNetwork)
  /// The gateway address answers a ping.
  case echoAnswered
  /// The gateway address answers nothing else.
  case gatewayAddress

  func step(in scene: Scene) -> Step {
    guard let packet = scene.row, packet.isIP else { return Step(.routed, "a frame") }
    let intent = scene.intent
    switch self {
    case .checked(let contrail, let machine, let network):
      let own = intent.machines[machine].name
      let table = contrail.routing.tables[network]
      return Step(
        .checked, "reverse path: \(packet.source) is routed to the interface of \(own)",
        lookup: table.lookup(packet.source), entry: table.deciding(packet.source),
        setting: "rpf=on")
    case .invalidSource(let contrail, let machine, let network):
      let own = intent.machines[machine].name
      let table = contrail.routing.tables[network]
      return Step(
        .dropped, "reverse path: \(packet.source) is not routed to the interface of \(own)",
        lookup: table.lookup(packet.source), entry: table.deciding(packet.source),
        setting: "rpf=on",
        fix: "add a static route to \(packet.source) via \(own) to network"
          + " \(intent.networks[network].name), or turn off rpf")
    case .routed(let contrail, let network):
      let table = contrail.routing.tables[network]
      let entry = table.entry(for: packet.destination)
      return Step(
        .routed, "\(packet.destination) matches \(entry?.words ?? "")",
        lookup: table.lookup(packet.destination), entry: table.deciding(packet.destination),
        setting: "\(contrail.settings.decision(ofNetwork: network))")
    case .unreachable(let contrail, let network):
      return Self.unreachable(
        packet.destination, contrail.routing.tables[network], intent.networks[network].name)
    case .rewritten(let contrail):
      return .rewritten(
        in: scene, setting: "\(contrail.settings.timeToLiveDecision(packet.family))")
    case .timeToLiveExpired(let contrail):
      return .timeToLiveExpired(
        at: "the vRouter", setting: "\(contrail.settings.timeToLiveDecision(packet.family))",
        loopingBy: scene.loopingMachine)
    case .echoAnswered:
      return Step(
        .answered, "the vRouter agent replies for the gateway \(packet.destination)",
        entry: intent.routerAddress(packet.destination, of: "the vRouter"))
    case .gatewayAddress:
      return Step(
        .dropped, "\(packet.destination) is the gateway address, which replies only to pings",
        entry: intent.routerAddress(packet.destination, of: "the vRouter"),
        fix: "send to a machine")
    }
  }

  private static func unreachable(
    _ destination: IPAddress, _ table: RouteTable<VirtualRouting.NextHop>, _ network: String
  ) -> Step {
    let isCovered = table.entry(for: destination) != nil
    return Step(
      .dropped,
      isCovered
        ? "no machine in network \(network) has \(destination)"
        : "network \(network) has no route to \(destination)",
      lookup: table.lookup(destination), entry: table.deciding(destination),
      fix: "assign the address to a machine, or add a route to it to network \(network)")
  }
}
