import HNVCore

extension Bench {
  /// Tells all hosts one more customer route, and asks the first of them for it.
  mutating func addRoute(_ policy: NetworkPolicy, _ network: TenantNetwork) {
    let row = Figure.Row(
      "life", Self.lifeSetting(network.machineCount), "one route added, all hosts told")
    guard let routes = policy.hosts.first?.policy.forwarding.customerRoutes
    else { return report.mismatch("\(row): there are no routes") }
    // No tenant has a subnet for gateways alone.
    var lenient = policy
    lenient.settings.externalGateway = .anySubnet
    let spread = timeChanges(of: CompiledNetwork(lenient, warnings: []), network, row) { sender in
      let subnet = network.subnet(of: sender)
      // Networks for benchmarks (RFC 2544, appendix C.2.2), one for each change.
      let outside = IPv4Address(198, 18, UInt8(sender / network.hostCount), 0)
      guard let domain = routes.first(where: { $0.virtualSubnetID == subnet })?.routingDomainID,
        let prefix = IPPrefix(containing: .v4(outside), length: 24)
      else { return nil }
      let route = CustomerRoute(
        routingDomainID: domain, virtualSubnetID: subnet, destinationPrefix: prefix,
        nextHop: .via(network.address(of: sender)))
      return (
        PolicyUpdate(.newCustomerRoute(route), on: policy.hosts.map(\.name)),
        { host in
          guard case .route(let number) = host.router.entry(for: .v4(outside), in: domain)
          else { return false }
          return host.router.policy.customerRoutes[number] == route
        }
      )
    }
    report.add(Figure(row, spread, size: network.machineCount))
  }
}
