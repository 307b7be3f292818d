import HNVCore

/// What becomes of frames and packets at the edges of VLANs.
enum VLANFact: Fact {
  /// No port of a virtual switch is in the frame's VLAN.
  case noPort
  /// The machine that sent the frame is on another host by now.
  case moved(machine: Int)
  /// The frame is tagged, or the machine's subnet has no VLAN.
  case notAccess(machine: Int)
  /// No trunk of the layer-3 switch carries the frame's VLAN.
  case notOnTrunk
  case tooLarge(mtu: Int)
  /// The frame is for the router.
  case routed(subnet: Int)
  case withoutVLAN(subnet: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    let (name, intent) = (scene.name, scene.intent)
    switch self {
    case .noPort:
      step.say(.dropped, "no port of ", name, " is in the VLAN of the frame")
      step.fix("assign that VLAN to the subnet of the frame")
    case .moved(let machine):
      let machine = intent.machines[machine].name
      step.say(.dropped, machine, " is no longer on ", name)
      step.fix("send again from the host where ", machine, " is now")
    case .notAccess(let machine):
      let name = intent.machines[machine].name
      step.say(.dropped, "the port of ", name, " accepts only untagged frames, and needs a VLAN")
      scene.writeSenderPort(of: machine, to: &step)
      step.fix("send the frame untagged, or assign a VLAN to the subnet of ", name)
    case .notOnTrunk:
      step.say(.dropped, name, " has no such VLAN on a trunk to a host")
      step.fix("assign that VLAN to the subnet of the frame")
    case .tooLarge(let mtu):
      let size = scene.row?.byteCount ?? mtu
      step.say(
        .dropped, "packet exceeds the MTU of ", name, " (", mtu, ") by ", size - mtu,
        " bytes; dropped silently")
      step.fix("raise the MTU of ", name, " to ", size, ", or lower that of the sender")
    case .routed(let subnet):
      let subnet = intent.subnets[subnet]
      step.say(.received, "destination MAC is SVI ", subnet.name)
      step.entry(.address, scene.destination, " of SVI ", subnet.name, at: subnet.place)
    case .withoutVLAN(let subnet):
      step.say(.dropped, "subnet ", intent.subnets[subnet].name, " has no VLAN")
      step.fix("connect fewer subnets to one switch")
    }
  }
}
