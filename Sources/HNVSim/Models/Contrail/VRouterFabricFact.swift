import HNVCore

/// What the vRouter sends over the fabric.
enum VRouterDepartureFact: Fact {
  /// A packet that must not be divided makes a tunnel packet of so many bytes.
  case tooLarge(tunnelPacket: Int, mtu: Int)
  case encapsulated
  case fragmented(parts: Int, mtu: Int)

  func step(in scene: Scene) -> Step {
    let byteCount = scene.row?.byteCount ?? 0
    switch self {
    case .tooLarge(let outer, let mtu):
      let added = outer - byteCount
      return Step(
        .dropped,
        "\(byteCount) bytes plus \(added) for encapsulation exceed the MTU of the underlay"
          + " (\(mtu)), and the packet must not be fragmented",
        fix: "raise the MTU of the underlay to \(outer), or lower that of the sender to"
          + " \(mtu - added)")
    case .encapsulated:
      return .encapsulated(scene.packet?.transport.tunnelWords ?? "", in: scene)
    case .fragmented(let parts, let mtu):
      return Step(
        .fragmented, "\(byteCount) bytes sent as \(parts) fragments of at most \(mtu)")
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

  func step(in scene: Scene) -> Step {
    switch self {
    case .decapsulated: return Self.decapsulated(scene)
    case .otherEncapsulation:
      return Step(
        .dropped, "the vRouter accepts only MPLS and VXLAN from the fabric",
        fix: "send in a tunnel")
    case .labelExpired(let label):
      return .timeToLiveExpired(
        at: "label \(label) (dropped silently)", setting: "labelTimeToLive=copied")
    case .unknownLabel(let label):
      return Step(
        .dropped, "no interface on this host has label \(label) for this payload",
        fix: "use a label that the host assigned")
    case .unknownNetwork(let identifier):
      return Step(
        .dropped, "no virtual network on this host has VNI \(identifier)",
        fix: "use a VNI that the controller assigned")
    case .headerReplaced(let machine):
      let header = scene.frame.map { "\($0.source) -> \($0.destination)" } ?? "none"
      return Step(
        .rewritten,
        "Ethernet header replaced: \(header) (\(scene.intent.machines[machine].name))",
        entry: scene.receiverPort(of: machine))
    case .movedAway(let machine):
      return Step(
        .dropped, "\(scene.intent.machines[machine].name) is no longer on this host",
        fix: "send the packet again")
    }
  }

  private static func decapsulated(_ scene: Scene) -> Step {
    guard let packet = scene.packet else { return Step(.decapsulated, "a frame") }
    let words: Words = "\(packet.transport.headerWords), from \(packet.source)"
    guard case .vxlan(_, let frame) = packet.transport else { return Step(.decapsulated, words) }
    return Step(.decapsulated, "\(words); inner frame to \(frame.destination)")
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
