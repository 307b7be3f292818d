import HNVCore

/// How packets leave a station: its own, and those that it forwards.
enum ForwardingFact: Fact {
  case originated
  case forwarded(in: Int, of: StationConfiguration)
  case expired(at: StationConfiguration, isOnUnderlay: Bool)
  case noRoute(from: Int, of: StationConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.sayNothing() }
    switch self {
    case .originated:
      step.say(
        .originated, packet.source, " -> ", packet.destination, ", ", packet.transport.words,
        ", TTL ", packet.timeToLive, ", ", packet.byteCount, " bytes",
        packet.allowsDivision ? ", may be fragmented" : "")
    case .forwarded(let compartment, let station):
      step.say(.forwarded, station.place(compartment), " forwards the packet")
      step.packetChanges(in: scene)
    case .expired(let station, let isOnUnderlay):
      return step.sayTimeToLiveExpired(
        at: station.name, loopingBy: isOnUnderlay ? station.name : scene.loopingMachine)
    case .noRoute(let compartment, let station):
      step.say(.dropped, station.place(compartment), " has no route to ", packet.destination)
      station.writeLookup(of: packet.destination, from: compartment, to: &step)
      step.fix(
        station.isPlatformRouter
          ? "add a route to \(packet.destination) to the network"
          : "add a default gateway on one of \(station.name)'s links, or a route")
    }
  }
}

/// A station has no address of the family of a destination.
struct NoSourceAddress: Fact {
  let station: StationConfiguration
  let destination: IPAddress

  func write(to step: inout StepWriter, in scene: Scene) {
    step.say(
      .dropped, station.name, " has no ", destination.family, " address to send to ", destination,
      " from")
    step.fix("assign ", station.name, " an address of that family")
  }
}
