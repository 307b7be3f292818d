import HNVCore

/// What the virtual switch of every host does with packets, whatever the model.
enum PortFact: Fact {
  case delivered(machine: Int, MACAddress)
  /// The packet is the one around what a tunnel carries.
  case encapsulated
  /// The two ends of a tunnel have no addresses of one family.
  indirect case mixedFamilies(IPAddress, IPAddress)

  func step(in scene: Scene) -> Step {
    switch self {
    case .delivered(let machine, let mac):
      Step(
        .delivered, "to the port of \(scene.intent.machines[machine].name), \(mac)",
        entry: scene.intent.port(of: machine, mac))
    case .encapsulated: .encapsulated(scene.packet?.transport.words ?? "", in: scene)
    case .mixedFamilies(let own, let peer):
      Step(
        .gaveUp, "the host addresses \(own) and \(peer) are of different families",
        fix: "use addresses of one family on all hosts")
    }
  }
}

/// Words that facts of several models share.
extension Step {
  /// The packet is the one around what a tunnel carries; `name` is the tunnel's.
  static func encapsulated(_ name: String, in scene: Scene) -> Step {
    Step(.encapsulated, "\(name), \(scene.ends)")
  }

  /// The frame is the answer to a question for a MAC address; `why` is who gave it, and `entry`
  /// what says so where the answer is not the same for all addresses.
  static func answered(
    _ why: String, entry: Step.Entry? = nil, setting: String? = nil, in scene: Scene
  ) -> Step {
    let answer = scene.answer.map { "\($0.address) is-at \($0.macAddress)" } ?? ""
    return Step(.answered, "\(answer), \(why)", entry: entry, setting: setting)
  }
}

extension Scene {
  /// The address whose MAC address the frame tells, and that one.
  var answer: (address: IPAddress, macAddress: MACAddress)? {
    guard let row, row.isARP || row.isIP else { return nil }
    return (row.source, row.sourceMAC)
  }

  /// What a table says of the address whose MAC address the frame tells.
  var answeredEntry: Step.Entry? {
    answer.map { intent.neighbor($0.address, at: $0.macAddress) }
  }
}
