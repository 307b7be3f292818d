@testable import HNVCore

/// Records and routes, found by going through all of them.
extension GoldenRouter {
  func domain(of subnet: VirtualSubnetID) -> RoutingDomainID? {
    routes.first { $0.virtualSubnetID == subnet }?.routingDomainID
  }

  /// The record of one machine's address: the first of the kind that the setting puts before the
  /// other, written or learned, else the first of the other.
  func record(_ address: IPAddress, _ subnet: VirtualSubnetID) -> Int? {
    let usable = records.indices.filter { index in
      let record = records[index]
      let isGroup = address.isMulticast || address.isLimitedBroadcast
      return record.customerAddress == address && record.virtualSubnetID == subnet
        && !record.isUnusable && !isGroup && !address.isUnspecified
        && (record.type == .static || record.type == .dynamic)
    }
    let preferred: LookupRecord.RecordType =
      settings.learnedConflict == .staticWins ? .static : .dynamic
    return usable.first { records[$0].type == preferred } ?? usable.first
  }

  /// The record of a sender, or that of a gateway behind which any sender may be.
  func sender(_ address: IPAddress, _ mac: MACAddress, _ subnet: VirtualSubnetID) -> Int? {
    if let own = record(address, subnet), records[own].macAddress == mac { return own }
    return records.firstIndex {
      $0.type == .gatewayWildcard && !$0.isUnusable && $0.virtualSubnetID == subnet
        && $0.macAddress == mac && $0.customerAddress.family == address.family
    }
  }

  /// The host routes that cover a destination, then the customer routes, the best of each first.
  func covering(_ destination: IPAddress, in domain: RoutingDomainID) -> [RouteEntry] {
    hostRoutes(destination, in: domain).map { .record($0) }
      + coveringRoutes(destination, in: domain).map { .route($0) }
  }

  func best(for destination: IPAddress, in domain: RoutingDomainID) -> RouteEntry? {
    covering(destination, in: domain).first
  }

  /// The records of a destination, one a subnet, whatever the setting makes of them.
  func resolvingRecords(_ destination: IPAddress, in domain: RoutingDomainID) -> [Int] {
    records.indices.filter { index in
      let subnet = records[index].virtualSubnetID
      return self.domain(of: subnet) == domain && record(destination, subnet) == index
    }
  }

  private func hostRoutes(_ destination: IPAddress, in domain: RoutingDomainID) -> [Int] {
    resolvingRecords(destination, in: domain).filter { index in
      guard settings.recordPrecedence == .routeFirst else { return true }
      guard let best = coveringRoutes(destination, in: domain).first else { return false }
      return routes[best].nextHop == .onLink
        && routes[best].virtualSubnetID == records[index].virtualSubnetID
    }
  }

  func coveringRoutes(_ destination: IPAddress, in domain: RoutingDomainID) -> [Int] {
    let covering = routes.indices.filter {
      routes[$0].routingDomainID == domain
        && routes[$0].destinationPrefix.first <= destination
        && destination <= routes[$0].destinationPrefix.last
    }
    return covering.sorted { one, other in
      let (left, right) = (routes[one], routes[other])
      let (long, short) = (left.destinationPrefix.length, right.destinationPrefix.length)
      guard (long, left.metric) == (short, right.metric) else {
        return (short, left.metric) < (long, right.metric)
      }
      return settings.metricTie == .firstWritten ? one < other : one > other
    }
  }

  /// The prefixes of a subnet, in order.
  private func prefixes(of subnet: VirtualSubnetID) -> [IPPrefix] {
    let owner = domain(of: subnet)
    return routes.filter {
      $0.virtualSubnetID == subnet && $0.nextHop == .onLink && $0.routingDomainID == owner
    }.map(\.destinationPrefix).sorted()
  }

  func isGateway(_ record: LookupRecord) -> Bool {
    prefixes(of: record.virtualSubnetID).contains { $0.lowestUsable == record.customerAddress }
  }

  func gatewayMAC(of subnet: VirtualSubnetID, _ family: IPFamily) -> MACAddress? {
    let addresses = prefixes(of: subnet).filter { $0.family == family }.compactMap(\.lowestUsable)
    return addresses.compactMap { record($0, subnet) }.first.map { records[$0].macAddress }
  }
}
