import HNVCore

/// What a lab states and switches do not have, and what will hurt.
struct VLANCheck {
  let intent: Intent
  let layout: VLANLayout

  func diagnostics() -> [Diagnostic] {
    statefulRules() + rulesBeyondPorts() + routesOffLink() + largePackets()
  }

  /// A switch's port lists look at every packet alone.
  private func statefulRules() -> [Diagnostic] {
    adapters.flatMap { machine, interface in
      guard intent.subnet(of: interface) != nil else { return [Diagnostic]() }
      return interface.rules.filter(\.isStateful).map { rule in
        Diagnostic(
          .notInModel, in: .named("machine \(machine.name)"), value: rule.name,
          "\(rule.name) is stateful, but the list of a switch port is stateless",
          fix: "add a rule for the replies, or filter on a forwarding machine",
          at: interface.place)
      }
    }
  }

  /// The wire of an outside network is nobody's switch.
  private func rulesBeyondPorts() -> [Diagnostic] {
    adapters.compactMap { machine, interface in
      guard intent.subnet(of: interface) == nil, !interface.rules.isEmpty else { return nil }
      return Diagnostic(
        .notInModel, in: .named("machine \(machine.name)"), value: machine.name,
        "\(machine.name) has access rules on an outside wire, where no switch port applies them",
        fix: "put the rules on an adapter in a subnet", at: interface.place)
    }
  }

  private var adapters: [(Intent.Machine, Intent.Interface)] {
    intent.machines.flatMap { machine in machine.interfaces.map { (machine, $0) } }
  }

  /// A next hop of the router is on one of its own links.
  private func routesOffLink() -> [Diagnostic] {
    intent.networks.indices.flatMap { network in
      intent.networks[network].routes.filter { route in
        intent.subnet(covering: route.via, inNetwork: network) == nil
      }.map { route in
        Diagnostic(
          .notInModel, in: .named("network \(intent.networks[network].name)"),
          value: "\(route.via)",
          "\(route.via), the next hop to \(route.prefix), is on no VLAN of the router; the route"
            + " is left out",
          fix: "use a next hop in a subnet of \(intent.networks[network].name)", at: route.place)
      }
    }
  }

  /// Switches drop what is too large, and tell nobody.
  private func largePackets() -> [Diagnostic] {
    intent.machines.indices.compactMap { index in
      let machine = intent.machines[index]
      let size = machine.mtu ?? 1500
      guard size > layout.mtu, machine.interfaces.contains(where: { intent.subnet(of: $0) != nil })
      else { return nil }
      return Diagnostic(
        .underlayMTU, in: .named("machine \(machine.name)"), value: "\(size)",
        "\(machine.name) sends packets of up to \(size) bytes, but the MTU of"
          + " \(intent.underlay.name) is \(layout.mtu)", at: machine.place)
    }
  }
}
