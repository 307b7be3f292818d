import HNVCore

/// The wire of an outside network: who is on it, and the way back into the lab.
enum OutsideWire {
  /// The outside router's link, with a cable to each machine on the wire, and to each gateway
  /// that the model puts there.
  static func link(of index: Int, in intent: Intent) -> Link {
    let outside = intent.outsides[index]
    var peers: [Link.Peer] = []
    for (machine, number) in adapters(on: index, in: intent) {
      let interface = intent.machines[machine].interfaces[number]
      peers.append(
        Link.Peer(
          cable: .adapter(machine: machine, index: number), macAddress: interface.macAddress,
          addresses: interface.addresses.map(\.address)))
    }
    for (number, line) in intent.lines.enumerated() where line.other == .outside(index) {
      peers.append(
        Link.Peer(
          cable: .wire(number), macAddress: line.macAddress, addresses: line.addresses))
    }
    let isSwitched = adapters(on: index, in: intent).contains {
      !intent.machines[$0.machine].interfaces[$0.adapter].virtualRouters.isEmpty
    }
    return Link(
      macAddress: outside.macAddress, addresses: addresses(of: outside), mtu: 1500, cables: peers,
      isSwitched: isSwitched)
  }

  /// The addresses of an outside network's router on its wire, or on the tunnels to it.
  static func addresses(of outside: Intent.Outside) -> [Intent.Interface.Address] {
    let own = outside.link.compactMap { prefix in
      prefix.gatewayAddress.map {
        Intent.Interface.Address(address: $0, onLink: prefix, place: outside.place)
      }
    }
    // An address of the network that lies on the wire itself is one of its router's.
    let further = outside.addresses.compactMap { address in
      outside.link.first { $0.contains(address) }.map {
        Intent.Interface.Address(address: address, onLink: $0, place: outside.place)
      }
    }
    return own + further.filter { other in !own.contains { $0.address == other.address } }
  }

  /// The adapters on the wire, in declared order.
  static func adapters(on index: Int, in intent: Intent) -> [(machine: Int, adapter: Int)] {
    var adapters: [(machine: Int, adapter: Int)] = []
    for (machine, typed) in intent.machines.enumerated() {
      for (number, interface) in typed.interfaces.enumerated()
      where interface.attachment == .outside(index) {
        adapters.append((machine, number))
      }
    }
    return adapters
  }

  /// The way back: what the lab says, or else to each prefix the first forwarding machine on the
  /// wire that has an adapter in the prefix's network; and the prefixes for which several fit.
  static func routes(
    of index: Int, in intent: Intent
  ) -> (routes: [Intent.Route], ambiguous: [(prefix: IPPrefix, machines: [String])]) {
    let declared = intent.outsides[index].routes
    guard declared.isEmpty else { return (declared, []) }
    var routes: [IPPrefix: Intent.Route] = [:]
    var machines: [IPPrefix: [String]] = [:]
    for (machine, adapter) in adapters(on: index, in: intent)
    where intent.machines[machine].forwards {
      let typed = intent.machines[machine]
      for prefix in prefixes(behind: typed.interfaces[adapter], of: typed, in: intent) {
        guard let via = typed.interfaces[adapter].nextHop(of: prefix.family) else { continue }
        // Machines that share the address are one way back.
        guard routes[prefix]?.via != via else { continue }
        machines[prefix, default: []].append(typed.name)
        guard routes[prefix] == nil else { continue }
        routes[prefix] = Intent.Route(prefix: prefix, via: via, metric: 0, place: typed.place)
      }
    }
    let ambiguous = machines.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    return (
      routes.values.sorted { $0.prefix < $1.prefix },
      ambiguous.map { (prefix: $0.key, machines: $0.value) }
    )
  }

  /// Outside networks that know several ways back.
  static func diagnostics(in intent: Intent) -> [Diagnostic] {
    intent.outsides.indices.flatMap { index in
      routes(of: index, in: intent).ambiguous.map { prefix, machines in
        let outside = intent.outsides[index]
        return Diagnostic(
          .ambiguousReturn, in: .named("outside network \(outside.name)"), value: "\(prefix)",
          "\(outside.name) has several return routes to \(prefix), through"
            + " \(machines.joined(separator: " and ")); \(machines[0]) is used", at: outside.place)
      }
    }
  }

  /// The prefixes to which an adapter leads: those of its compartment, unless it hides them behind
  /// its own address.
  private static func prefixes(
    behind adapter: Intent.Interface, of machine: Intent.Machine, in intent: Intent
  ) -> [IPPrefix] {
    guard !adapter.translates else { return [] }
    var networks: [Int] = []
    for interface in machine.interfaces where interface.compartment == adapter.compartment {
      guard let subnet = intent.subnet(of: interface) else { continue }
      let network = intent.subnets[subnet].network
      if !networks.contains(network) { networks.append(network) }
    }
    return networks.flatMap { network in
      intent.networks[network].subnets.flatMap { intent.subnets[$0].prefixes }
    }
  }
}

extension Intent.Interface {
  /// The address by which others on the wire lead packets to the adapter: one that it shares, or
  /// else its own; `nil` without one of the family.
  fileprivate func nextHop(of family: IPFamily) -> IPAddress? {
    let shared = family == .v4 ? virtualRouters.first?.addresses.first : nil
    return shared.map { .v4($0) } ?? addresses.first { $0.address.family == family }?.address
  }
}
