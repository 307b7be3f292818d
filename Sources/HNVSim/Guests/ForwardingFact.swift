import HNVCore

/// How packets leave a stack: its own, and those that it forwards.
enum ForwardingFact: Fact {
  case originated
  case forwarded(in: Int, of: StackConfiguration)
  case expired(at: StackConfiguration, isOnUnderlay: Bool)
  case noRoute(from: Int, of: StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.sayNothing() }
    switch self {
    case .originated:
      step.say(
        .originated, packet.source, " -> ", packet.destination, ", ", packet.transport.words,
        ", TTL ", packet.timeToLive, ", ", packet.byteCount, " bytes",
        packet.allowsDivision ? ", may be fragmented" : "")
    case .forwarded(let compartment, let stack):
      step.say(.forwarded, stack.place(compartment), " forwards the packet")
      step.packetChanges(in: scene)
    case .expired(let stack, let isOnUnderlay):
      return step.sayTimeToLiveExpired(
        at: stack.name, loopingBy: isOnUnderlay ? stack.name : scene.loopingMachine)
    case .noRoute(let compartment, let stack):
      step.say(.dropped, stack.place(compartment), " has no route to ", packet.destination)
      stack.writeLookup(of: packet.destination, from: compartment, to: &step)
      step.fix(
        stack.isPlatformRouter
          ? "add a route to \(packet.destination) to the network"
          : "add a default gateway on one of \(stack.name)'s links, or a route")
    }
  }
}

/// A stack has no address of the family of a destination.
struct NoSourceAddress: Fact {
  let stack: StackConfiguration
  let destination: IPAddress

  func write(to step: inout StepWriter, in scene: Scene) {
    step.say(
      .dropped, stack.name, " has no ", destination.family, " address to send to ", destination,
      " from")
    step.fix("assign ", stack.name, " an address of that family")
  }
}
