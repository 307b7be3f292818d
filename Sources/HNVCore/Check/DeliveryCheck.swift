/// Finds what some hosts hold and others, which take part in the same routing domain, do not.
///
/// Policy that did not reach every host is the failure that Microsoft lists first for real HNV
/// deployments. Hosts without machines of a routing domain need none of its policy.
struct DeliveryCheck {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  let participation: HostDomains
  /// What differs from what most hosts hold is not expected of those, nor theirs of its holder.
  let drift: DriftCheck

  /// An entry that a host of the routing domain should hold, and where it was first seen.
  private struct Expected {
    let domain: RoutingDomainID
    let group: Int
    let index: Int
  }

  func diagnostics() -> [Diagnostic] {
    guard groups.count > 1 else { return [] }
    let records = expectedRecords()
    let routes = expectedRoutes()
    var diagnostics: [Diagnostic] = []
    for (number, group) in groups.enumerated() {
      let heldRecords = Set(group.records.lazy.map { $0.entry.key })
      let heldRoutes = Set(group.routes.lazy.map { $0.entry.key })
      let missingRecords = records.filter {
        !heldRecords.contains(record($0).key)
          && !drift.addresses[number].contains(SubnetAddress(record($0)))
      }
      let missingRoutes = routes.filter {
        !heldRoutes.contains(route($0).key)
          && !drift.prefixes[number].contains(DomainPrefix(route($0)))
      }
      if missingRecords.isEmpty && missingRoutes.isEmpty { continue }
      for host in group.hosts {
        let served = participation.served[host]
        for record in missingRecords where served.contains(record.domain) {
          diagnostics.append(undeliveredRecord(record, host))
        }
        for route in missingRoutes where served.contains(route.domain) {
          diagnostics.append(undeliveredRoute(route, host))
        }
      }
    }
    return diagnostics
  }
}

extension DeliveryCheck {
  /// A wildcard is not expected: it belongs to the gateway's own host, where Microsoft's 2012 R2
  /// guide installs it.
  private func expectedRecords() -> [Expected] {
    var seen: Set<LookupRecord.Key> = []
    var expected: [Expected] = []
    for (number, group) in groups.enumerated() {
      for (index, record) in group.records
      where record.type == .static && record.isUnicast
        && !drift.addresses[number].contains(SubnetAddress(record))
      {
        guard let domain = participation.domains[record.virtualSubnetID],
          seen.insert(record.key).inserted
        else { continue }
        expected.append(Expected(domain: domain, group: number, index: index))
      }
    }
    return expected
  }

  private func expectedRoutes() -> [Expected] {
    var seen: Set<CustomerRoute.Key> = []
    var expected: [Expected] = []
    for (number, group) in groups.enumerated() {
      for (index, route) in group.routes
      where !drift.prefixes[number].contains(DomainPrefix(route))
        && seen.insert(route.key).inserted
      {
        expected.append(Expected(domain: route.routingDomainID, group: number, index: index))
      }
    }
    return expected
  }

  private func record(_ entry: Expected) -> LookupRecord {
    groups[entry.group].policy.lookupRecords[entry.index]
  }

  private func route(_ entry: Expected) -> CustomerRoute {
    groups[entry.group].policy.customerRoutes[entry.index]
  }

  private func undeliveredRecord(_ entry: Expected, _ host: Int) -> Diagnostic {
    let (record, holder, name) = (record(entry), groups[entry.group], hosts[host].name)
    let machine = record.vmName.isEmpty ? "" : " (\(record.vmName))"
    return Diagnostic(
      .undeliveredRecord, in: holder.subject(.lookupRecord, entry.index),
      value: "\(record.customerAddress)",
      "\(name) has no lookup record for \(record.customerAddress)\(machine) in virtual subnet"
        + " \(record.virtualSubnetID); \(holder.name) has",
      fix: "deliver the record to \(name)")
  }

  private func undeliveredRoute(_ entry: Expected, _ host: Int) -> Diagnostic {
    let (route, holder, name) = (route(entry), groups[entry.group], hosts[host].name)
    return Diagnostic(
      .undeliveredRoute, in: holder.subject(.customerRoute, entry.index),
      value: "\(route.destinationPrefix)",
      "\(name) has no customer route to \(route.destinationPrefix) by \(route.nextHop);"
        + " \(holder.name) has",
      fix: "deliver the route to \(name)")
  }
}
