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

  func step(in scene: Scene) -> Step {
    switch self {
    case .hasRoute(let contrail, let network):
      let table = contrail.routing.tables[network]
      let lookup = Self.lookup(table, scene)
      return Step(
        .routed, "\(lookup?.key ?? "the address") has a route", lookup: lookup,
        entry: Self.route(table, scene))
    case .answered(let answer, let decision):
      let isOfTable = answer == .isGateway || answer == .machine
      return .answered(
        answer.words, entry: isOfTable ? scene.answeredEntry : nil, setting: "\(decision)",
        in: scene)
    case .dropped(let contrail, let network, let refusal):
      let table = contrail.routing.tables[network]
      return Step(
        .dropped, refusal.words, lookup: Self.lookup(table, scene),
        entry: refusal == .staticRoute ? Self.route(table, scene) : nil,
        setting: "\(contrail.settings.decision(ofNetwork: network))",
        fix: "request an address for which the network has a host route")
    }
  }

  private static func lookup(
    _ table: RouteTable<VirtualRouting.NextHop>, _ scene: Scene
  ) -> Step.Lookup? {
    scene.row.map { table.lookup($0.subjects.destination) }
  }

  private static func route(
    _ table: RouteTable<VirtualRouting.NextHop>, _ scene: Scene
  ) -> Step.Entry? {
    scene.row.flatMap { table.deciding($0.subjects.destination) }
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
  fileprivate var words: Words {
    switch self {
    case .ownAddress: "requests of a machine for its own address are dropped"
    case .staticRoute: "no proxy reply for addresses behind a static route"
    }
  }
}
