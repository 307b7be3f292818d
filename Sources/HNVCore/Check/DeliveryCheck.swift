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

  /// An entry that a host lacks.
  private enum Undelivered {
    case record(Expected, host: Int)
    case route(Expected, host: Int)
  }

  func diagnostics() -> [Diagnostic] {
    guard groups.count > 1 else { return [] }
    let undelivered = undelivered()
    if undelivered.isEmpty { return [] }
    var records: [LookupRecord.Key: Holders] = [:]
    var routes: [CustomerRoute.Key: Holders] = [:]
    for entry in undelivered {
      switch entry {
      case .record(let entry, _): records[record(entry).key] = Holders()
      case .route(let entry, _): routes[route(entry).key] = Holders()
      }
    }
    for group in groups {
      let recordKeys = group.records.lazy.map { $0.entry.key }.filter { records[$0] != nil }
      for key in Set(recordKeys) {
        let domain = hostDomains.domains[key.virtualSubnetID]
        records[key]?.add(group.hosts.filter { serves($0, domain) })
      }
      let routeKeys = group.routes.lazy.map { $0.entry.key }.filter { routes[$0] != nil }
      for key in Set(routeKeys) {
        routes[key]?.add(group.hosts.filter { serves($0, key.routingDomainID) })
      }
    }
    return undelivered.map { entry in
      switch entry {
      case .record(let entry, let host):
        undeliveredRecord(entry, host, records[record(entry).key] ?? Holders())
      case .route(let entry, let host):
        undeliveredRoute(entry, host, routes[route(entry).key] ?? Holders())
      }
    }
  }

  private func undelivered() -> [Undelivered] {
    let records = expectedRecords()
    let routes = expectedRoutes()
    var undelivered: [Undelivered] = []
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
        for record in missingRecords where serves(host, record.domain) {
          undelivered.append(.record(record, host: host))
        }
        for route in missingRoutes where serves(host, route.domain) {
          undelivered.append(.route(route, host: host))
        }
      }
    }
    return undelivered
  }

  /// Whether a host has machines in a routing domain.
  private func serves(_ host: Int, _ domain: RoutingDomainID?) -> Bool {
    domain.map { hostDomains.served[host].contains($0) } ?? false
  }
}

/// The hosts that have an entry and machines in its routing domain.
private struct Holders {
  private var firsts: [Int] = []
  private var count = 0

  mutating func add(_ hosts: [Int]) {
    count += hosts.count
    firsts = Array((firsts + hosts).sorted().prefix(3))
  }

  /// Says who has it: all of up to three hosts, or three and how many more.
  func text(_ hosts: [NetworkPolicy.Host], orElse name: String) -> String {
    guard let last = firsts.last else { return "\(name) has it" }
    if count == 1 { return "\(hosts[last].name) has it" }
    let isShort = count == firsts.count
    var text = ""
    for host in isShort ? firsts.dropLast() : firsts[...] {
      text += (text.isEmpty ? "" : ", ") + hosts[host].name
    }
    return text + " and \(isShort ? hosts[last].name : "\(count - firsts.count) more") have it"
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

  private func undeliveredRecord(
    _ entry: Expected, _ host: Int, _ holders: Holders
  ) -> Diagnostic {
    let (record, holder, name) = (record(entry), groups[entry.group], hosts[host].name)
    let machine = record.vmName.isEmpty ? "" : " (\(record.vmName))"
    return Diagnostic(
      .undeliveredRecord, in: holder.subject(.lookupRecord, entry.index),
      value: "\(record.customerAddress)",
      "\(name) has no lookup record for \(record.customerAddress)\(machine) in VSID"
        + " \(record.virtualSubnetID) (\(holders.text(hosts, orElse: holder.name)))",
      fix: "deliver the record to \(name)")
  }

  private func undeliveredRoute(
    _ entry: Expected, _ host: Int, _ holders: Holders
  ) -> Diagnostic {
    let (route, holder, name) = (route(entry), groups[entry.group], hosts[host].name)
    return Diagnostic(
      .undeliveredRoute, in: holder.subject(.customerRoute, entry.index),
      value: "\(route.destinationPrefix)",
      "\(name) has no customer route to \(route.destinationPrefix) via \(route.nextHop)"
        + " (\(holders.text(hosts, orElse: holder.name)))",
      fix: "deliver the route to \(name)")
  }
}
