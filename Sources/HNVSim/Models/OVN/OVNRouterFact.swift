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

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return Self.writeOnlyIP(to: &step) }
    let fix = "send from an address of the machine"
    switch self {
    case .routed(let topology, let network):
      let table = topology.routes[network]
      let words = table.entry(for: packet.destination)?.words ?? "nothing"
      step.say(.routed, packet.destination, " matches ", words)
      table.writeLookup(of: packet.destination, to: &step)
      table.writeEntry(for: packet.destination, to: &step)
    case .noRoute(let topology, let network):
      step.say(
        .dropped, "the logical router has no route to ", packet.destination, "; dropped silently")
      topology.routes[network].writeLookup(of: packet.destination, to: &step)
      step.fix("add a route to network ", scene.intent.networks[network].name)
    case .noNextHop(let topology, let network):
      let hop = topology.nextHop(to: packet.destination, inNetwork: network)
      let address = "\(hop ?? packet.destination)"
      step.say(.dropped, "no port of ", scene.intent.networks[network].name, " has ", address)
      step.fix("assign ", address, " to a machine, or change the next hop of the route")
    case .timeToLiveExpired:
      return step.sayTimeToLiveExpired(at: "the logical router", loopingBy: scene.loopingMachine)
    case .notIP: Self.writeOnlyIP(to: &step)
    case .ownSource:
      step.say(.dropped, packet.source, " is an address of the logical router")
      scene.intent.writeRouterAddress(packet.source, of: "the logical router", to: &step)
      step.fix(fix)
    case .loopback:
      step.say(.dropped, "loopback addresses are not routed")
      step.fix(fix)
    case .answered:
      step.say(.answered, packet.destination, " is an address of the logical router")
      scene.intent.writeRouterAddress(packet.destination, of: "the logical router", to: &step)
    case .originated:
      step.say(.originated, "by the logical router, ", packet.transport.words)
    }
  }

  private static func writeOnlyIP(to step: inout StepWriter) {
    step.say(.dropped, "the logical router accepts only IP")
    step.fix("send IP, or to a machine")
  }
}
