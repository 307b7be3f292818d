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

  func write(to step: inout StepWriter, in scene: Scene) {
    let destination = scene.destinationAddress
    switch self {
    case .echo:
      step.say(.answered, "the subnet's router replies to pings (ipSpace, 2013)")
      Self.writeRouter(scene, to: &step)
    case .notEcho:
      step.say(.dropped, destination, " is the subnet's router, which replies only to pings")
      Self.writeRouter(scene, to: &step)
      step.fix("send to a machine")
    case .routed(let tables, let subnet):
      let table = tables[subnet]
      let entry = scene.ipRow.flatMap { table.entry(for: $0.destination) }
      step.say(.routed, destination, " matches ", entry?.words ?? "a route")
      guard let address = scene.ipRow?.destination else { return }
      table.writeLookup(of: address, to: &step)
      table.routes.writeEntry(for: address, to: &step)
    case .noRoute(let tables, let subnet):
      step.say(
        .dropped, "the route table of ", scene.intent.subnets[subnet].name, " has no route to ",
        destination)
      if let address = scene.ipRow?.destination {
        tables[subnet].writeLookup(of: address, to: &step)
      }
      step.fix("add a route to ", destination, " to the table")
    case .blackhole:
      Self.writeLost("the route's target is gone (blackhole)", scene, to: &step)
    case .stopped(let machine):
      Self.writeLost(
        "\(scene.machine(machine)) is stopped, so the route is a blackhole", scene, to: &step)
    case .otherRouter:
      step.say(
        .dropped, destination, " is the router of another subnet, which does not reply to this one")
      Self.writeRouter(scene, to: &step)
      step.fix("send to a machine")
    case .noRecord:
      step.say(.dropped, "the mapping service knows no network interface with ", destination)
      step.fix("assign ", destination, " to a machine")
    case .resolved(let machine, let address):
      step.say(
        .resolved, destination, " is the network interface of ", scene.machine(machine), ", ",
        address)
      if let destination = scene.ipRow?.destination {
        scene.intent.writeNeighbor(destination, at: address, to: &step)
      }
    case .takenOver(let machine, let holder):
      step.say(
        .resolved, scene.machine(holder), " has taken over the route from ", scene.machine(machine))
    }
  }

  /// The address of a subnet's router that the packet is for.
  private static func writeRouter(_ scene: Scene, to step: inout StepWriter) {
    guard let address = scene.ipRow?.destination else { return }
    scene.intent.writeRouterAddress(address, of: "the router of a subnet", to: &step)
  }

  private static func writeLost(_ why: String, _ scene: Scene, to step: inout StepWriter) {
    step.say(.dropped, why, "; packets to ", scene.destinationAddress, " are dropped")
    step.fix("start the target, or replace the route")
  }
}
