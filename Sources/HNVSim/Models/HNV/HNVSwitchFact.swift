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

  func write(to step: inout StepWriter, in scene: Scene) {
    HNVExplainer(snapshot, in: scene)?.write(action, to: &step)
  }
}

extension HNVExplainer {
  fileprivate func write(_ action: HNVSwitchFact.Action, to step: inout StepWriter) {
    switch action {
    case .absorbed:
      step.say(.accepted, router.name, " accepts the announcement and does not forward it")
      step.setting(settings.gratuitousARP)
    case .answered: writeAnswered(to: &step)
    case .answeredEcho:
      step.say(.answered, router.name, " replies for the gateway")
      step.setting(settings.gatewayEcho)
    case .bypassed(let port):
      step.say(
        .forwarded, "the port of ", router.ports[port].vmName,
        " has no VSID: the switch bridges the frame without HNV")
      writeEntry(router.ports[port], to: &step)
    case .copied(let alsoToHosts):
      step.say(
        .replicated,
        alsoToHosts
          ? "copies for ports without a VSID, on this host and others"
          : "copies for the ports without a VSID")
    case .delivered(let port): writeDelivered(to: router.ports[port], &step)
    case .moved(let machine):
      let name = snapshot.network.intent.machines[machine].name
      step.say(.dropped, name, " is no longer on ", router.name)
      step.fix("send again from the host where ", name, " is now")
    case .replicated(let ports, let hosts):
      step.say(
        .replicated, Int(ports), ports == 1 ? " copy" : " copies", " for machines on ",
        router.name, ", ", Int(hosts), " for other hosts")
      step.setting(settings.groups)
    }
  }

  private func writeAnswered(to step: inout StepWriter) {
    if let answer = scene?.answer {
      step.say(.answered, answer.address, " is-at ", answer.macAddress)
    } else {
      step.say(.answered, "an answer")
    }
    step.add(" (proxy reply from the lookup record)")
  }

  private func writeDelivered(to port: VMPort, _ step: inout StepWriter) {
    step.say(.delivered, "to the port of ", port.vmName, ", ", port.macAddress)
    if let domain = port.routingDomainID, let subnet = port.virtualSubnetID {
      step.add(", mapped to routing domain ", name(of: domain), " by VSID ", subnet)
    }
    writeEntry(port, to: &step)
  }
}
