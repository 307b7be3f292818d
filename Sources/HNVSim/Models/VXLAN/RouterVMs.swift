import HNVCore

/// The machines that forward between the subnets of networks: ordinary machines with an adapter in
/// each subnet, which can stop and move like any other.
struct RouterVMs {
  /// The hosts that the lab names, by network.
  private var hosts: [Int: Int] = [:]

  init(_ placements: [VXLANSection.Router], _ reader: inout SectionReader) {
    for placement in placements {
      let (network, host) = (reader.network(placement.network), reader.host(placement.host))
      guard let network, let host else { continue }
      if hosts[network] != nil {
        reader.diagnostics.append(
          Diagnostic(
            .duplicateName, value: placement.network.text,
            "network \(placement.network.text) has a router VM already",
            fix: "place it once", at: placement.network.place))
      }
      hosts[network] = host
    }
  }

  /// The lab with a router VM for each network that needs one: to join subnets, or to hold the
  /// network's routes.
  func added(to intent: Intent) -> Intent {
    guard !intent.hosts.isEmpty else { return intent }
    let networks = intent.networks.indices.filter { index in
      let network = intent.networks[index]
      return network.subnets.count > 1 || !network.routes.isEmpty || hosts[index] != nil
    }
    var added = intent
    for network in networks {
      let name = networks.count == 1 ? "router" : "router-\(intent.networks[network].name)"
      added.add(machine(named: added.free(name), for: network, in: intent))
    }
    return added
  }

  private func machine(
    named name: String, for network: Int, in intent: Intent
  ) -> Intent.Machine {
    let own = intent.networks[network]
    var machine = Intent.Machine(
      name: name, host: hosts[network] ?? 0, forwards: true, place: own.place)
    machine.interfaces = own.subnets.map { subnet in
      let typed = intent.subnets[subnet]
      var interface = Intent.Interface(
        attachment: .subnet(subnet), macAddress: .router(ofSubnet: subnet), place: typed.place,
        macPlace: typed.place)
      interface.addresses = typed.prefixes.compactMap { prefix in
        prefix.gatewayAddress.map {
          Intent.Interface.Address(address: $0, onLink: prefix, place: typed.place)
        }
      }
      return interface
    }
    machine.routes = own.routes
    return machine
  }
}
