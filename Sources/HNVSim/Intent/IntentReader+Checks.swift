import HNVCore

extension IntentReader {
  /// What is wrong between machines, and with a machine's own routes.
  mutating func checkMachines() {
    checkDoubledAddresses()
    checkVirtualRouters()
    for network in intent.networks.indices {
      for route in intent.networks[network].routes { check(route, of: network) }
      checkWaysBack(in: network)
    }
    for machine in intent.machines {
      for route in machine.routes { check(route, of: machine) }
      check(gateway: machine)
    }
  }

  /// A network's next hop takes packets for others.
  private mutating func check(_ route: Intent.Route, of network: Int) {
    guard let index = nextHop(of: route, in: network), !intent.machines[index].forwards
    else { return }
    let machine = intent.machines[index]
    diagnostics.append(
      Diagnostic(
        .nextHopDoesNotForward, in: .named("network \(intent.networks[network].name)"),
        value: "\(route.via)",
        "\(machine.name), the next hop to \(route.prefix), does not forward",
        fix: "write forwards: true for \(machine.name), or name another next hop",
        at: route.place))
  }

  /// The machine of a network to which its route leads.
  private func nextHop(of route: Intent.Route, in network: Int) -> Int? {
    if let router = intent.virtualRouter(sharing: route.via, in: network) {
      return router.members.first?.machine
    }
    return intent.machines.firstIndex { machine in
      machine.interfaces.contains { interface in
        isIn(network, interface) && interface.mayHave(route.via)
      }
    }
  }

  private func isIn(_ network: Int, _ interface: Intent.Interface) -> Bool {
    intent.subnet(of: interface).map { intent.subnets[$0].network } == network
  }

  /// What a network sends via a machine comes back via it: to each subnet, over an adapter there.
  private mutating func checkWaysBack(in network: Int) {
    var checked: Set<Int> = []
    for route in intent.networks[network].routes {
      guard let index = nextHop(of: route, in: network), intent.machines[index].forwards,
        checked.insert(index).inserted
      else { continue }
      let machine = intent.machines[index]
      let via = machine.interfaces.first { interface in
        isIn(network, interface) && interface.mayHave(route.via)
      }
      let routes = StackRoutes(machine, compartment: via?.compartment ?? 0)
      for subnet in intent.networks[network].subnets {
        for prefix in intent.subnets[subnet].prefixes where prefix.family == route.via.family {
          let entry = routes.entry(for: prefix.first)
          guard entry.map({ !isIn(network, machine.interfaces[$0.link]) }) ?? true
          else { continue }
          diagnostics.append(lost(prefix, of: intent.subnets[subnet].name, machine, entry))
        }
      }
    }
  }

  private func lost(
    _ prefix: IPPrefix, of subnet: String, _ machine: Intent.Machine, _ entry: StackRoutes.Entry?
  ) -> Diagnostic {
    let way = entry.map { "sends the replies out of the network (\(StackRoutes.text($0)))" }
    return Diagnostic(
      .noWayBack, in: .named("machine \(machine.name)"), value: "\(prefix)",
      "\(machine.name) receives packets from \(prefix) of subnet \(subnet), and"
        + " \(way ?? "has no route for the replies")", at: machine.place)
  }

  /// A next hop is on a link of its machine, and somebody has it.
  private mutating func check(_ route: Intent.Route, of machine: Intent.Machine) {
    let subject = Subject.named("machine \(machine.name)")
    let role = "\(machine.name)'s next hop to \(route.prefix)"
    if !isOnLink(route.via, of: machine, in: route.compartment) {
      diagnostics.append(
        Diagnostic(
          .gatewayOffLink, in: subject, value: "\(route.via)",
          "\(route.via), \(role), is not on any of \(machine.name)'s links", at: route.place))
    } else if intent.owner(of: route.via) == nil, !intent.isShared(route.via),
      !isRouter(route.via)
    {
      diagnostics.append(
        Diagnostic(
          .gatewayUnowned, in: subject, value: "\(route.via)",
          "no machine or router has \(route.via), \(role)", at: route.place))
    }
  }

  private func isRouter(_ address: IPAddress) -> Bool {
    intent.subnets.contains { $0.prefixes.gatewayAddresses.contains(address) }
      || intent.outsides.contains { $0.link.gatewayAddresses.contains(address) }
  }

  private func isOnLink(
    _ address: IPAddress, of machine: Intent.Machine, in compartment: Int
  ) -> Bool {
    machine.interfaces.contains { interface in
      interface.compartment == compartment
        && interface.addresses.contains { $0.onLink.contains(address) }
    }
  }

  private mutating func checkDoubledAddresses() {
    struct Site: Hashable {
      let network: Int
      let address: IPAddress
    }
    struct Adapter: Hashable {
      let attachment: Intent.Interface.Attachment
      let mac: MACAddress
    }
    var owners: [Site: Int] = [:]
    var adapters: [Adapter: String] = [:]
    for (index, machine) in intent.machines.enumerated() {
      for interface in machine.interfaces {
        // Outside networks come after the lab's own in the numbering of sites.
        let network =
          switch interface.attachment {
          case .subnet(let index): intent.subnets[index].network
          case .outside(let index): intent.networks.count + index
          }
        for address in interface.addresses {
          let site = Site(network: network, address: address.address)
          guard let owner = owners.updateValue(index, forKey: site) else { continue }
          let other = intent.machines[owner].name
          // Two machines of one name are a duplicate name already.
          guard owner == index || other != machine.name else { continue }
          diagnostics.append(
            Diagnostic(
              .duplicateCustomerAddress, value: "\(address.address)",
              "\(address.address) of \(machine.name) is already the address of \(other)",
              fix: "give one of the two another address", at: address.place))
        }
        let adapter = Adapter(attachment: interface.attachment, mac: interface.macAddress)
        let other = adapters.updateValue(machine.name, forKey: adapter)
        if other != nil || interface.macAddress.isMulticast {
          diagnostics.append(
            Diagnostic(
              .duplicateMAC, value: "\(interface.macAddress)",
              other.map { "\(interface.macAddress) is already the MAC address of \($0)" }
                ?? "\(interface.macAddress) is a group address", at: interface.macPlace))
        }
      }
    }
  }
}
