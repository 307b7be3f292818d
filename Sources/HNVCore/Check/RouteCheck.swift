/// Checks that customer routes are distinct and ranked, and that their next hops have a record.
struct RouteCheck {
  let group: PolicyGroup
  let settings: Settings

  func faults() -> [Fault] {
    let resolved = group.resolvedNextHops
    var faults: [Fault] = []
    var seen: [CustomerRoute.Key: Int] = [:]
    var firsts: [Rank: Int] = [:]
    for (index, route) in group.routes {
      let subject = group.subject(.customerRoute, index)
      if let first = seen.updateValue(index, forKey: route.key) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(route.destinationPrefix)",
            "it repeats customer route \(first + 1)"))
      } else if let first = firsts[Rank(route)] {
        if let fault = tie(route, group.policy.customerRoutes[first], subject) {
          faults.append(fault)
        }
      } else {
        firsts[Rank(route)] = index
      }
      if let fault = nextHop(of: route, subject, resolved) { faults.append(fault) }
    }
    return faults
  }

  /// What the choice among routes goes by.
  private struct Rank: Hashable {
    let domain: RoutingDomainID
    let prefix: IPPrefix
    let metric: UInt32

    init(_ route: CustomerRoute) {
      domain = route.routingDomainID
      prefix = route.destinationPrefix
      metric = route.metric
    }
  }

  private func tie(
    _ route: CustomerRoute, _ first: CustomerRoute, _ subject: Subject
  ) -> Fault? {
    // Two subnets of one prefix overlap, and that is said.
    guard route.nextHop != .onLink || first.nextHop != .onLink else { return nil }
    return Fault(
      .tiedRoutes, in: subject, value: "\(route.destinationPrefix)",
      "the routes to \(route.destinationPrefix) by \(first.nextHop) and by \(route.nextHop) both"
        + " have the metric \(route.metric), and \(settings.metricTie.text) decides")
  }

  private func nextHop(
    of route: CustomerRoute, _ subject: Subject, _ resolved: Set<SubnetAddress>
  ) -> Fault? {
    if let fault = route.nextHop.fault(for: route.destinationPrefix, in: subject) { return fault }
    guard let target = SubnetAddress(nextHopOf: route), !resolved.contains(target)
    else { return nil }
    return Fault(
      .unresolvedNextHop, in: subject, value: "\(target.address)",
      "no lookup record resolves \(target.address), the next hop to \(route.destinationPrefix),"
        + " in virtual subnet \(target.subnet)")
  }
}

extension NextHop {
  /// What is wrong with this next hop for a prefix; `nil` for an address of one machine and of the
  /// prefix's family.
  func fault(for prefix: IPPrefix, in subject: Subject) -> Fault? {
    guard case .via(let address) = self, address.family != prefix.family || !address.isOneMachine
    else { return nil }
    return Fault(
      .routeForm, in: subject, value: "\(address)", "\(address) cannot be the next hop to \(prefix)"
    )
  }
}

extension PolicyGroup {
  /// The next hops of the routes.
  var nextHops: Set<SubnetAddress> {
    Set(routes.lazy.compactMap { SubnetAddress(nextHopOf: $0.entry) })
  }

  /// Those next hops that some record resolves.
  var resolvedNextHops: Set<SubnetAddress> {
    let nextHops = nextHops
    var resolved: Set<SubnetAddress> = []
    if nextHops.isEmpty { return resolved }
    for (_, record) in records where record.isUnicast && !record.isUnusable {
      let address = SubnetAddress(record)
      if nextHops.contains(address) { resolved.insert(address) }
    }
    return resolved
  }
}
