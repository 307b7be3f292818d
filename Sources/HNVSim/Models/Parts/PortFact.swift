import HNVCore

/// What the virtual switch of every host does with packets, whatever the model.
enum PortFact: Fact {
  case delivered(machine: Int, MACAddress)
  /// The packet is the one around what a tunnel carries.
  case encapsulated
  /// The two ends of a tunnel have no addresses of one family.
  indirect case mixedFamilies(IPAddress, IPAddress)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .delivered(let machine, let mac):
      step.say(.delivered, "to the port of ", scene.intent.machines[machine].name, ", ", mac)
      scene.intent.writePort(of: machine, mac, to: &step)
    case .encapsulated: step.sayEncapsulated(scene.packet?.transport.words ?? "", in: scene)
    case .mixedFamilies(let own, let peer):
      step.say(.gaveUp, "the host addresses ", own, " and ", peer, " are of different families")
      step.fix("use addresses of one family on all hosts")
    }
  }
}

/// Words that facts of several models share.
extension StepWriter {
  /// The packet is the one around what a tunnel carries; `name` is the tunnel's.
  mutating func sayEncapsulated(_ name: String, in scene: Scene) {
    say(.encapsulated, name, ", ", scene.ends)
  }

  /// The frame is the answer to a question for a MAC address; `why` is who gave it.
  mutating func sayAnswered(_ why: String, in scene: Scene) {
    say(
      .answered, scene.answer.map { Phrases($0.address, " is-at ", $0.macAddress) }, ", ", why)
  }
}

extension Scene {
  /// The address whose MAC address the frame tells, and that one.
  var answer: (address: IPAddress, macAddress: MACAddress)? {
    guard let row, row.isARP || row.isIP else { return nil }
    return (row.source, row.sourceMAC)
  }

  /// What a table says of the address whose MAC address the frame tells.
  func writeAnsweredEntry(to step: inout StepWriter) {
    guard let answer else { return }
    intent.writeNeighbor(answer.address, at: answer.macAddress, to: &step)
  }
}
