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

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let destination = scene.row?.destination else { return step.say(.received, "a frame") }
    switch self {
    case .routed(let network, let subnet):
      let table = network.router(of: subnet).table
      let words = table.entry(for: destination)?.words ?? "nothing"
      step.say(.routed, destination, " matches ", words, ", on ", scene.name)
      table.writeLookup(of: destination, to: &step)
      table.writeEntry(for: destination, to: &step)
    case .noRoute(let network, let subnet):
      let router = network.router(of: subnet)
      step.say(.dropped, router.name, " has no route to ", destination)
      router.table.writeLookup(of: destination, to: &step)
      step.fix("add a route to ", destination, " to the network")
    case .timeToLiveExpired(let network, let subnet):
      return step.sayTimeToLiveExpired(
        at: network.router(of: subnet).name, setting: network.settings.timeToLive.text,
        loopingBy: scene.loopingMachine)
    case .rewritten(let timeToLive): return step.sayRewritten(in: scene, setting: timeToLive.text)
    case .replies(let network, let subnet):
      let router = network.router(of: subnet)
      step.say(.answered, router.name, " replies for ", destination, " on ", scene.name)
      router.writeEntry(of: destination, in: scene.intent, to: &step)
    case .nothingListens(let network, let subnet):
      let router = network.router(of: subnet)
      step.say(.dropped, destination, " is an address of ", router.name, "; nothing listens on it")
      router.writeEntry(of: destination, in: scene.intent, to: &step)
      step.fix("send to a machine")
    }
  }
}

extension DistributedLogicalRouter {
  /// An address of the router, as a step names it.
  fileprivate func writeEntry(
    of address: IPAddress, in intent: Intent, to step: inout StepWriter
  ) {
    intent.writeRouterAddress(
      address, of: name, among: intent.networks[network].subnets, to: &step)
  }
}
