import HNVCore

extension Bench {
  /// Tells all hosts one more customer route, and asks the first of them for it.
  mutating func addRoute(_ policy: NetworkPolicy, _ network: TenantNetwork) {
    let row = Figure.Row(
      "life", Self.lifeSetting(network.machineCount), "one route added, all hosts told")
    let outside = IPv4Address(198, 51, 100, 0)
    guard let routes = policy.hosts.first?.policy.forwarding.customerRoutes,
      let prefix = IPPrefix(containing: .v4(outside), length: 24)
    else { return report.mismatch("\(row): there are no routes") }
    // No tenant has a subnet for gateways alone.
    var lenient = policy
    lenient.settings.externalGateway = .anySubnet
    let spread = timeChanges(of: CompiledNetwork(lenient, findings: []), network, row) { sender in
      let subnet = network.subnet(of: sender)
      guard let domain = routes.first(where: { $0.virtualSubnetID == subnet })?.routingDomainID
      else { return nil }
      let route = CustomerRoute(
        routingDomainID: domain, virtualSubnetID: subnet, destinationPrefix: prefix,
        nextHop: .via(network.address(of: sender)))
      return (
        policy.hosts.map { .newCustomerRoute(route, on: $0.name) },
        { $0.router.entry(for: .v4(outside), in: domain) == .route(routes.count) }
      )
    }
    report.add(Figure(row, spread, size: network.machineCount))
  }
}
