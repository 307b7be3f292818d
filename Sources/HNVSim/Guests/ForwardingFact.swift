import HNVCore

/// How packets leave a station: its own, and those that it forwards.
enum ForwardingFact: Fact {
  case originated
  case forwarded(in: Int, of: StationConfiguration)
  case expired(at: StationConfiguration, isOnUnderlay: Bool)
  case noRoute(from: Int, of: StationConfiguration)

  func step(in scene: Scene) -> Step {
    guard let packet = scene.packet else { return .withoutPacket }
    switch self {
    case .originated:
      return Step(
        .originated,
        "\(packet.source) -> \(packet.destination), \(packet.transport.words),"
          + " TTL \(packet.timeToLive), \(packet.byteCount) bytes"
          + (packet.allowsDivision ? ", may be fragmented" : ""))
    case .forwarded(let compartment, let station):
      return Step(
        .forwarded, "\(station.place(compartment)) forwards the packet",
        changes: scene.packetChanges)
    case .expired(let station, let isOnUnderlay):
      return .timeToLiveExpired(
        at: station.name, loopingBy: isOnUnderlay ? station.name : scene.loopingMachine)
    case .noRoute(let compartment, let station):
      return Step(
        .dropped, "\(station.place(compartment)) has no route to \(packet.destination)",
        lookup: station.lookup(packet.destination, from: compartment),
        fix: station.isPlatformRouter
          ? "add a route to \(packet.destination) to the network"
          : "add a default gateway on one of \(station.name)'s links, or a route")
    }
  }
}

/// A station has no address of the family of a destination.
struct NoSourceAddress: Fact {
  let station: StationConfiguration
  let destination: IPAddress

  func step(in scene: Scene) -> Step {
    Step(
      .dropped,
      "\(station.name) has no \(destination.family) address to send to \(destination) from",
      fix: "assign \(station.name) an address of that family")
  }
}
