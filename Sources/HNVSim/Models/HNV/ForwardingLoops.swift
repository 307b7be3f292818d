import HNVCore

/// Finds destinations that a forwarding machine sends back into the network that sent them to it.
///
/// The prefixes of its own routes, and of the networks it is attached to, divide the destinations
/// into classes that these tables treat alike. The first address of each prefix, and the one behind
/// its last, stand for all classes.
struct ForwardingLoops {
  private let intent: Intent

  init(_ intent: Intent) { self.intent = intent }

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for (number, machine) in intent.machines.enumerated() where machine.forwards {
      for compartment in machine.compartments.indices {
        let start = Stop(machine: number, compartment: compartment)
        guard let loop = destinations(start).first(where: { circles($0, from: start) }),
          let entry = routes(at: start).entry(for: loop)
        else { continue }
        diagnostics.append(
          Diagnostic(
            .forwardingLoop, in: .named("machine \(machine.name)"), value: "\(entry.prefix)",
            "the route \(StackRoutes.text(entry)) of \(machine.name) sends packets to \(loop)"
              + " and others back into a network whose route points to \(machine.name)",
            at: machine.place))
      }
    }
    return diagnostics
  }

  /// A forwarding machine on a packet's way, and the compartment in which it gets the packet.
  private struct Stop: Hashable {
    let machine: Int
    let compartment: Int
  }

  private func routes(at stop: Stop) -> StackRoutes {
    StackRoutes(intent.machines[stop.machine], compartment: stop.compartment)
  }

  private func destinations(_ stop: Stop) -> [IPAddress] {
    let machine = intent.machines[stop.machine]
    var prefixes = Set(
      machine.routes.filter { $0.compartment == stop.compartment }.map(\.prefix))
    for subnet in machine.interfaces.filter({ $0.compartment == stop.compartment })
      .compactMap({ intent.subnet(of: $0) })
    {
      let network = intent.networks[intent.subnets[subnet].network]
      prefixes.formUnion(network.routes.map(\.prefix))
      for subnet in network.subnets { prefixes.formUnion(intent.subnets[subnet].prefixes) }
    }
    return Set(prefixes.flatMap { [$0.first, $0.last.successor].compactMap { $0 } }).sorted()
  }

  /// Follows a destination from machine to machine until it leaves or comes back.
  private func circles(_ destination: IPAddress, from start: Stop) -> Bool {
    var current = start
    var seen: Set<Stop> = []
    while seen.insert(current).inserted {
      let machine = intent.machines[current.machine]
      guard machine.forwards, let entry = routes(at: current).entry(for: destination),
        case .subnet(let subnet) = machine.interfaces[entry.link].attachment,
        let next = nextStop(to: destination, in: intent.subnets[subnet].network)
      else { return false }
      current = next
    }
    return current == start
  }

  /// The machine to which a network's own routes lead a destination that none of its subnets has.
  private func nextStop(to destination: IPAddress, in network: Int) -> Stop? {
    let isLocal = intent.networks[network].subnets.contains { index in
      intent.subnets[index].prefixes.contains { $0.contains(destination) }
    }
    guard !isLocal else { return nil }
    let route = intent.networks[network].routes.filter { $0.prefix.contains(destination) }
      .min { ($1.prefix.length, $0.metric) < ($0.prefix.length, $1.metric) }
    guard let route else { return nil }
    for (number, machine) in intent.machines.enumerated() {
      let interface = machine.interfaces.first { interface in
        intent.subnet(of: interface).map { intent.subnets[$0].network } == network
          && interface.mayHave(route.via)
      }
      if let interface { return Stop(machine: number, compartment: interface.compartment) }
    }
    return nil
  }
}

extension StackRoutes {
  /// The table of one of a machine's compartments.
  convenience init(_ machine: Intent.Machine, compartment: Int) {
    self.init(
      links: machine.interfaces.map {
        Link(
          macAddress: $0.macAddress, addresses: $0.addresses, mtu: 0, cables: [],
          compartment: $0.compartment)
      }, routes: machine.routes, compartment: compartment)
  }
}
