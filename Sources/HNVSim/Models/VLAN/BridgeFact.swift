import HNVCore

/// What a learning bridge does with a frame of a VLAN.
enum BridgeFact<Port: BridgePort>: Fact {
  case learned(Port, vlan: UInt16)
  case forwarded(Port, vlan: UInt16)
  case flooded([Port], vlan: UInt16)
  /// The frame's receiver is behind the port that it came by, or the VLAN has no port but that:
  /// `nil`.
  case filtered(Port?, vlan: UInt16, isCopy: Bool)

  func write(to step: inout StepWriter, in scene: Scene) {
    let receiver = scene.destination
    switch self {
    case .learned(let port, let vlan):
      step.say(
        .learned, scene.row?.sourceMAC, ", VLAN ", vlan, ", learned on ",
        port.words(in: scene.intent))
    case .forwarded(let port, let vlan):
      let place = port.words(in: scene.intent)
      step.say(.forwarded, receiver, ", VLAN ", vlan, ", to ", place)
      writeTable(vlan, in: scene, to: &step)
      step.match(receiver, " on ", place)
      writeEntry(port, vlan, in: scene, to: &step)
    case .flooded(let ports, let vlan):
      let names = ports.map { $0.words(in: scene.intent) }.joined(separator: ", ")
      let reason = reason(vlan, in: scene)
      if ports.count > 1 {
        step.say(.replicated, reason, "flooded in VLAN ", vlan, " to ", names)
      } else {
        step.say(.forwarded, reason, "flooded to ", names)
      }
      if !receiver.isMulticast { writeTable(vlan, in: scene, to: &step) }
    case .filtered(let port, let vlan, let isCopy):
      let place = port.map { "is on \($0.words(in: scene.intent)), where the frame came from" }
      let why =
        place.map { "\(receiver), VLAN \(vlan), \($0)" }
        ?? "\(reason(vlan, in: scene))VLAN \(vlan) has no other port on \(scene.name)"
      step.say(isCopy ? .received : .dropped, why)
      if let port { writeEntry(port, vlan, in: scene, to: &step) }
      if !isCopy {
        step.fix("send a frame from the machine, so that switches learn its port, or start it")
      }
    }
  }

  /// Why the frame goes everywhere, where it is not for many.
  private func reason(_ vlan: UInt16, in scene: Scene) -> String {
    scene.destination.isMulticast ? "" : "\(scene.destination) is unknown in VLAN \(vlan): "
  }

  private func writeEntry(
    _ port: Port, _ vlan: UInt16, in scene: Scene, to step: inout StepWriter
  ) {
    step.entry(
      .address, scene.destination, ", VLAN ", vlan, ", on ", port.words(in: scene.intent), at: nil)
  }

  private func writeTable(_ vlan: UInt16, in scene: Scene, to step: inout StepWriter) {
    step.table("MAC addresses of VLAN ", vlan, " on ", scene.name)
    step.key(scene.destination)
  }
}

/// A port of a learning bridge.
protocol BridgePort: Hashable, Sendable {
  /// The port in words, as `the trunk to hv1`.
  func words(in intent: Intent) -> String
}

/// A virtual switch's ports are its cables.
extension Cable: BridgePort {
  func words(in intent: Intent) -> String {
    guard case .adapter(let machine, _) = self else { return "the trunk" }
    return "the port of \(intent.machines[machine].name)"
  }
}

extension LayerThreeSwitch.Port: BridgePort {
  func words(in intent: Intent) -> String {
    switch self {
    case .trunk(let host): "the trunk to \(intent.hosts[host].name)"
    case .router: "its router"
    }
  }
}
