/// Which elements there are, and which cable leads where.
///
/// Cables are computed, not stored: a lab of a million machines costs a trace only the elements
/// that it touches. Where machines are, what is stopped and what is cut changes as an experiment
/// goes on.
public struct Wiring: Sendable {
  /// The lab, with what its model added.
  public let intent: Intent
  private(set) var placement: [Int: Int] = [:]
  private(set) var stopped: Set<ElementID> = []
  private(set) var cut: Set<Cable> = []

  init(_ intent: Intent) { self.intent = intent }

  /// The host a machine is on by now.
  public func host(of machine: Int) -> Int { placement[machine] ?? intent.machines[machine].host }

  /// The element at the other end of a cable.
  func otherEnd(of cable: Cable, from element: ElementID) -> ElementID {
    switch cable {
    case .uplink(let host): return element == .underlay ? .host(host) : .underlay
    case .port(let router, _): return element == .underlay ? .router(router) : .underlay
    case .adapter(let machine, let index):
      guard element == .machine(machine) else { return .machine(machine) }
      switch intent.machines[machine].interfaces[index].attachment {
      case .subnet: return .host(host(of: machine))
      case .outside(let index): return .outside(index)
      }
    case .wire(let number):
      let line = intent.lines[number]
      return element == line.one ? line.other : line.one
    case .line(let site):
      guard element == .outside(site), let tunnel = intent.outsides[site].tunnel
      else { return .outside(site) }
      return .outside(tunnel.carrier)
    }
  }

  /// How long a frame takes on a cable.
  func latency(of cable: Cable) -> VirtualTime {
    switch cable {
    case .uplink, .port: return intent.underlay.latency
    case .adapter(let machine, let index):
      guard case .outside(let outside) = intent.machines[machine].interfaces[index].attachment
      else { return .zero }
      return intent.outsides[outside].latency
    case .line(let site): return intent.outsides[site].latency
    case .wire(let number): return intent.lines[number].latency
    }
  }

  /// Whether an element runs: a machine needs its host to.
  public func isRunning(_ element: ElementID) -> Bool {
    if stopped.contains(element) { return false }
    guard case .machine(let machine) = element else { return true }
    return !stopped.contains(.host(host(of: machine)))
  }

  mutating func move(_ machine: Int, to host: Int) { placement[machine] = host }

  mutating func stop(_ element: ElementID) { stopped.insert(element) }

  mutating func start(_ element: ElementID) { stopped.remove(element) }

  mutating func cut(_ cable: Cable) { cut.insert(cable) }

  mutating func restore(_ cable: Cable) { cut.remove(cable) }

  /// The cables between two elements; empty when nothing joins them.
  func cables(between one: ElementID, and other: ElementID) -> [Cable] {
    switch (one, other) {
    case (.host(let host), .underlay), (.underlay, .host(let host)): return [.uplink(host: host)]
    case (.router(let router), .underlay), (.underlay, .router(let router)):
      return intent.underlay.routers[router].interfaces.indices.map {
        .port(router: router, index: $0)
      }
    case (.machine(let machine), let peer), (let peer, .machine(let machine)):
      let adapters = intent.machines[machine].interfaces.indices.map {
        Cable.adapter(machine: machine, index: $0)
      }
      return adapters.filter { otherEnd(of: $0, from: .machine(machine)) == peer }
    case (.outside(let one), .outside(let other)):
      return [one, other].filter { site in
        intent.outsides[site].tunnel.map { $0.carrier == one || $0.carrier == other } ?? false
      }.map { .line(site: $0) }
    default:
      return intent.lines.indices.filter { number in
        let line = intent.lines[number]
        return (line.one, line.other) == (one, other) || (line.one, line.other) == (other, one)
      }.map { .wire($0) }
    }
  }
}
