import HNVCore

/// What a station does with multicast and broadcast packets.
enum GroupFact: Fact {
  case resolved(MACAddress)
  case divisionNotSimulated
  case tooLarge(link: Int, of: StationConfiguration)
  case accepted(by: StationConfiguration)
  case notJoined(by: StationConfiguration)

  func step(in scene: Scene) -> Step {
    guard let packet = scene.packet else { return .withoutPacket }
    switch self {
    case .resolved(let mac):
      return Step(.resolved, "group \(packet.destination) has MAC \(mac)")
    case .divisionNotSimulated:
      return Step(
        .gaveUp, "fragmentation of multicast and broadcast packets is not simulated",
        fix: "send fewer bytes")
    case .tooLarge(let link, let station):
      return Step(
        .dropped,
        "packet of \(packet.byteCount) bytes exceeds the MTU of \(station.name)'s link"
          + " (\(station.links[link].mtu))", fix: "send fewer bytes")
    case .accepted(let station):
      return Step(.accepted, "\(station.name) listens to \(packet.destination)")
    case .notJoined(let station):
      return Step(.accepted, "\(station.name) has not joined the group \(packet.destination)")
    }
  }
}
