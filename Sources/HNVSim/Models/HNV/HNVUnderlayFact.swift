import HNVCore

/// What a host's switch does with a packet on the underlay.
struct HNVUnderlayFact: Fact {
  let action: Action
  let snapshot: HNVSnapshot

  init(_ action: Action, _ snapshot: HNVSnapshot) {
    self.action = action
    self.snapshot = snapshot
  }

  enum Action {
    /// Another host's message, and whether it made a difference.
    indirect case applied(ControlMessage, isUseful: Bool)
    case decapsulated
    case encapsulated(VirtualSubnetID)
    /// Provider addresses of two families, which no packet can have.
    case familiesDiffer
    indirect case forwarded(to: IPAddress)
    indirect case originated(ControlNotice, to: IPAddress)
    case translated
    /// A tunnel for which there is no packet.
    indirect case tunneled(Tunnel)
  }

  func write(to step: inout StepWriter, in scene: Scene) {
    HNVExplainer(snapshot, in: scene)?.write(action, to: &step)
  }
}

extension HNVExplainer {
  fileprivate func write(_ action: HNVUnderlayFact.Action, to step: inout StepWriter) {
    switch action {
    case .applied(let message, let isUseful): writeApplied(message, isUseful, to: &step)
    case .decapsulated: writeDecapsulated(to: &step)
    case .encapsulated(let subnet):
      writeEncapsulated(
        subnet, ipRow.map { Phrases($0.source, " -> ", $0.destination) }, to: &step)
    case .familiesDiffer:
      step.say(.gaveUp, "the provider addresses are of different address families")
      step.fix("use provider addresses of one family on all hosts")
    case .forwarded(let host):
      step.say(.forwarded, "unchanged, to the host with PA ", host)
      step.setting(settings.untranslated)
    case .originated(let notice, let provider):
      step.say(.originated, router.name, " sends ", notice.words, " to ", provider)
      step.setting(settings.controlMessages)
    case .translated: writeTranslated(to: &step)
    case .tunneled(let tunnel):
      writeEncapsulated(
        tunnel.virtualSubnetID, Phrases(tunnel.source, " -> ", tunnel.destination), to: &step)
    }
  }

  private func writeApplied(
    _ message: ControlMessage, _ isUseful: Bool, to step: inout StepWriter
  ) {
    let (name, mac) = (router.name, message.destination)
    switch (message.notice, isUseful) {
    case (.redirect(let target), true):
      step.say(.accepted, "the records of ", mac, " on ", name, " now point to ", target)
    case (.redirect, false):
      step.say(
        .accepted, "no record of ", mac, " on ", name, " points to ", message.reporter,
        "; ignored")
    case (.unreachable, _):
      if let delay = snapshot.network.policyRefresh {
        step.say(.accepted, name, " requests its policy again, due in ", "\(delay)")
      } else {
        step.say(
          .accepted, name,
          " would request its policy again, but the lab defines no policy refresh")
      }
    }
  }

  private func writeDecapsulated(to step: inout StepWriter) {
    guard let outer = row, let subnet = outer.tunnelHeader?.virtualSubnetID,
      let inner = scene?.innerRow
    else { return step.say(.decapsulated, "the inner frame") }
    step.say(
      .decapsulated, "VSID ", subnet, ", from ", outer.source, "; inner frame to ",
      inner.destinationMAC)
  }

  private func writeEncapsulated(
    _ subnet: VirtualSubnetID, _ ends: some Phrase, to step: inout StepWriter
  ) {
    step.say(
      .encapsulated, settings.encapsulation.rawValue.uppercased(), ", VSID ", subnet, ", ", ends)
    step.setting(settings.encapsulation)
  }

  private func writeTranslated(to step: inout StepWriter) {
    guard let scene, scene.rowBefore != nil else {
      return step.say(.translated, "the packet's addresses")
    }
    step.sayChanges(.translated)
    step.packetChanges(in: scene)
  }
}

extension Packet.TunnelHeader {
  /// The virtual subnet that a tunnel packet of HNV names; `nil` for any other tunnel.
  fileprivate var virtualSubnetID: VirtualSubnetID? {
    switch self {
    case .nvgre(let header): header.virtualSubnetID
    case .vxlan(let header): header.virtualSubnetID
    default: nil
    }
  }
}

extension ControlNotice {
  var words: String {
    switch self {
    case .redirect(let target): "NVGRE REDIRECT to \(target)"
    case .unreachable: "NVGRE UNREACHABLE"
    }
  }
}
