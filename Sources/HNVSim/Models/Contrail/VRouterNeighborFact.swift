import HNVCore

/// What the vRouter does with a machine's question for a MAC address.
enum VRouterNeighborFact: Fact {
  case hasRoute(ContrailNetwork, network: Int)
  /// The frame is the answer.
  case answered(Answer, ContrailSettings.Decision)
  case dropped(ContrailNetwork, network: Int, Refusal)

  /// Why it answers.
  enum Answer {
    case routesEverything
    case isGateway
    case networkRoutes
    case otherNetwork
    case machine
  }

  /// Why it does not answer.
  enum Refusal {
    case ownAddress
    case staticRoute
  }

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .hasRoute(let contrail, let network):
      let table = contrail.routing.tables[network]
      guard let address = scene.row?.subjects.destination else {
        return step.say(.routed, "the address has a route")
      }
      step.say(.routed, address, " has a route")
      table.writeLookup(of: address, to: &step)
      table.writeEntry(for: address, to: &step)
    case .answered(let answer, let decision):
      let isOfTable = answer == .isGateway || answer == .machine
      step.sayAnswered(answer.words, in: scene)
      if isOfTable { scene.writeAnsweredEntry(to: &step) }
      step.setting("\(decision)")
    case .dropped(let contrail, let network, let refusal):
      let table = contrail.routing.tables[network]
      step.say(.dropped, refusal.words)
      if let address = scene.row?.subjects.destination {
        table.writeLookup(of: address, to: &step)
        if refusal == .staticRoute { table.writeEntry(for: address, to: &step) }
      }
      step.setting("\(contrail.settings.decision(ofNetwork: network))")
      step.fix("request an address for which the network has a host route")
    }
  }
}

extension VRouterNeighborFact.Answer {
  fileprivate var words: String {
    switch self {
    case .routesEverything: "the vRouter routes every packet that it receives"
    case .isGateway: "the gateway"
    case .networkRoutes: "vRouter proxy: the network only routes"
    case .otherNetwork: "vRouter proxy: its route points to another virtual network"
    case .machine: "MAC of its route, vRouter proxy"
    }
  }
}

extension VRouterNeighborFact.Refusal {
  fileprivate var words: String {
    switch self {
    case .ownAddress: "requests of a machine for its own address are dropped"
    case .staticRoute: "no proxy reply for addresses behind a static route"
    }
  }
}
