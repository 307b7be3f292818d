import HNVCore

/// What a stack did with a packet of a tunnel.
enum TunnelFact: Fact {
  case down(to: String)
  /// The way to the tunnel's other end leads into a tunnel.
  case nested
  case wrapped(to: String, UInt32)
  case unwrapped(UInt32)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.sayNothing() }
    let (source, destination) = (packet.source, packet.destination)
    switch self {
    case .down(let peer):
      step.say(.dropped, "the tunnel of ", scene.name, " to ", peer, " is down")
      step.fix("restore the link")
    case .nested:
      step.say(
        .dropped, "the route to ", destination, ", the tunnel's endpoint, points into a tunnel")
      step.fix("add a route to ", destination, " outside the tunnel on ", scene.name)
    case .wrapped(let peer, let number):
      step.say(
        .encapsulated, "ESP, tunnel ", number, " to ", peer, ", ", source, " -> ", destination,
        ", ", packet.byteCount, " bytes")
    case .unwrapped(let number):
      step.say(
        .decapsulated, "ESP, tunnel ", number, ", from ", scene.before?.packet?.source ?? source,
        "; inner packet ", source, " to ", destination)
    }
  }
}
