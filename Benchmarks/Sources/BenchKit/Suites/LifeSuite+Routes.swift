import HNVCore

extension Bench {
  /// Tells all hosts one more customer route, and asks the first of them for it.
  mutating func addRoute(_ policy: NetworkPolicy, _ network: TenantNetwork) {
    let row = Figure.Row(
      "life", Self.lifeSetting(network.machineCount), "one route added, all hosts told")
    let outside = IPv4Address(198, 51, 100, 0)
    guard let domain = policy.hosts.first?.policy.forwarding.customerRoutes.first,
      let prefix = IPPrefix(containing: .v4(outside), length: 24)
    else { return report.mismatch("\(row): there are no routes") }
    let route = CustomerRoute(
      routingDomainID: domain.routingDomainID, virtualSubnetID: domain.virtualSubnetID,
      destinationPrefix: prefix, nextHop: .via(network.address(of: 0)))
    let changes = policy.hosts.map { PolicyChange.newCustomerRoute(route, on: $0.name) }
    // No tenant has a subnet for gateways alone.
    var lenient = policy
    lenient.settings.externalGateway = .anySubnet
    var changed = CompiledNetwork(lenient, findings: [])
    let (spread, entry) = Spread.once { () -> RouteEntry? in
      guard (try? changed.apply(changes)) != nil else { return nil }
      return changed.routers[0].router.entry(for: .v4(outside), in: route.routingDomainID)
    }
    report.add(Figure(row, spread, size: network.machineCount))
    let last = policy.hosts[0].policy.forwarding.customerRoutes.count
    if entry != .route(last) { report.mismatch("\(row): the next packet does not obey") }
  }
}
