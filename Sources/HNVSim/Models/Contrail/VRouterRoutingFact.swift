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

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.row, packet.isIP else { return step.say(.routed, "a frame") }
    let intent = scene.intent
    switch self {
    case .checked(let contrail, let machine, let network):
      let own = intent.machines[machine].name
      let table = contrail.routing.tables[network]
      step.say(.checked, "reverse path: ", packet.source, " is routed to the interface of ", own)
      table.writeLookup(of: packet.source, to: &step)
      table.writeEntry(for: packet.source, to: &step)
      step.setting("rpf=on")
    case .invalidSource(let contrail, let machine, let network):
      let own = intent.machines[machine].name
      let table = contrail.routing.tables[network]
      step.say(
        .dropped, "reverse path: ", packet.source, " is not routed to the interface of ", own)
      table.writeLookup(of: packet.source, to: &step)
      table.writeEntry(for: packet.source, to: &step)
      step.setting("rpf=on")
      step.fix(
        "add a static route to ", packet.source, " via ", own, " to network ",
        intent.networks[network].name, ", or turn off rpf")
    case .routed(let contrail, let network):
      let table = contrail.routing.tables[network]
      let entry = table.entry(for: packet.destination)
      step.say(.routed, packet.destination, " matches ", entry?.words ?? "")
      table.writeLookup(of: packet.destination, to: &step)
      table.writeEntry(for: packet.destination, to: &step)
      step.setting("\(contrail.settings.decision(ofNetwork: network))")
    case .unreachable(let contrail, let network):
      Self.writeUnreachable(
        packet.destination, contrail.routing.tables[network], intent.networks[network].name,
        to: &step)
    case .rewritten(let contrail):
      return step.sayRewritten(
        in: scene, setting: "\(contrail.settings.timeToLiveDecision(packet.family))")
    case .timeToLiveExpired(let contrail):
      return step.sayTimeToLiveExpired(
        at: "the vRouter", setting: "\(contrail.settings.timeToLiveDecision(packet.family))",
        loopingBy: scene.loopingMachine)
    case .echoAnswered:
      step.say(.answered, "the vRouter agent replies for the gateway ", packet.destination)
      intent.writeRouterAddress(packet.destination, of: "the vRouter", to: &step)
    case .gatewayAddress:
      step.say(.dropped, packet.destination, " is the gateway address, which replies only to pings")
      intent.writeRouterAddress(packet.destination, of: "the vRouter", to: &step)
      step.fix("send to a machine")
    }
  }

  private static func writeUnreachable(
    _ destination: IPAddress, _ table: RouteTable<VirtualRouting.NextHop>, _ network: String,
    to step: inout StepWriter
  ) {
    let isCovered = table.entry(for: destination) != nil
    step.say(
      .dropped,
      isCovered
        ? "no machine in network \(network) has \(destination)"
        : "network \(network) has no route to \(destination)")
    table.writeLookup(of: destination, to: &step)
    table.writeEntry(for: destination, to: &step)
    step.fix("assign the address to a machine, or add a route to it to network ", network)
  }
}
