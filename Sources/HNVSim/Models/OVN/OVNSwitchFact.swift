import HNVCore

/// What a logical switch does with frames.
enum OVNSwitchFact: Fact {
  /// The machine has spoken of a shared address, and has it from now on.
  case bound(machine: Int)
  /// The frame's source is none that the machine's port may send from.
  case foreignMAC(machine: Int)
  case foreignAddress(machine: Int)
  case answered
  /// No port of the subnet's switch has the destination.
  case noPort(subnet: Int)
  case replicated(copies: Int)
  /// The frame is for everyone, and nobody else is there.
  case noReceiver(subnet: Int)

  func step(in scene: Scene) -> Step {
    let intent = scene.intent
    switch self {
    case .bound(let machine):
      let name = intent.machines[machine].name
      return Step(.learned, "the virtual port of the shared address is bound to \(name)")
    case .foreignMAC(let machine):
      let (mac, name) = (scene.frame.map { "\($0.source)" } ?? "", intent.machines[machine].name)
      return Step(
        .dropped, "source MAC \(mac) is not that of \(name)'s port",
        entry: scene.senderPort(of: machine),
        fix: "list \(mac) in the port's security")
    case .foreignAddress(let machine):
      let source = scene.packet.map { "\($0.source)" } ?? ""
      return Step(
        .dropped, "\(source) is not an address of \(intent.machines[machine].name)'s port",
        entry: scene.senderPort(of: machine),
        fix: "list \(source) in the port's security")
    case .answered:
      return .answered("from the logical switch", entry: scene.answeredEntry, in: scene)
    case .noPort(let subnet):
      let name = intent.subnets[subnet].name
      return Step(
        .dropped, "no port of the logical switch \(name) has \(scene.destination)",
        fix: "clear the sender's neighbour cache, or correct its static entry")
    case .replicated(let copies): return Step(.replicated, "\(copies) copies")
    case .noReceiver(let subnet):
      return Step(
        .dropped, "no other port is on \(intent.subnets[subnet].name)",
        fix: "send to a machine that is there")
    }
  }
}
