/// Compiles the records and routes of a policy into what packets are looked up in.
///
/// Which record stands as a host route, and metric against metric, are settled here and nowhere
/// else. Host routes and other routes are kept apart, for they want different structures, and no
/// answer depends on it: a host route is the longest prefix that there can be, so that it is looked
/// for first.
struct RoutingTableCompiler {
  let policy: ForwardingPolicy
  let settings: Settings
  let virtualSubnets: [VirtualSubnetID: VirtualSubnet]

  /// The records with those marked that stand in the tables as host routes, beside the routes of
  /// each routing domain.
  func compileRecords(
    _ routingDomains: [RoutingDomainID], _ routes: [PrefixTable<RouteEntry>]
  ) -> RecordIndex {
    var index = RecordIndex(
      policy.lookupRecords, settings, subnets: virtualSubnets, routingDomains: routingDomains)
    for place in routingDomains.indices {
      index.choose(place) { isHostRoute($0, $1, in: routes[place]) }
    }
    index.remember(nextHops: nextHops(index), policy.lookupRecords)
    return index
  }

  /// The records of the machines to which routes lead.
  private func nextHops(_ index: RecordIndex) -> [Int] {
    policy.customerRoutes.compactMap { route in
      guard case .via(let address) = route.nextHop else { return nil }
      return index.record(for: address, in: route.virtualSubnetID)?.record
    }
  }

  /// Of customer routes alone; among routes of one prefix the lowest metric wins, then the setting.
  func routeTables(
    of routes: IndexedSelection<[CustomerRoute]>,
    where isIncluded: (CustomerRoute) -> Bool = { _ in true }
  ) -> [RoutingDomainID: PrefixTable<RouteEntry>] {
    var tables: [RoutingDomainID: PrefixTable<RouteEntry>] = [:]
    for (index, route) in routes where isIncluded(route) {
      // Taken out of the dictionary, so that it grows in place.
      var table = tables.removeValue(forKey: route.routingDomainID) ?? PrefixTable()
      add(index, to: &table)
      tables[route.routingDomainID] = table
    }
    return tables
  }

  /// Puts a route into its domain's table, behind all that are there.
  func add(_ index: Int, to table: inout PrefixTable<RouteEntry>) {
    let route = policy.customerRoutes[index]
    if case .route(let other) = table[route.destinationPrefix],
      !beats(route, policy.customerRoutes[other])
    {
      return
    }
    table.insert(.route(index), for: route.destinationPrefix)
  }

  private func beats(_ route: CustomerRoute, _ earlier: CustomerRoute) -> Bool {
    switch settings.metricTie {
    case .firstWritten: route.metric < earlier.metric
    case .lastWritten: route.metric <= earlier.metric
    }
  }

  private func isHostRoute(
    _ address: IPAddress, _ host: HostRoute, in routes: PrefixTable<RouteEntry>
  ) -> Bool {
    switch settings.recordPrecedence {
    case .hostRoute: return true
    case .routeFirst:
      guard case .route(let index) = routes.longestMatch(for: address)?.value else { return false }
      let route = policy.customerRoutes[index]
      return route.nextHop == .onLink && route.virtualSubnetID == host.virtualSubnetID
    }
  }
}

/// One entry of a routing domain's table: an index into the policy's records or routes.
public enum RouteEntry: Hashable, Sendable {
  /// A lookup record as a host route.
  case record(Int)
  /// A customer route.
  case route(Int)
}
