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

  func step(in scene: Scene) -> Step {
    guard let packet = scene.ipRow else { return .withoutPacket }
    let destination = packet.destination
    switch self {
    case .accepted(let station):
      return Step(.accepted, "\(destination) is an address of \(station.name)")
    case .left(let network):
      return Step(.accepted, "\(destination) is reached through \(network.name)")
    case .received(let station):
      return Step(.received, "the packet is for \(station.name) itself")
    case .portClosed(let station):
      let port = "\(packet.ipProtocol)/\(packet.ports?.destination ?? 0)"
      return Step(
        .dropped, "nothing listens on \(port) of \(station.name)",
        fix: "open \(port) on \(station.name)")
    case .protocolUnknown(let station):
      return Step(
        .dropped, "\(station.name) does not support protocol \(packet.ipProtocol)",
        fix: "send icmp, udp or tcp")
    case .notReached(let network):
      return Step(
        .dropped, "\(network.name) has no route to \(destination)",
        fix: "add a prefix with \(destination) to \(network.name), or send to another address")
    case .notForwarding(let station):
      return Step(
        .dropped,
        "\(destination) is not an address of \(station.name), and \(station.name) does not forward",
        fix: "enable forwarding on \(station.name), or route \(destination) another way")
    }
  }
}
