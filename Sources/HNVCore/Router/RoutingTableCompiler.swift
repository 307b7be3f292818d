/// Puts the records and routes of a policy into one table for each routing domain.
///
/// Record against route, and metric against metric, are settled here and nowhere else: what a
/// table holds for a prefix is what wins for it.
struct RoutingTableCompiler {
  let policy: ForwardingPolicy
  let settings: Settings
  let virtualSubnets: [VirtualSubnetID: VirtualSubnet]

  func compile(hostRecords: [Int]) -> [RoutingDomainID: PrefixTable<RouteEntry>] {
    let routes = routeTables { _ in true }
    var tables = routes
    for index in hostRecords {
      let record = policy.lookupRecords[index]
      guard let domain = virtualSubnets[record.virtualSubnetID]?.routingDomainID,
        isHostRoute(record, in: routes[domain])
      else { continue }
      let prefix = IPPrefix(host: record.customerAddress)
      if case .record = tables[domain]?[prefix] { continue }
      tables[domain]?.insert(.record(index), for: prefix)
    }
    return tables
  }

  /// Customer routes alone; among routes of one prefix the lowest metric wins, then the setting.
  func routeTables(
    _ isIncluded: (CustomerRoute) -> Bool
  ) -> [RoutingDomainID: PrefixTable<RouteEntry>] {
    var tables: [RoutingDomainID: PrefixTable<RouteEntry>] = [:]
    for (index, route) in policy.customerRoutes.enumerated() where isIncluded(route) {
      var table = tables.removeValue(forKey: route.routingDomainID) ?? PrefixTable()
      if case .route(let other) = table[route.destinationPrefix],
        !beats(route, policy.customerRoutes[other])
      {
        tables[route.routingDomainID] = table
        continue
      }
      table.insert(.route(index), for: route.destinationPrefix)
      tables[route.routingDomainID] = table
    }
    return tables
  }

  private func beats(_ route: CustomerRoute, _ earlier: CustomerRoute) -> Bool {
    switch settings.metricTie {
    case .firstWritten: route.metric < earlier.metric
    case .lastWritten: route.metric <= earlier.metric
    }
  }

  private func isHostRoute(_ record: LookupRecord, in routes: PrefixTable<RouteEntry>?) -> Bool {
    switch settings.recordPrecedence {
    case .hostRoute: return true
    case .routeFirst:
      guard case .route(let index) = routes?.longestMatch(for: record.customerAddress)?.value
      else { return false }
      let route = policy.customerRoutes[index]
      return route.nextHop == .onLink && route.virtualSubnetID == record.virtualSubnetID
    }
  }
}
