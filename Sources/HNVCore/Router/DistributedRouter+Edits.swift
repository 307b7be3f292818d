/// Routers of policies that differ in little.
extension DistributedRouter {
  /// The router of the policy that came of some edits and of nothing else.
  ///
  /// - Returns: `nil` where more hangs on them than a place in a table.
  /// - Complexity: one block of one table is copied for each record, one table for each route.
  func edited(_ edits: Set<ForwardingEdit>, to policy: ForwardingPolicy) -> DistributedRouter? {
    var (index, routes, routeNumbers) = (index, routes, routeNumbers)
    let compiler = RoutingTableCompiler(
      policy: policy, settings: settings, virtualSubnets: virtualSubnets)
    var (records, news) = ([Int](), [Int]())
    for edit in edits {
      switch edit {
      // Of hosts that had the same, one may have been given more than another.
      case .moved(let number) where number < policy.lookupRecords.count:
        guard index.relocate(number, policy.lookupRecords[number]) else { return nil }
      case .moved: break
      case .record(let number): records.append(number)
      case .route(let number): news.append(number)
      case .other: return nil
      }
    }
    records = records.filter { $0 < policy.lookupRecords.count }.sorted()
    news = news.filter { $0 < policy.customerRoutes.count }.sorted()
    guard records.isEmpty && news.isEmpty || settings.areSimple,
      policy.lookupRecords.count == self.policy.lookupRecords.count + records.count,
      policy.customerRoutes.count == self.policy.customerRoutes.count + news.count
    else { return nil }
    for number in records {
      let record = policy.lookupRecords[number]
      guard let subnet = virtualSubnets[record.virtualSubnetID],
        index.append(number, record, subnet)
      else { return nil }
    }
    for number in news {
      let route = policy.customerRoutes[number]
      guard let place = place(of: route.routingDomainID), route.nextHop != .onLink,
        virtualSubnets[route.virtualSubnetID]?.routingDomainID == route.routingDomainID
      else { return nil }
      compiler.add(number, to: &routes[place])
      routeNumbers[place].append(number)
    }
    return DistributedRouter(self, policy, index, routes, routeNumbers)
  }

  /// Whether both have the same virtual subnets, in the same places.
  func hasSubnets(of other: DistributedRouter) -> Bool { lineage === other.lineage }
}

extension Settings {
  /// Whether a new record or route changes no other's place.
  fileprivate var areSimple: Bool { recordPrecedence == .hostRoute && externalRouter == .unused }
}
