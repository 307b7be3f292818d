import HNVCore

/// What a station does with multicast and broadcast packets.
enum GroupFact: Fact {
  case resolved(MACAddress)
  case divisionNotSimulated
  case tooLarge(link: Int, of: StationConfiguration)
  case accepted(by: StationConfiguration)
  case notJoined(by: StationConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.sayNothing() }
    switch self {
    case .resolved(let mac):
      step.say(.resolved, "group ", packet.destination, " has MAC ", mac)
    case .divisionNotSimulated:
      step.say(.gaveUp, "fragmentation of multicast and broadcast packets is not simulated")
      step.fix("send fewer bytes")
    case .tooLarge(let link, let station):
      step.say(
        .dropped, "packet of ", packet.byteCount, " bytes exceeds the MTU of ", station.name,
        "'s link (", station.links[link].mtu, ")")
      step.fix("send fewer bytes")
    case .accepted(let station):
      step.say(.accepted, station.name, " listens to ", packet.destination)
    case .notJoined(let station):
      step.say(.accepted, station.name, " has not joined the group ", packet.destination)
    }
  }
}
