/// Checks that customer routes are distinct and ranked, and that their next hops have a record.
struct RouteCheck {
  let group: PolicyGroup
  let settings: Settings

  func diagnostics() -> [Diagnostic] {
    let resolved = group.resolvedNextHops
    var diagnostics: [Diagnostic] = []
    var seen: [CustomerRoute.Key: Int] = [:]
    var firsts: [Rank: Int] = [:]
    for (index, route) in group.routes {
      let subject = group.subject(.customerRoute, index)
      if let first = seen.updateValue(index, forKey: route.key) {
        diagnostics.append(
          Diagnostic(
            .duplicateEntry, in: subject, value: "\(route.destinationPrefix)",
            "it repeats customer route \(first + 1)"))
      } else if let first = firsts[Rank(route)] {
        if let diagnostic = tie(route, group.policy.customerRoutes[first], subject) {
          diagnostics.append(diagnostic)
        }
      } else {
        firsts[Rank(route)] = index
      }
      if let diagnostic = nextHop(of: route, subject, resolved) { diagnostics.append(diagnostic) }
    }
    return diagnostics
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
  ) -> Diagnostic? {
    // Two subnets of one prefix overlap, and that is said.
    guard route.nextHop != .onLink || first.nextHop != .onLink else { return nil }
    return Diagnostic(
      .tiedRoutes, in: subject, value: "\(route.destinationPrefix)",
      "the routes to \(route.destinationPrefix) by \(first.nextHop) and by \(route.nextHop) both"
        + " have the metric \(route.metric), and \(settings.metricTie.text) decides")
  }

  private func nextHop(
    of route: CustomerRoute, _ subject: Subject, _ resolved: Set<SubnetAddress>
  ) -> Diagnostic? {
    if let diagnostic = route.nextHop.diagnostic(for: route.destinationPrefix, in: subject) {
      return diagnostic
    }
    guard let target = SubnetAddress(nextHopOf: route), !resolved.contains(target)
    else { return nil }
    return Diagnostic(
      .unresolvedNextHop, in: subject, value: "\(target.address)",
      "no lookup record resolves \(target.address), the next hop to \(route.destinationPrefix),"
        + " in virtual subnet \(target.subnet)")
  }
}

extension NextHop {
  /// What is wrong with this next hop for a prefix; `nil` for an address of one machine and of the
  /// prefix's family.
  func diagnostic(for prefix: IPPrefix, in subject: Subject) -> Diagnostic? {
    guard case .via(let address) = self, address.family != prefix.family || !address.isOneMachine
    else { return nil }
    return Diagnostic(
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
