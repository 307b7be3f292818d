import HNVCore

/// Finds destinations that a forwarding machine sends back into the network that led them to it.
///
/// The prefixes of its own routes, and of the networks it is attached to, divide the destinations
/// into classes that these tables treat alike. The first address of each prefix, and the one behind
/// its last, stand for all classes.
struct ForwardingLoops {
  private let intent: Intent

  init(_ intent: Intent) { self.intent = intent }

  func faults() -> [Fault] {
    var faults: [Fault] = []
    for (number, machine) in intent.machines.enumerated() where machine.forwards {
      let routes = StationRoutes(machine)
      guard let loop = destinations(machine).first(where: { circles($0, from: number, routes) }),
        let entry = routes.entry(for: loop)
      else { continue }
      faults.append(
        Fault(
          .forwardingLoop, in: .named("machine \(machine.name)"), value: "\(entry.prefix)",
          "by its route \(StationRoutes.text(entry)), \(machine.name) sends packets for \(loop)"
            + " and others back into a network whose route leads to it",
          at: machine.place))
    }
    return faults
  }

  private func destinations(_ machine: Intent.Machine) -> [IPAddress] {
    var prefixes = Set(machine.routes.map(\.prefix))
    for subnet in machine.interfaces.compactMap({ intent.subnet(of: $0) }) {
      let network = intent.networks[intent.subnets[subnet].network]
      prefixes.formUnion(network.routes.map(\.prefix))
      for subnet in network.subnets { prefixes.formUnion(intent.subnets[subnet].prefixes) }
    }
    return Set(prefixes.flatMap { [$0.first, $0.last.successor].compactMap { $0 } }).sorted()
  }

  /// Follows a destination from machine to machine until it leaves or comes back.
  private func circles(
    _ destination: IPAddress, from start: Int, _ routes: StationRoutes
  ) -> Bool {
    var current = (machine: start, routes: routes)
    var seen: Set<Int> = []
    while seen.insert(current.machine).inserted {
      let machine = intent.machines[current.machine]
      guard machine.forwards, let entry = current.routes.entry(for: destination),
        case .subnet(let subnet) = machine.interfaces[entry.link].attachment,
        let next = nextMachine(to: destination, in: intent.subnets[subnet].network)
      else { return false }
      current = (next, StationRoutes(intent.machines[next]))
    }
    return current.machine == start
  }

  /// The machine to which a network's own routes lead a destination that none of its subnets has.
  private func nextMachine(to destination: IPAddress, in network: Int) -> Int? {
    let isLocal = intent.networks[network].subnets.contains { index in
      intent.subnets[index].prefixes.contains { $0.contains(destination) }
    }
    guard !isLocal else { return nil }
    let route = intent.networks[network].routes.filter { $0.prefix.contains(destination) }
      .min { ($1.prefix.length, $0.metric) < ($0.prefix.length, $1.metric) }
    return route.flatMap { route in
      intent.machines.firstIndex { machine in
        machine.interfaces.contains { interface in
          intent.subnet(of: interface).map { intent.subnets[$0].network } == network
            && interface.addresses.contains { $0.address == route.via }
        }
      }
    }
  }
}

extension StationRoutes {
  /// The table of a machine.
  init(_ machine: Intent.Machine) {
    self.init(
      links: machine.interfaces.map {
        Link(macAddress: $0.macAddress, addresses: $0.addresses, mtu: 0, cables: [])
      }, routes: machine.routes)
  }
}
