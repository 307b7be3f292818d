import HNVCore

/// Whether a station takes a packet, and why not.
enum DeliveryFact: Fact {
  case accepted(by: StationConfiguration)
  /// An outside network took the packet for what is behind it.
  case left(through: StationConfiguration)
  /// The packet is for the station, but for nothing on it.
  case received(by: StationConfiguration)
  case portClosed(on: StationConfiguration)
  case protocolUnknown(to: StationConfiguration)
  case notReached(through: StationConfiguration)
  case notForwarding(StationConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.ipRow else { return step.sayNothing() }
    let destination = packet.destination
    switch self {
    case .accepted(let station):
      step.say(.accepted, destination, " is an address of ", station.name)
    case .left(let network):
      step.say(.accepted, destination, " is reached through ", network.name)
    case .received(let station):
      step.say(.received, "the packet is for ", station.name, " itself")
    case .portClosed(let station):
      let port = "\(packet.ipProtocol)/\(packet.ports?.destination ?? 0)"
      step.say(.dropped, "nothing listens on ", port, " of ", station.name)
      step.fix("open ", port, " on ", station.name)
    case .protocolUnknown(let station):
      step.say(.dropped, station.name, " does not support protocol ", packet.ipProtocol)
      step.fix("send icmp, udp or tcp")
    case .notReached(let network):
      step.say(.dropped, network.name, " has no route to ", destination)
      step.fix(
        "add a prefix with ", destination, " to ", network.name, ", or send to another address")
    case .notForwarding(let station):
      step.say(
        .dropped, destination, " is not an address of ", station.name, ", and ", station.name,
        " does not forward")
      step.fix("enable forwarding on ", station.name, ", or route ", destination, " another way")
    }
  }
}
