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
            "virtual subnet \(route.virtualSubnetID) belongs to the routing domain \(owner)"))
      }
    }
    return diagnostics
  }
}
