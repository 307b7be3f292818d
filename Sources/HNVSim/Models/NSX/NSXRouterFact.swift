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
    guard let destination = scene.packet?.destination else { return Step(.received, "a frame") }
    switch self {
    case .routed(let network, let subnet):
      let lookup = network.router(of: subnet).table.lookup(destination)
      return Step(
        .routed, "\(destination) matches \(lookup.match ?? "nothing"), on \(scene.name)",
        lookup: lookup)
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
      let name = network.router(of: subnet).name
      return Step(.answered, "\(name) replies for \(destination) on \(scene.name)")
    case .nothingListens(let network, let subnet):
      let name = network.router(of: subnet).name
      return Step(
        .dropped, "\(destination) is an address of \(name); nothing listens on it",
        fix: "send to a machine")
    }
  }
}
