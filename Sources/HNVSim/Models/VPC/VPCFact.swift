import HNVCore

/// What a host of a VPC does with the frames of machines.
enum VPCFact: Fact {
  case routerAnswered
  case interfaceAnswered
  case noOwner
  case otherSubnet
  case noReceiver(subnet: Int)
  case sameSubnet(machine: Int)
  case foreign(QuotedPacket.End, machine: Int)
  case unchecked(QuotedPacket.End, machine: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .routerAnswered:
      step.sayAnswered("the virtual router of the subnet", in: scene)
      scene.writeAnsweredEntry(to: &step)
    case .interfaceAnswered:
      step.sayAnswered("the network interface's own, from the mapping service", in: scene)
      scene.writeAnsweredEntry(to: &step)
    case .noOwner:
      step.say(
        .dropped, "no network interface of the VPC has ", scene.target, ", so there is no reply")
      step.fix("assign ", scene.target, " to a machine")
    case .otherSubnet:
      step.say(.dropped, scene.target, " is in another subnet, so there is no reply")
      step.fix("correct the prefix length of the sender, so that it uses its router")
    case .noReceiver(let subnet):
      step.say(
        .dropped, "no network interface of subnet ", scene.intent.subnets[subnet].name, " has ",
        scene.destination)
      step.fix("clear the sender's neighbour cache")
    case .sameSubnet(let machine):
      step.say(
        .resolved, scene.destination, " is the network interface of ", scene.machine(machine),
        " in the same subnet; the route table is not used")
      scene.intent.writeAddress(scene.destination, of: machine, to: &step)
    case .foreign(let end, let machine):
      let name = scene.machine(machine)
      step.say(
        .dropped, scene.address(at: end), " is not an address of ", name,
        " (source/destination check)")
      scene.writePort(at: end, of: machine, to: &step)
      step.setting("sourceDestinationCheck=on")
      step.fix("turn off the source/destination check of ", name)
    case .unchecked(let end, let machine):
      step.say(
        .checked, scene.address(at: end), " is not an address of ", scene.machine(machine),
        ", but the check is off")
      scene.writePort(at: end, of: machine, to: &step)
      step.setting("sourceDestinationCheck=off")
    }
  }
}

extension Scene {
  /// The packet's address at one end, in words.
  fileprivate func address(at end: QuotedPacket.End) -> String {
    end == .source ? "the source \(sourceAddress)" : "the destination \(destinationAddress)"
  }

  /// The port of the machine that is at one end of the frame.
  fileprivate func writePort(
    at end: QuotedPacket.End, of machine: Int, to step: inout StepWriter
  ) {
    switch end {
    case .source: writeSenderPort(of: machine, to: &step)
    case .destination: writeReceiverPort(of: machine, to: &step)
    }
  }
}
