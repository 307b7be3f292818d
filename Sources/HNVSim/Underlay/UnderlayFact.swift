import HNVCore

/// What the switches of the underlay do with a frame.
enum UnderlayFact: Fact {
  typealias Segment = Intent.Underlay.Segment

  case received(Segment)
  /// Who has the address that is asked for.
  case hasAddress(ElementID)
  /// Who has the destination MAC address.
  case hasMAC(ElementID)
  /// The only host that has joined the group.
  case member(host: Int)
  case copied(hosts: [Int])

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .received(let segment):
      let place = segment == .flat ? "" : ", in \(scene.intent.underlay.name(of: segment))"
      step.say(.received, scene.ends, ", ", scene.row?.byteCount ?? 0, " bytes", place)
    case .hasAddress(let owner):
      step.say(.forwarded, "to ", scene.intent.name(owner), ", which has ", scene.neighbor)
    case .hasMAC(let owner):
      step.say(.forwarded, scene.destination, " is at ", scene.intent.name(owner))
      step.entry(.address, scene.destination, at: nil)
    case .member(let host):
      step.say(.forwarded, "to ", scene.intent.hosts[host].name, ", which has joined the group")
    case .copied(let hosts):
      let names = hosts.map { scene.intent.hosts[$0].name }.joined(separator: ", ")
      step.say(.replicated, "copies for ", names)
    }
  }
}

/// Why the switches of the underlay lose a frame.
enum UnderlayLoss: Fact {
  typealias Segment = Intent.Underlay.Segment

  /// The sender's port carries no frames of this VLAN.
  case notCarried(from: ElementID)
  case tooLarge(mtu: Int, Segment)
  case unknownMAC(Segment)
  case noMember(Segment)
  /// Nobody has the address that is asked for.
  case nowhere
  /// Somebody has the address that is asked for, in another segment.
  indirect case elsewhere(from: Segment, ElementID, in: Segment)

  func write(to step: inout StepWriter, in scene: Scene) {
    let underlay = scene.intent.underlay
    switch self {
    case .notCarried(let sender):
      let name = scene.intent.name(sender)
      let vlan = scene.row?.tag.map { "of VLAN \($0.identifier)" } ?? "without a VLAN"
      step.say(.dropped, "the port of ", name, " carries no frames ", vlan)
      step.fix("correct the VLAN of ", name, "'s provider address, or add a network with that VLAN")
    case .tooLarge(let mtu, let segment):
      let (name, size) = (underlay.name(of: segment), scene.ipRow?.byteCount ?? mtu)
      step.say(
        .dropped, "packet exceeds the MTU of ", name, " (", mtu, ") by ", size - mtu,
        " bytes; dropped silently")
      step.fix(
        "raise the MTU of ", name, " to ", size, ", or lower that of the sender by ", size - mtu)
    case .unknownMAC(let segment):
      step.say(
        .dropped, "no host in ", underlay.name(of: segment), " has the MAC address ",
        scene.destination)
      step.fix("clear the sender's neighbour cache")
    case .noMember(let segment):
      step.say(.dropped, "no host in ", underlay.name(of: segment), " has joined the group")
      step.fix("deliver the group's record to its hosts, and connect them to one VLAN")
    case .nowhere:
      step.say(.dropped, "no host on the underlay has ", scene.neighbor)
      step.fix(
        "correct the provider address of the record, or assign ", scene.neighbor, " to a host")
    case .elsewhere(let segment, let owner, let other):
      let owner = scene.intent.name(owner)
      step.say(
        .dropped, "no host in ", underlay.name(of: segment), " has ", scene.neighbor, "; ", owner,
        " has it in ", underlay.name(of: other))
      step.fix("correct the VLAN or the prefix length of the provider address, or that of ", owner)
    }
  }
}

extension Scene {
  /// The address that is asked for.
  fileprivate var neighbor: String { row?.targetAddress.map { "\($0)" } ?? "" }
}
