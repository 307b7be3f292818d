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
            "duplicate of customer route \(first + 1)"))
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

  /// Routes of equal rank tie.
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
    // Two subnets of one prefix overlap, which is reported already.
    guard route.nextHop != .onLink || first.nextHop != .onLink else { return nil }
    return Diagnostic(
      .tiedRoutes, in: subject, value: "\(route.destinationPrefix)",
      "the routes to \(route.destinationPrefix) via \(first.nextHop) and via \(route.nextHop) both"
        + " have the metric \(route.metric); \(settings.metricTie.text) decides")
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
        + " in VSID \(target.subnet)")
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

/// Checks that the prefixes of a routing domain are disjoint, and that a subnet has one a family.
struct PrefixCheck {
  let group: PolicyGroup

  /// A subnet has one prefix for each of these.
  private struct Key: Hashable {
    let domain: RoutingDomainID
    let subnet: VirtualSubnetID
    let family: IPFamily
  }

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var firsts: [Key: IPPrefix] = [:]
    var tables: [RoutingDomainID: PrefixTable<VirtualSubnetID>] = [:]
    for (index, route) in group.routes where route.nextHop == .onLink {
      let prefix = route.destinationPrefix
      let key = Key(
        domain: route.routingDomainID, subnet: route.virtualSubnetID, family: prefix.family)
      if let first = firsts[key] {
        if first != prefix { diagnostics.append(second(prefix, after: first, index)) }
      } else {
        firsts[key] = prefix
      }
      for other in overlapping(prefix, in: tables[route.routingDomainID])
      where other.value != route.virtualSubnetID {
        diagnostics.append(overlap(route, other, index))
      }
      if tables[route.routingDomainID]?[prefix] == nil {
        tables[route.routingDomainID, default: PrefixTable()].insert(
          route.virtualSubnetID, for: prefix)
      }
    }
    return diagnostics
  }

  /// The prefixes before this one that overlap it; only its equal where there is one, for that one
  /// has been compared with all the others.
  private func overlapping(
    _ prefix: IPPrefix, in table: PrefixTable<VirtualSubnetID>?
  ) -> [PrefixTable<VirtualSubnetID>.Match] {
    guard let table else { return [] }
    let covering = table.matches(for: prefix.first).filter { $0.prefix.length <= prefix.length }
    if let first = covering.first, first.prefix == prefix { return [first] }
    return covering + table.covered(by: prefix)
  }

  private func second(_ prefix: IPPrefix, after first: IPPrefix, _ index: Int) -> Diagnostic {
    let route = group.policy.customerRoutes[index]
    return Diagnostic(
      .secondPrefix, in: group.subject(.customerRoute, index), value: "\(prefix)",
      "VSID \(route.virtualSubnetID) already has the on-link prefix \(first)")
  }

  private func overlap(
    _ route: CustomerRoute, _ other: PrefixTable<VirtualSubnetID>.Match, _ index: Int
  ) -> Diagnostic {
    Diagnostic(
      .overlappingPrefixes, in: group.subject(.customerRoute, index),
      value: "\(route.destinationPrefix)",
      "\(route.destinationPrefix) of VSID \(route.virtualSubnetID) overlaps"
        + " \(other.prefix) of VSID \(other.value)")
  }
}

/// Checks that every virtual subnet has one routing domain, on all hosts alike.
struct DomainCheck {
  let groups: [PolicyGroup]

  func diagnostics() -> [Diagnostic] {
    var owners: [VirtualSubnetID: RoutingDomainID] = [:]
    var diagnostics: [Diagnostic] = []
    for group in groups {
      for (index, route) in group.routes {
        guard let owner = owners[route.virtualSubnetID] else {
          owners[route.virtualSubnetID] = route.routingDomainID
          continue
        }
        guard owner != route.routingDomainID else { continue }
        diagnostics.append(
          Diagnostic(
            .virtualSubnetInTwoDomains, in: group.subject(.customerRoute, index),
            value: "\(route.virtualSubnetID)",
            "VSID \(route.virtualSubnetID) belongs to the routing domain \(owner)"))
      }
    }
    return diagnostics
  }
}

/// Checks that the subnet of an external gateway holds gateways only, where the setting asks for
/// it.
struct ExternalGatewayCheck {
  let group: PolicyGroup
  let settings: Settings

  func diagnostics() -> [Diagnostic] {
    switch settings.externalGateway {
    case .anySubnet: return []
    case .ownSubnet:
      let resolved = group.resolvedNextHops
      if resolved.isEmpty { return [] }
      let neighbors = self.neighbors()
      var diagnostics: [Diagnostic] = []
      for (index, route) in group.routes {
        // A next hop without a record is reported as unresolved.
        guard let gateway = SubnetAddress(nextHopOf: route), resolved.contains(gateway),
          let neighbor = neighbors[gateway.subnet]
        else { continue }
        diagnostics.append(diagnostic(gateway, neighbor, index))
      }
      return diagnostics
    }
  }

  /// The first machine of each virtual subnet that no route has for its next hop.
  private func neighbors() -> [VirtualSubnetID: LookupRecord] {
    let gateways = self.gateways()
    var neighbors: [VirtualSubnetID: LookupRecord] = [:]
    for (_, record) in group.records
    where record.isUnicast && neighbors[record.virtualSubnetID] == nil
      && !gateways.contains(AdapterKey(record)) && !group.isGatewayAddress(record)
    {
      neighbors[record.virtualSubnetID] = record
    }
    return neighbors
  }

  /// The machines that some route has for its next hop, whatever other addresses they have.
  private func gateways() -> Set<AdapterKey> {
    let nextHops = group.nextHops
    var gateways: Set<AdapterKey> = []
    for (_, record) in group.records where nextHops.contains(SubnetAddress(record)) {
      gateways.insert(AdapterKey(record))
    }
    return gateways
  }

  private func diagnostic(_ gateway: SubnetAddress, _ neighbor: LookupRecord, _ index: Int)
    -> Diagnostic
  {
    let name = neighbor.vmName.isEmpty ? "" : "\(neighbor.vmName) at "
    return Diagnostic(
      .externalGatewaySubnet, in: group.subject(.customerRoute, index), value: "\(gateway.address)",
      "the gateway \(gateway.address) shares VSID \(gateway.subnet) with"
        + " \(name)\(neighbor.customerAddress)")
  }
}
