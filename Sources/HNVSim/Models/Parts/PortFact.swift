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
      Step(.delivered, "to the port of \(scene.intent.machines[machine].name), \(mac)")
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

  /// The frame is the answer to a question for a MAC address; `why` is who gave it.
  static func answered(_ why: String, setting: String? = nil, in scene: Scene) -> Step {
    let answer = scene.frame.map { "\($0.answeredAddress) is-at \($0.source)" } ?? ""
    return Step(.answered, "\(answer), \(why)", setting: setting)
  }
}

extension EthernetFrame {
  /// The address whose MAC address the frame tells.
  fileprivate var answeredAddress: String {
    switch payload {
    case .arp(let message): "\(message.senderAddress)"
    case .ip(let packet): "\(packet.source)"
    case .other: ""
    }
  }
}
