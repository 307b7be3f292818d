import HNVCore

/// What the logical router of a network does with packets.
enum OVNRouterFact: Fact {
  case routed(OVNTopology, network: Int)
  case noRoute(OVNTopology, network: Int)
  /// No port of the network has the address of the next hop.
  case noNextHop(OVNTopology, network: Int)
  case timeToLiveExpired
  case notIP
  /// The source is an address of the router.
  case ownSource
  case loopback
  /// The packet is for an address of the router.
  case answered
  case originated

  func step(in scene: Scene) -> Step {
    guard let packet = scene.packet else { return Self.onlyIP }
    let fix = "send from an address of the machine"
    switch self {
    case .routed(let topology, let network):
      let table = topology.routes[network]
      let lookup = table.lookup(packet.destination)
      return Step(
        .routed, "\(packet.destination) matches \(lookup.match ?? "nothing")", lookup: lookup,
        entry: table.deciding(packet.destination))
    case .noRoute(let topology, let network):
      return Step(
        .dropped, "the logical router has no route to \(packet.destination); dropped silently",
        lookup: topology.routes[network].lookup(packet.destination),
        fix: "add a route to network \(scene.intent.networks[network].name)")
    case .noNextHop(let topology, let network):
      let hop = topology.nextHop(to: packet.destination, inNetwork: network)
      let address = "\(hop ?? packet.destination)"
      return Step(
        .dropped, "no port of \(scene.intent.networks[network].name) has \(address)",
        fix: "assign \(address) to a machine, or change the next hop of the route")
    case .timeToLiveExpired:
      return .timeToLiveExpired(at: "the logical router", loopingBy: scene.loopingMachine)
    case .notIP: return Self.onlyIP
    case .ownSource:
      return Step(
        .dropped, "\(packet.source) is an address of the logical router",
        entry: scene.intent.routerAddress(packet.source, of: "the logical router"), fix: fix)
    case .loopback: return Step(.dropped, "loopback addresses are not routed", fix: fix)
    case .answered:
      return Step(
        .answered, "\(packet.destination) is an address of the logical router",
        entry: scene.intent.routerAddress(packet.destination, of: "the logical router"))
    case .originated:
      return Step(.originated, "by the logical router, \(packet.transport.words)")
    }
  }

  private static let onlyIP = Step(
    .dropped, "the logical router accepts only IP", fix: "send IP, or to a machine")
}
