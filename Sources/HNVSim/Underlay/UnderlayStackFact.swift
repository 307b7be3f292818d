import HNVCore

/// What a hypervisor does with packets on the underlay in its own name.
enum UnderlayStackFact: Fact {
  /// The packet's source is none of the host's addresses.
  case foreignSource(UnderlayTable.Term)
  /// The frame's destination is none of the host's MAC addresses.
  case foreignDestination(UnderlayTable.Term)
  case group(Target)
  case lookedUp(Target, UnderlayTable)
  /// The packet is an error about one in a tunnel.
  case heard

  /// Where a packet is sent.
  enum Target {
    /// To its destination.
    case destination
    /// To a host that it does not name.
    indirect case host(IPAddress)
  }

  func step(in scene: Scene) -> Step {
    let (name, packet) = (scene.name, scene.ipRow)
    switch self {
    case .foreignSource(let term):
      let source = packet.map { "\($0.source)" } ?? ""
      return Step(
        .dropped, "\(source) is not a \(term) address of \(name)",
        fix: "assign \(source) to \(name)")
    case .foreignDestination(let term):
      return Step(
        .dropped, "\(name) has no \(term) address with \(scene.destination) on this link",
        fix: "clear the sender's neighbour cache")
    case .group(let target):
      return Step(.routed, "\(target.address(of: packet)) is a group: to its members")
    case .lookedUp(let target, let table):
      return table.lookup(target.address(of: packet), on: name)
    case .heard:
      let error = scene.packet.map { "\($0.transport.words) from \($0.source)" } ?? ""
      return Step(.accepted, "\(error): received by \(name), not passed on to machines")
    }
  }
}

extension UnderlayStackFact.Target {
  fileprivate func address(of packet: Packet?) -> IPAddress {
    switch self {
    case .destination: packet?.destination ?? .v4(IPv4Address(0, 0, 0, 0))
    case .host(let address): address
    }
  }
}

/// The routes of packets from one of a hypervisor's addresses.
final class UnderlayTable: Sendable {
  /// What a host's addresses and routes are called: `provider` under HNV.
  enum Term: String, CustomStringConvertible {
    case provider, underlay

    var description: String { rawValue }
  }

  let routes: StationRoutes
  private let term: Term
  private let source: IPAddress?

  init(link: Int, of links: [Link], routes: [(ProviderRoute, Place)], term: Term) {
    self.routes = StationRoutes(link: link, of: links, routes: routes)
    self.term = term
    source = links[link].addresses.first?.address
  }

  fileprivate func lookup(_ target: IPAddress, on host: String) -> Step {
    let source = source.map { "\($0)" } ?? ""
    let lookup = routes.lookup(target, in: "\(term) routes of \(source) on \(host)")
    guard let match = routes.entry(for: target) else {
      return Step(
        .dropped, "\(host) has no \(term) route from \(source) to \(target)", lookup: lookup,
        fix: "add a \(term) route on \(host) via a router in the network of \(source)")
    }
    let name = StationRoutes.text(match)
    return Step(
      .routed, "\(target) matches \(term) route \(name)", lookup: lookup,
      entry: Step.Entry(.providerRoute, name, at: match.place))
  }
}
