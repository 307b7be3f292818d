import HNVCore

/// Where a machine's frame is bridged.
enum VRouterBridgingFact: Fact {
  case bridged(to: Int, subnet: Int, ContrailSettings.Decision)
  case foreignMAC(sender: Int, subnet: Int)

  func step(in scene: Scene) -> Step {
    let destination: Words = scene.row.map { "\($0.destinationMAC)" } ?? "no MAC address"
    let intent = scene.intent
    func table(_ subnet: Int) -> Words { "MAC addresses of subnet \(intent.subnets[subnet].name)" }
    switch self {
    case .bridged(let machine, let subnet, let decision):
      let name = intent.machines[machine].name
      return Step(
        .resolved, "\(destination) is the interface of \(name)",
        lookup: Step.Lookup(
          table: table(subnet), key: destination,
          match: "\(destination) to the interface of \(name)"),
        entry: intent.address(scene.destination, of: machine),
        setting: "\(decision)")
    case .foreignMAC(let sender, let subnet):
      return Step(
        .dropped, "no machine in the subnet has \(destination)",
        lookup: Step.Lookup(table: table(subnet), key: destination, match: nil),
        setting: "floodUnknownUnicast=off",
        fix: "correct the static entry of \(intent.machines[sender].name), or flood unknown MAC"
          + " addresses")
    }
  }
}

/// What becomes of a frame that is for everyone in a subnet.
enum VRouterFloodFact: Fact {
  case routesOnly(ContrailSettings.Decision)
  case noOthers(subnet: Int)
  case noneHere(subnet: Int)
  /// A machine's frame goes to machines of the host, and once to each other host.
  case flooded(subnet: Int, here: Int, hosts: Int)
  /// What came over the fabric goes to the machines of the host.
  case spread(subnet: Int, here: Int)

  func step(in scene: Scene) -> Step {
    func name(_ subnet: Int) -> String { scene.intent.subnets[subnet].name }
    switch self {
    case .routesOnly(let decision):
      return Step(
        .dropped, "the network only routes, and drops broadcast and multicast",
        setting: "\(decision)", fix: "set mode: l2_l3")
    case .noOthers(let subnet):
      return Step(
        .dropped, "no other machine is in subnet \(name(subnet))",
        fix: "add a machine to \(name(subnet))")
    case .noneHere(let subnet):
      return Step(
        .dropped, "no machine of subnet \(name(subnet)) is on this host any longer",
        fix: "send it again")
    case .flooded(let subnet, let here, let hosts):
      return Self.replicated(
        here + hosts, name(subnet), "\(here) on this host, \(hosts) to other hosts")
    case .spread(let subnet, let here):
      return Self.replicated(here, name(subnet), "all on this host")
    }
  }

  private static func replicated(_ count: Int, _ subnet: String, _ receivers: String) -> Step {
    Step(
      .replicated, "\(count) \(count == 1 ? "copy" : "copies") in subnet \(subnet): \(receivers)")
  }
}
