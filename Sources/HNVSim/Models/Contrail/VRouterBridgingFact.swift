import HNVCore

/// Where a machine's frame is bridged.
enum VRouterBridgingFact: Fact {
  case bridged(to: Int, subnet: Int, ContrailSettings.Decision)
  case foreignMAC(sender: Int, subnet: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    let destination = scene.row.map { "\($0.destinationMAC)" } ?? "no MAC address"
    let intent = scene.intent
    func table(_ subnet: Int) -> String { "MAC addresses of subnet \(intent.subnets[subnet].name)" }
    switch self {
    case .bridged(let machine, let subnet, let decision):
      let name = intent.machines[machine].name
      step.say(.resolved, destination, " is the interface of ", name)
      step.table(table(subnet))
      step.key(destination)
      step.match(destination, " to the interface of ", name)
      intent.writeAddress(scene.destination, of: machine, to: &step)
      step.setting("\(decision)")
    case .foreignMAC(let sender, let subnet):
      step.say(.dropped, "no machine in the subnet has ", destination)
      step.table(table(subnet))
      step.key(destination)
      step.setting("floodUnknownUnicast=off")
      step.fix(
        "correct the static entry of ", intent.machines[sender].name,
        ", or flood unknown MAC addresses")
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

  func write(to step: inout StepWriter, in scene: Scene) {
    func name(_ subnet: Int) -> String { scene.intent.subnets[subnet].name }
    switch self {
    case .routesOnly(let decision):
      step.say(.dropped, "the network only routes, and drops broadcast and multicast")
      step.setting("\(decision)")
      step.fix("set mode: l2_l3")
    case .noOthers(let subnet):
      step.say(.dropped, "no other machine is in subnet ", name(subnet))
      step.fix("add a machine to ", name(subnet))
    case .noneHere(let subnet):
      step.say(.dropped, "no machine of subnet ", name(subnet), " is on this host any longer")
      step.fix("send it again")
    case .flooded(let subnet, let here, let hosts):
      Self.writeReplicated(
        here + hosts, name(subnet), "\(here) on this host, \(hosts) to other hosts", to: &step)
    case .spread(let subnet, let here):
      Self.writeReplicated(here, name(subnet), "all on this host", to: &step)
    }
  }

  private static func writeReplicated(
    _ count: Int, _ subnet: String, _ receivers: String, to step: inout StepWriter
  ) {
    step.say(
      .replicated, count, " ", count == 1 ? "copy" : "copies", " in subnet ", subnet, ": ",
      receivers)
  }
}
