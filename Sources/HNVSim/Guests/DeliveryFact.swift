import HNVCore

/// Whether a stack takes a packet, and why not.
enum DeliveryFact: Fact {
  case accepted(by: StackConfiguration)
  /// An outside network took the packet for what is behind it.
  case left(through: StackConfiguration)
  /// The packet is for the stack, but for nothing on it.
  case received(by: StackConfiguration)
  case portClosed(on: StackConfiguration)
  case protocolUnknown(to: StackConfiguration)
  case notReached(through: StackConfiguration)
  case notForwarding(StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.ipRow else { return step.sayNothing() }
    let destination = packet.destination
    switch self {
    case .accepted(let stack):
      step.say(.accepted, destination, " is an address of ", stack.name)
    case .left(let network):
      step.say(.accepted, destination, " is reached through ", network.name)
    case .received(let stack):
      step.say(.received, "the packet is for ", stack.name, " itself")
    case .portClosed(let stack):
      let port = "\(packet.ipProtocol)/\(packet.ports?.destination ?? 0)"
      step.say(.dropped, "nothing listens on ", port, " of ", stack.name)
      step.fix("open ", port, " on ", stack.name)
    case .protocolUnknown(let stack):
      step.say(.dropped, stack.name, " does not support protocol ", packet.ipProtocol)
      step.fix("send icmp, udp or tcp")
    case .notReached(let network):
      step.say(.dropped, network.name, " has no route to ", destination)
      step.fix(
        "add a prefix with ", destination, " to ", network.name, ", or send to another address")
    case .notForwarding(let stack):
      step.say(
        .dropped, destination, " is not an address of ", stack.name, ", and ", stack.name,
        " does not forward")
      step.fix("enable forwarding on ", stack.name, ", or route ", destination, " another way")
    }
  }
}
