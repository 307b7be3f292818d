import HNVCore

/// What the vRouter sends over the fabric.
enum VRouterDepartureFact: Fact {
  /// A packet that must not be divided makes a tunnel packet of so many bytes.
  case tooLarge(tunnelPacket: Int, mtu: Int)
  case encapsulated
  case fragmented(parts: Int, mtu: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    let byteCount = scene.row?.byteCount ?? 0
    switch self {
    case .tooLarge(let outer, let mtu):
      let added = outer - byteCount
      step.say(
        .dropped, byteCount, " bytes plus ", added,
        " for encapsulation exceed the MTU of the underlay (", mtu,
        "), and the packet must not be fragmented")
      step.fix(
        "raise the MTU of the underlay to ", outer, ", or lower that of the sender to ", mtu - added
      )
    case .encapsulated:
      step.sayEncapsulated(scene.packet?.transport.tunnelWords ?? "", in: scene)
    case .fragmented(let parts, let mtu):
      step.say(.fragmented, byteCount, " bytes sent as ", parts, " fragments of at most ", mtu)
    }
  }
}

/// What comes over the fabric.
enum VRouterArrivalFact: Fact {
  case decapsulated
  case otherEncapsulation
  case labelExpired(UInt32)
  case unknownLabel(UInt32)
  case unknownNetwork(VirtualSubnetID)
  /// The frame is new: its packet came without one.
  case headerReplaced(machine: Int)
  case movedAway(machine: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .decapsulated: Self.writeDecapsulated(scene, to: &step)
    case .otherEncapsulation:
      step.say(.dropped, "the vRouter accepts only MPLS and VXLAN from the fabric")
      step.fix("send in a tunnel")
    case .labelExpired(let label):
      return step.sayTimeToLiveExpired(
        at: "label \(label) (dropped silently)", setting: "labelTimeToLive=copied")
    case .unknownLabel(let label):
      step.say(.dropped, "no interface on this host has label ", label, " for this payload")
      step.fix("use a label that the host assigned")
    case .unknownNetwork(let identifier):
      step.say(.dropped, "no virtual network on this host has VNI ", identifier)
      step.fix("use a VNI that the controller assigned")
    case .headerReplaced(let machine):
      let header = scene.frame.map { "\($0.source) -> \($0.destination)" } ?? "none"
      step.say(
        .rewritten, "Ethernet header replaced: ", header, " (", scene.intent.machines[machine].name,
        ")")
      scene.writeReceiverPort(of: machine, to: &step)
    case .movedAway(let machine):
      step.say(.dropped, scene.intent.machines[machine].name, " is no longer on this host")
      step.fix("send the packet again")
    }
  }

  private static func writeDecapsulated(_ scene: Scene, to step: inout StepWriter) {
    guard let packet = scene.packet else { return step.say(.decapsulated, "a frame") }
    let words = "\(packet.transport.headerWords), from \(packet.source)"
    guard case .vxlan(_, let frame) = packet.transport else {
      return step.say(.decapsulated, words)
    }
    step.say(.decapsulated, words, "; inner frame to ", frame.destination)
  }
}

extension Transport {
  /// The tunnel by its name in lab files, and what its header says.
  fileprivate var tunnelWords: String {
    guard case .mpls(let header, _) = self else { return headerWords }
    let tunnel: ContrailSettings.Encapsulation =
      if case .gre = header.tunnel { .mplsOverGRE } else { .mplsOverUDP }
    return "\(tunnel.rawValue), \(headerWords)"
  }

  /// What the header of a tunnel says: the label, or the virtual network.
  fileprivate var headerWords: String {
    switch self {
    case .mpls(let header, _): "label \(header.label) with TTL \(header.timeToLive)"
    case .vxlan(let header, _): "VXLAN, VNI \(header.virtualSubnetID)"
    default: words
    }
  }
}
