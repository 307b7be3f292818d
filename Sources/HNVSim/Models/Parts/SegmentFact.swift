import HNVCore

/// What the switch of a host does with packets between tunnels and ports.
enum SegmentFact: Fact {
  case decapsulated(VirtualSubnetID, to: MACAddress)
  case fragment
  case notVXLAN
  /// The frame came to a host without a machine in its segment.
  case noMachine(VirtualSubnetID)
  /// The frame came by a tunnel, and its receiver is not on this host.
  case turnedAway(VirtualSubnetID?)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .decapsulated(let vni, let mac):
      step.say(
        .decapsulated, "VNI ", vni, ", from ", scene.row?.source, "; inner frame to ", mac)
    case .fragment:
      step.say(
        .dropped, "a router of the underlay fragmented the packet, and a VTEP does not reassemble")
      step.fix("raise the MTU of the underlay")
    case .notVXLAN:
      step.say(.dropped, scene.name, " accepts only VXLAN from the underlay")
      step.fix("send it from a machine")
    case .noMachine(let vni):
      step.say(.dropped, scene.name, " has no machine in VNI ", vni)
      step.fix(
        "wait until the sender's table entry expires, or send a frame from the moved machine")
    case .turnedAway(let vni):
      step.say(
        .dropped, "no port of ", scene.name, " in ", vni.words, " has ", scene.destination,
        ", and frames from a tunnel are not sent into another")
      step.fix("send a frame from the moved machine, so that hosts learn its location")
    }
  }
}

extension VirtualSubnetID? {
  /// The VNI of a subnet, which may have none.
  var words: String { map { "VNI \($0)" } ?? "a VNI" }
}
