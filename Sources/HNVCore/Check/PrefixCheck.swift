/// Checks that the prefixes of a routing domain are disjoint, and that a subnet has one a family.
struct PrefixCheck {
  let group: PolicyGroup

  /// Where a prefix of a subnet must be alone.
  private struct Slot: Hashable {
    let domain: RoutingDomainID
    let subnet: VirtualSubnetID
    let family: IPFamily
  }

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var firsts: [Slot: IPPrefix] = [:]
    var tables: [RoutingDomainID: PrefixTable<VirtualSubnetID>] = [:]
    for (index, route) in group.routes where route.nextHop == .onLink {
      let prefix = route.destinationPrefix
      let slot = Slot(
        domain: route.routingDomainID, subnet: route.virtualSubnetID, family: prefix.family)
      if let first = firsts[slot] {
        if first != prefix { diagnostics.append(second(prefix, after: first, index)) }
      } else {
        firsts[slot] = prefix
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
      "virtual subnet \(route.virtualSubnetID) already has the on-link prefix \(first)")
  }

  private func overlap(
    _ route: CustomerRoute, _ other: PrefixTable<VirtualSubnetID>.Match, _ index: Int
  ) -> Diagnostic {
    Diagnostic(
      .overlappingPrefixes, in: group.subject(.customerRoute, index),
      value: "\(route.destinationPrefix)",
      "\(route.destinationPrefix) of virtual subnet \(route.virtualSubnetID) overlaps"
        + " \(other.prefix) of virtual subnet \(other.value)")
  }
}
