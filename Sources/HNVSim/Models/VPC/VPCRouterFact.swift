import HNVCore

/// What the virtual router does with packets.
enum VPCRouterFact: Fact {
  case echo
  case notEcho
  case routed([VPCTable], subnet: Int)
  case noRoute([VPCTable], subnet: Int)
  case blackhole
  case stopped(machine: Int)
  case otherRouter
  case noRecord
  case resolved(machine: Int, MACAddress)
  case takenOver(from: Int, by: Int)

  func step(in scene: Scene) -> Step {
    let destination = scene.destinationAddress
    switch self {
    case .echo:
      return Step(
        .answered, "the subnet's router replies to pings (ipSpace, 2013)",
        entry: Self.router(scene))
    case .notEcho:
      return Step(
        .dropped, "\(destination) is the subnet's router, which replies only to pings",
        entry: Self.router(scene), fix: "send to a machine")
    case .routed(let tables, let subnet):
      let lookup = Self.lookup(tables[subnet], scene)
      return Step(
        .routed, "\(destination) matches \(lookup?.match ?? "a route")", lookup: lookup,
        entry: (scene.packet?.destination).flatMap { tables[subnet].routes.deciding($0) })
    case .noRoute(let tables, let subnet):
      return Step(
        .dropped,
        "the route table of \(scene.intent.subnets[subnet].name) has no route to \(destination)",
        lookup: Self.lookup(tables[subnet], scene),
        fix: "add a route to \(destination) to the table")
    case .blackhole: return Self.lost("the route's target is gone (blackhole)", scene)
    case .stopped(let machine):
      return Self.lost("\(scene.machine(machine)) is stopped, so the route is a blackhole", scene)
    case .otherRouter:
      return Step(
        .dropped,
        "\(destination) is the router of another subnet, which does not reply to this one",
        entry: Self.router(scene), fix: "send to a machine")
    case .noRecord:
      return Step(
        .dropped, "the mapping service knows no network interface with \(destination)",
        fix: "assign \(destination) to a machine")
    case .resolved(let machine, let address):
      return Step(
        .resolved,
        "\(destination) is the network interface of \(scene.machine(machine)), \(address)",
        entry: (scene.packet?.destination).map { scene.intent.neighbor($0, at: address) })
    case .takenOver(let machine, let holder):
      return Step(
        .resolved,
        "\(scene.machine(holder)) has taken over the route from \(scene.machine(machine))")
    }
  }

  /// The address of a subnet's router that the packet is for.
  private static func router(_ scene: Scene) -> Step.Entry? {
    (scene.packet?.destination).map {
      scene.intent.routerAddress($0, of: "the router of a subnet")
    }
  }

  private static func lookup(_ table: VPCTable, _ scene: Scene) -> Step.Lookup? {
    (scene.packet?.destination).map { table.lookup($0) }
  }

  private static func lost(_ why: String, _ scene: Scene) -> Step {
    Step(
      .dropped, "\(why); packets to \(scene.destinationAddress) are dropped",
      fix: "start the target, or replace the route")
  }
}
