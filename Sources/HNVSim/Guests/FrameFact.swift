import HNVCore

/// What a stack does with frames, whatever they carry.
enum FrameFact: Fact {
  case transmitted
  case ignoredCopy(by: StackConfiguration)
  case forAnother(link: Int, of: StackConfiguration)
  case forActiveRouter(virtualRouter: UInt8, backup: StackConfiguration)
  indirect case outsideTunnel(TunnelEnd)
  case unknownPayload

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let frame = scene.row else { return step.sayNothing() }
    switch self {
    case .transmitted: step.say(.transmitted, frame.sourceMAC, " -> ", frame.destinationMAC)
    case .ignoredCopy(let stack):
      step.say(
        .received, stack.name, " ignores a copy for ", frame.destinationMAC,
        ", which is not its own")
    case .forAnother(let link, let stack):
      step.say(
        .dropped, stack.name, " ignores a frame to ", frame.destinationMAC, "; its adapter has ",
        stack.links[link].macAddress)
      step.fix("clear the sender's neighbour cache, or correct its static entry")
    case .forActiveRouter(let number, let backup):
      step.say(
        .dropped, backup.name, " is a backup in virtual router ", number,
        ", and drops frames to its MAC address")
      step.fix("send frames for ", frame.destinationMAC, " to the active machine")
    case .outsideTunnel(let end):
      step.say(.dropped, "the tunnel to ", end.peer, " carries only packets in ESP")
      step.fix("send through the adapter that carries the tunnel")
    case .unknownPayload:
      step.say(.dropped, "the frame is neither ARP nor IP")
      step.fix("send IP")
    }
  }
}

/// What happens to frames on a wire of an outside network.
enum WireFact: Fact {
  case relayed
  case flooded
  case nobodyHasAddress(wireOf: StackConfiguration)
  case nothingConnected(to: StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .relayed: step.say(.forwarded, "to its receiver on the wire")
    case .flooded: step.say(.replicated, "flooded on the segment")
    case .nobodyHasAddress(let stack):
      let name = stack.name
      step.say(.dropped, "no machine on the wire of ", name, " has the address")
      step.fix("assign the address to a machine on the wire, or change the route of ", name)
    case .nothingConnected(let stack):
      step.say(.dropped, "nothing is connected to ", stack.name)
      step.fix("add an adapter of a machine to its wire")
    }
  }
}
