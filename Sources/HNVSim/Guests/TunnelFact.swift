import HNVCore

/// What a station did with a packet of a tunnel.
enum TunnelFact: Fact {
  case down(to: String)
  /// The way to the tunnel's other end leads into a tunnel.
  case nested
  case wrapped(to: String, UInt32)
  case unwrapped(UInt32)

  func step(in scene: Scene) -> Step {
    guard let packet = scene.packet else { return .withoutPacket }
    let (source, destination) = (packet.source, packet.destination)
    switch self {
    case .down(let peer):
      return Step(
        .dropped, "the tunnel of \(scene.name) to \(peer) is down", fix: "restore the link")
    case .nested:
      return Step(
        .dropped, "the route to \(destination), the tunnel's endpoint, points into a tunnel",
        fix: "add a route to \(destination) outside the tunnel on \(scene.name)")
    case .wrapped(let peer, let number):
      return Step(
        .encapsulated,
        "ESP, tunnel \(number) to \(peer), \(source) -> \(destination), \(packet.byteCount) bytes")
    case .unwrapped(let number):
      return Step(
        .decapsulated,
        "ESP, tunnel \(number), from \(scene.before?.packet?.source ?? source); inner packet"
          + " \(source) to \(destination)")
    }
  }
}
