/// Finds records and routes that only some of the hosts with machines in a routing domain have.
///
/// Policy that did not reach every host is the failure that Microsoft lists first for real HNV
/// deployments. Hosts without machines in a routing domain need none of its policy.
struct DeliveryCheck {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  let hostDomains: HostDomains
  /// Entries that differ from those of most hosts are reported there, and not as missing here.
  let drift: DriftCheck

  /// An entry that every host of the routing domain should have, and where it was first seen.
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
    for (groupIndex, group) in groups.enumerated() {
      let presentRecords = Set(group.records.lazy.map { $0.entry.key })
      let presentRoutes = Set(group.routes.lazy.map { $0.entry.key })
      let missingRecords = records.filter {
        !presentRecords.contains(record($0).key)
          && !drift.addresses[groupIndex].contains(SubnetAddress(record($0)))
      }
      let missingRoutes = routes.filter {
        !presentRoutes.contains(route($0).key)
          && !drift.prefixes[groupIndex].contains(DomainPrefix(route($0)))
      }
      if missingRecords.isEmpty && missingRoutes.isEmpty { continue }
      for host in group.hosts {
        let served = hostDomains.served[host]
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
    for (groupIndex, group) in groups.enumerated() {
      for (index, record) in group.records
      where record.type == .static && record.isUnicast
        && !drift.addresses[groupIndex].contains(SubnetAddress(record))
      {
        guard let domain = hostDomains.domains[record.virtualSubnetID],
          seen.insert(record.key).inserted
        else { continue }
        expected.append(Expected(domain: domain, group: groupIndex, index: index))
      }
    }
    return expected
  }

  private func expectedRoutes() -> [Expected] {
    var seen: Set<CustomerRoute.Key> = []
    var expected: [Expected] = []
    for (groupIndex, group) in groups.enumerated() {
      for (index, route) in group.routes
      where !drift.prefixes[groupIndex].contains(DomainPrefix(route))
        && seen.insert(route.key).inserted
      {
        expected.append(Expected(domain: route.routingDomainID, group: groupIndex, index: index))
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
