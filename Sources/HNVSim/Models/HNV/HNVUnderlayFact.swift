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

  func step(in scene: Scene) -> Step { HNVExplainer(snapshot, in: scene).step(for: action) }
}

extension HNVExplainer {
  fileprivate func step(for action: HNVUnderlayFact.Action) -> Step {
    switch action {
    case .applied(let message, let isUseful): applied(message, isUseful)
    case .decapsulated: decapsulated()
    case .encapsulated(let subnet):
      encapsulated(subnet, ipRow.map { "\($0.source) -> \($0.destination)" } ?? "")
    case .familiesDiffer:
      Step(
        .gaveUp, "the provider addresses are of different address families",
        fix: "use provider addresses of one family on all hosts")
    case .forwarded(let host):
      Step(
        .forwarded, "unchanged, to the host with PA \(host)", setting: settings.untranslated.text)
    case .originated(let notice, let provider):
      Step(
        .originated, "\(router.name) sends \(notice.words) to \(provider)",
        setting: settings.controlMessages.text)
    case .translated: translated()
    case .tunneled(let tunnel):
      encapsulated(tunnel.virtualSubnetID, "\(tunnel.source) -> \(tunnel.destination)")
    }
  }

  private func applied(_ message: ControlMessage, _ isUseful: Bool) -> Step {
    let (name, mac) = (router.name, message.destination)
    let detail: Words =
      switch (message.notice, isUseful) {
      case (.redirect(let target), true): "the records of \(mac) on \(name) now point to \(target)"
      case (.redirect, false):
        "no record of \(mac) on \(name) points to \(message.reporter); ignored"
      case (.unreachable, _):
        snapshot.network.policyRefresh.map { "\(name) requests its policy again, due in \($0)" }
          ?? "\(name) would request its policy again, but the lab defines no policy refresh"
      }
    return Step(.accepted, detail)
  }

  private func decapsulated() -> Step {
    guard let outer = row, let subnet = outer.tunnelHeader?.virtualSubnetID,
      let inner = scene?.innerRow
    else { return Step(.decapsulated, "the inner frame") }
    return Step(
      .decapsulated,
      "VSID \(subnet), from \(outer.source); inner frame to \(inner.destinationMAC)")
  }

  private func encapsulated(_ subnet: VirtualSubnetID, _ ends: Words) -> Step {
    Step(
      .encapsulated,
      "\(settings.encapsulation.rawValue.uppercased()), VSID \(subnet), \(ends)",
      setting: settings.encapsulation.text)
  }

  private func translated() -> Step {
    guard let scene, scene.rowBefore != nil else {
      return Step(.translated, "the packet's addresses")
    }
    return Step(.translated, changes: scene.packetChanges)
  }
}

extension Transport {
  /// The virtual subnet and the frame in a tunnel packet of HNV; `nil` for any other packet.
  var tunneled: (VirtualSubnetID, EthernetFrame)? {
    switch self {
    case .nvgre(let header, let frame): (header.virtualSubnetID, frame)
    case .vxlan(let header, let frame): (header.virtualSubnetID, frame)
    default: nil
    }
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
