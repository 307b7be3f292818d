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

  func step(in scene: Scene) -> Step {
    switch self {
    case .routerAnswered:
      return .answered(
        "the virtual router of the subnet", entry: scene.answeredEntry, in: scene)
    case .interfaceAnswered:
      return .answered(
        "the network interface's own, from the mapping service", entry: scene.answeredEntry,
        in: scene)
    case .noOwner:
      return Step(
        .dropped, "no network interface of the VPC has \(scene.target), so there is no reply",
        fix: "assign \(scene.target) to a machine")
    case .otherSubnet:
      return Step(
        .dropped, "\(scene.target) is in another subnet, so there is no reply",
        fix: "correct the prefix length of the sender, so that it uses its router")
    case .noReceiver(let subnet):
      return Step(
        .dropped,
        "no network interface of subnet \(scene.intent.subnets[subnet].name) has"
          + " \(scene.destination)", fix: "clear the sender's neighbour cache")
    case .sameSubnet(let machine):
      return Step(
        .resolved,
        "\(scene.destination) is the network interface of \(scene.machine(machine)) in the same"
          + " subnet; the route table is not used",
        entry: scene.intent.address(scene.destination, of: machine))
    case .foreign(let end, let machine):
      let name = scene.machine(machine)
      return Step(
        .dropped,
        "\(scene.address(at: end)) is not an address of \(name) (source/destination check)",
        entry: scene.port(at: end, of: machine), setting: "sourceDestinationCheck=on",
        fix: "turn off the source/destination check of \(name)")
    case .unchecked(let end, let machine):
      return Step(
        .checked,
        "\(scene.address(at: end)) is not an address of \(scene.machine(machine)), but the check"
          + " is off", entry: scene.port(at: end, of: machine),
        setting: "sourceDestinationCheck=off")
    }
  }
}

extension Scene {
  /// The packet's address at one end, in words.
  fileprivate func address(at end: QuotedPacket.End) -> String {
    end == .source ? "the source \(sourceAddress)" : "the destination \(destinationAddress)"
  }

  /// The port of the machine that is at one end of the frame.
  fileprivate func port(at end: QuotedPacket.End, of machine: Int) -> Step.Entry? {
    end == .source ? senderPort(of: machine) : receiverPort(of: machine)
  }
}
