import HNVCore

/// What the distributed router does with a packet of a machine in a subnet.
enum NSXRouterFact: Fact {
  case routed(NSXNetwork, from: Int)
  case noRoute(NSXNetwork, from: Int)
  case timeToLiveExpired(NSXNetwork, from: Int)
  case rewritten(NSXTimeToLive)
  /// It answers a ping to an address of its own.
  case replies(NSXNetwork, from: Int)
  /// Anything else is for an address of its own.
  case nothingListens(NSXNetwork, from: Int)

  func step(in scene: Scene) -> Step {
    guard let destination = scene.row?.destination else { return Step(.received, "a frame") }
    switch self {
    case .routed(let network, let subnet):
      let table = network.router(of: subnet).table
      let lookup = table.lookup(destination)
      return Step(
        .routed, "\(destination) matches \(lookup.match ?? "nothing"), on \(scene.name)",
        lookup: lookup, entry: table.deciding(destination))
    case .noRoute(let network, let subnet):
      let router = network.router(of: subnet)
      return Step(
        .dropped, "\(router.name) has no route to \(destination)",
        lookup: router.table.lookup(destination),
        fix: "add a route to \(destination) to the network")
    case .timeToLiveExpired(let network, let subnet):
      return .timeToLiveExpired(
        at: network.router(of: subnet).name, setting: network.settings.timeToLive.text,
        loopingBy: scene.loopingMachine)
    case .rewritten(let timeToLive): return .rewritten(in: scene, setting: timeToLive.text)
    case .replies(let network, let subnet):
      let router = network.router(of: subnet)
      return Step(
        .answered, "\(router.name) replies for \(destination) on \(scene.name)",
        entry: router.entry(of: destination, in: scene.intent))
    case .nothingListens(let network, let subnet):
      let router = network.router(of: subnet)
      return Step(
        .dropped, "\(destination) is an address of \(router.name); nothing listens on it",
        entry: router.entry(of: destination, in: scene.intent),
        fix: "send to a machine")
    }
  }
}

extension DistributedLogicalRouter {
  /// An address of the router, as a step names it.
  fileprivate func entry(of address: IPAddress, in intent: Intent) -> Step.Entry {
    intent.routerAddress(address, of: name, among: intent.networks[network].subnets)
  }
}
