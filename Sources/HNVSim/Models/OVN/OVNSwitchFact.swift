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

  func write(to step: inout StepWriter, in scene: Scene) {
    let intent = scene.intent
    switch self {
    case .bound(let machine):
      let name = intent.machines[machine].name
      step.say(.learned, "the virtual port of the shared address is bound to ", name)
    case .foreignMAC(let machine):
      let (mac, name) = (scene.row.map { "\($0.sourceMAC)" } ?? "", intent.machines[machine].name)
      step.say(.dropped, "source MAC ", mac, " is not that of ", name, "'s port")
      scene.writeSenderPort(of: machine, to: &step)
      step.fix("list ", mac, " in the port's security")
    case .foreignAddress(let machine):
      let source = scene.ipRow.map { "\($0.source)" } ?? ""
      step.say(.dropped, source, " is not an address of ", intent.machines[machine].name, "'s port")
      scene.writeSenderPort(of: machine, to: &step)
      step.fix("list ", source, " in the port's security")
    case .answered:
      step.sayAnswered("from the logical switch", in: scene)
      scene.writeAnsweredEntry(to: &step)
    case .noPort(let subnet):
      let name = intent.subnets[subnet].name
      step.say(.dropped, "no port of the logical switch ", name, " has ", scene.destination)
      step.fix("clear the sender's neighbour cache, or correct its static entry")
    case .replicated(let copies): step.say(.replicated, copies, " copies")
    case .noReceiver(let subnet):
      step.say(.dropped, "no other port is on ", intent.subnets[subnet].name)
      step.fix("send to a machine that is there")
    }
  }
}
