import HNVCore

/// What a host's switch does with a frame of a machine.
struct HNVSwitchFact: Fact {
  let action: Action
  let snapshot: HNVSnapshot

  init(_ action: Action, _ snapshot: HNVSnapshot) {
    self.action = action
    self.snapshot = snapshot
  }

  enum Action {
    case absorbed
    case answered
    case answeredEcho
    case bypassed(port: Int)
    case copied(alsoToHosts: Bool)
    case delivered(port: Int)
    case moved(machine: Int)
    case replicated(ports: Int32, hosts: Int32)
  }

  func step(in scene: Scene) -> Step { HNVExplainer(snapshot, in: scene).step(for: action) }
}

extension HNVExplainer {
  fileprivate func step(for action: HNVSwitchFact.Action) -> Step {
    switch action {
    case .absorbed:
      Step(
        .accepted, "\(router.name) accepts the announcement and does not forward it",
        setting: settings.gratuitousARP.text)
    case .answered: answered()
    case .answeredEcho:
      Step(
        .answered, "\(router.name) replies for the gateway", setting: settings.gatewayEcho.text)
    case .bypassed(let port):
      Step(
        .forwarded,
        "the port of \(router.ports[port].vmName) has no VSID: the switch bridges the frame"
          + " without HNV", entry: entry(router.ports[port]))
    case .copied(let alsoToHosts):
      Step(
        .replicated,
        alsoToHosts
          ? "copies for ports without a VSID, on this host and others"
          : "copies for the ports without a VSID")
    case .delivered(let port): delivered(to: router.ports[port])
    case .moved(let machine): moved(snapshot.network.intent.machines[machine].name)
    case .replicated(let ports, let hosts): replicated(Int(ports), Int(hosts))
    }
  }

  private func answered() -> Step {
    let answer = scene?.answer.map { "\($0.address) is-at \($0.macAddress)" } ?? "an answer"
    return Step(.answered, "\(answer) (proxy reply from the lookup record)")
  }

  private func delivered(to port: VMPort) -> Step {
    let mapping =
      if let domain = port.routingDomainID, let subnet = port.virtualSubnetID {
        ", mapped to routing domain \(name(of: domain)) by VSID \(subnet)"
      } else {
        ""
      }
    return Step(
      .delivered, "to the port of \(port.vmName), \(port.macAddress)\(mapping)",
      entry: entry(port))
  }

  private func moved(_ machine: String) -> Step {
    Step(
      .dropped, "\(machine) is no longer on \(router.name)",
      fix: "send again from the host where \(machine) is now")
  }

  private func replicated(_ ports: Int, _ hosts: Int) -> Step {
    Step(
      .replicated,
      "\(ports) \(ports == 1 ? "copy" : "copies") for machines on \(router.name), \(hosts) for"
        + " other hosts", setting: settings.groups.text)
  }
}
