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

  func step(in scene: Scene) -> Step {
    switch self {
    case .received(let segment):
      let place = segment == .flat ? "" : ", in \(scene.intent.underlay.name(of: segment))"
      return Step(.received, "\(scene.ends), \(scene.row?.byteCount ?? 0) bytes\(place)")
    case .hasAddress(let owner):
      return Step(.forwarded, "to \(scene.intent.name(owner)), which has \(scene.neighbor)")
    case .hasMAC(let owner):
      let address: Words = "\(scene.destination)"
      return Step(
        .forwarded, "\(address) is at \(scene.intent.name(owner))",
        entry: Step.Entry(.address, address))
    case .member(let host):
      return Step(.forwarded, "to \(scene.intent.hosts[host].name), which has joined the group")
    case .copied(let hosts):
      let names = hosts.map { scene.intent.hosts[$0].name }.joined(separator: ", ")
      return Step(.replicated, "copies for \(names)")
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

  func step(in scene: Scene) -> Step {
    let underlay = scene.intent.underlay
    switch self {
    case .notCarried(let sender):
      let name = scene.intent.name(sender)
      let vlan = scene.frame?.tag.map { "of VLAN \($0.identifier)" } ?? "without a VLAN"
      return Step(
        .dropped, "the port of \(name) carries no frames \(vlan)",
        fix: "correct the VLAN of \(name)'s provider address, or add a network with that VLAN")
    case .tooLarge(let mtu, let segment):
      let (name, size) = (underlay.name(of: segment), scene.packet?.byteCount ?? mtu)
      return Step(
        .dropped,
        "packet exceeds the MTU of \(name) (\(mtu)) by \(size - mtu) bytes; dropped silently",
        fix: "raise the MTU of \(name) to \(size), or lower that of the sender by \(size - mtu)")
    case .unknownMAC(let segment):
      return Step(
        .dropped,
        "no host in \(underlay.name(of: segment)) has the MAC address"
          + " \(scene.destination)", fix: "clear the sender's neighbour cache")
    case .noMember(let segment):
      return Step(
        .dropped, "no host in \(underlay.name(of: segment)) has joined the group",
        fix: "deliver the group's record to its hosts, and connect them to one VLAN")
    case .nowhere:
      return Step(
        .dropped, "no host on the underlay has \(scene.neighbor)",
        fix: "correct the provider address of the record, or assign \(scene.neighbor) to a host")
    case .elsewhere(let segment, let owner, let other):
      let owner = scene.intent.name(owner)
      return Step(
        .dropped,
        "no host in \(underlay.name(of: segment)) has \(scene.neighbor); \(owner) has it in"
          + " \(underlay.name(of: other))",
        fix: "correct the VLAN or the prefix length of the provider address, or that of \(owner)")
    }
  }
}

extension Scene {
  /// The address that is asked for.
  fileprivate var neighbor: String { row?.targetAddress.map { "\($0)" } ?? "" }
}
