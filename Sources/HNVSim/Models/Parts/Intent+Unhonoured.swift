import HNVCore

/// What a lab states and a model of several has no piece for.
extension Intent {
  /// Routes of networks whose next hops are in none of their subnets: no router uses them.
  func routesOffLink() -> [Diagnostic] {
    networks.indices.flatMap { index in
      networks[index].routes.filter { subnet(covering: $0.via, inNetwork: index) == nil }.map {
        Diagnostic(
          .gatewayOffLink, in: .named("network \(networks[index].name)"), value: "\($0.via)",
          "\($0.via), the next hop to \($0.prefix), is in no subnet of the network; the route is"
            + " left out",
          fix: "use an address in a subnet of \(networks[index].name)", at: $0.place)
      }
    }
  }

  /// Rules whose state should end sooner than a run does.
  func timeoutsLeftOut() -> [Diagnostic] {
    machines.flatMap { machine in
      machine.interfaces.flatMap { interface in
        interface.rules.filter { $0.isStateful && $0.idleSessionTimeout != 255 }.map { rule in
          Diagnostic(
            .notInModel, in: .named("machine \(machine.name)"),
            value: "\(rule.idleSessionTimeout)s",
            "\(rule.name) has an idle timeout, but the filters of this model never expire a flow",
            fix: "remove the timeout", at: interface.place)
        }
      }
    }
  }

  /// Addresses that machines of a subnet share, where the platform alone says who has an address.
  func sharedAddressesLeftOut(_ model: String, because reason: String, fix: String) -> [Diagnostic]
  {
    virtualRouters.compactMap { router in
      guard case .subnet = router.attachment, let member = router.members.first,
        let address = router.addresses.first
      else { return nil }
      let machine = machines[member.machine]
      let place =
        machine.interfaces[member.interface].virtualRouters.first { $0.id == router.id }?.place
      return Diagnostic(
        .notInModel, in: .named("machine \(machine.name)"), value: "\(address)",
        "under \(model) no machine receives packets for the shared address \(address):"
          + " \(reason)", fix: fix,
        at: place ?? machine.place)
    }
  }

  /// Routes of networks whose next hops no machine has.
  func unownedNextHops() -> [Diagnostic] {
    networks.indices.flatMap { index in
      networks[index].routes.filter { route in
        subnet(covering: route.via, inNetwork: index) != nil && owner(of: route.via) == nil
          && virtualRouter(sharing: route.via, in: index) == nil
          && !networks[index].subnets.contains { routerAddresses(of: $0).contains(route.via) }
      }.map { route in
        Diagnostic(
          .gatewayUnowned, in: .named("network \(networks[index].name)"), value: "\(route.via)",
          "no machine has \(route.via), the next hop to \(route.prefix)", at: route.place)
      }
    }
  }
}
