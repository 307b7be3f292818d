import HNVCore

/// What a stack does with multicast and broadcast packets.
enum GroupFact: Fact {
  case resolved(MACAddress)
  case divisionNotSimulated
  case tooLarge(link: Int, of: StackConfiguration)
  case accepted(by: StackConfiguration)
  case notJoined(by: StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.sayNothing() }
    switch self {
    case .resolved(let mac):
      step.say(.resolved, "group ", packet.destination, " has MAC ", mac)
    case .divisionNotSimulated:
      step.say(.gaveUp, "fragmentation of multicast and broadcast packets is not simulated")
      step.fix("send fewer bytes")
    case .tooLarge(let link, let stack):
      step.say(
        .dropped, "packet of ", packet.byteCount, " bytes exceeds the MTU of ", stack.name,
        "'s link (", stack.links[link].mtu, ")")
      step.fix("send fewer bytes")
    case .accepted(let stack):
      step.say(.accepted, stack.name, " listens to ", packet.destination)
    case .notJoined(let stack):
      step.say(.accepted, stack.name, " has not joined the group ", packet.destination)
    }
  }
}
