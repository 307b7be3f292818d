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

  func write(to step: inout StepWriter, in scene: Scene) {
    let (name, packet) = (scene.name, scene.ipRow)
    switch self {
    case .foreignSource(let term):
      let source = packet.map { "\($0.source)" } ?? ""
      step.say(.dropped, source, " is not a ", term, " address of ", name)
      step.fix("assign ", source, " to ", name)
    case .foreignDestination(let term):
      step.say(
        .dropped, name, " has no ", term, " address with ", scene.destination, " on this link")
      step.fix("clear the sender's neighbour cache")
    case .group(let target):
      step.say(.routed, target.address(of: packet), " is a group: to its members")
    case .lookedUp(let target, let table):
      table.write(target.address(of: packet), on: name, to: &step)
    case .heard:
      let error = scene.packet.map { "\($0.transport.words) from \($0.source)" } ?? ""
      step.say(.accepted, error, ": received by ", name, ", not passed on to machines")
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
  enum Term: String, Phrase {
    case provider, underlay

    func write(to text: inout TextBuffer) { text.append(rawValue) }
  }

  let routes: StackRoutes
  private let term: Term
  private let source: IPAddress?

  init(link: Int, of links: [Link], routes: [(ProviderRoute, Place)], term: Term) {
    self.routes = StackRoutes(link: link, of: links, routes: routes)
    self.term = term
    source = links[link].addresses.first?.address
  }

  fileprivate func write(_ target: IPAddress, on host: String, to step: inout StepWriter) {
    let name = Phrases(term, " routes of ", Phrases(source, " on ", host))
    guard let match = routes.entry(for: target) else {
      step.say(.dropped, host, " has no ", term, " route from ", source, " to ", target)
      routes.writeLookup(of: target, in: name, to: &step)
      return step.fix(
        "add a ", term, " route on ", host, " via a router in the network of ", source)
    }
    step.say(.routed, target, " matches ", term, " route ", StackRoutes.text(match))
    routes.writeLookup(of: target, in: name, to: &step)
    step.entry(.providerRoute, StackRoutes.text(match), at: match.place)
  }
}
