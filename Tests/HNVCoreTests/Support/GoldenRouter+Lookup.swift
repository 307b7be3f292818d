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

  /// The records that are fit for use.
  var usable: [Int] { records.indices.filter { !records[$0].isUnusable } }

  /// The L2Only records of a subnet.
  func l2OnlyRecords(_ subnet: VirtualSubnetID) -> [Int] {
    usable.filter { records[$0].type == .l2Only && records[$0].virtualSubnetID == subnet }
  }

  func l2Only(_ mac: MACAddress, _ subnet: VirtualSubnetID) -> Int? {
    l2OnlyRecords(subnet).first { records[$0].macAddress == mac }
  }

  /// The wildcards of a family that count in a subnet.
  func wildcards(_ family: IPFamily, _ subnet: VirtualSubnetID) -> [Int] {
    usable.filter { index in
      let record = records[index]
      let isNear =
        switch settings.wildcardScope {
        case .virtualSubnet: record.virtualSubnetID == subnet
        case .routingDomain: domain(of: record.virtualSubnetID) == domain(of: subnet)
        }
      return record.type == .gatewayWildcard && record.customerAddress.family == family && isNear
    }
  }

  /// The record of a sender: its own, that of a gateway behind which it may be, or that of a
  /// machine of which only the MAC address is known.
  func checkedSender(
    _ address: IPAddress, _ mac: MACAddress, _ subnet: VirtualSubnetID
  ) throws(Refusal) -> Int? {
    if let own = record(address, subnet), records[own].macAddress == mac { return own }
    let gateways = wildcards(address.family, subnet).filter { records[$0].macAddress == mac }
    if let found = gateways.first ?? l2Only(mac, subnet) { return found }
    if settings.sourceValidation == .none { return nil }
    throw .invalidSource(address, mac, subnet)
  }

  func isGroup(_ destination: IPAddress, in subnet: VirtualSubnetID) -> Bool {
    if destination.isMulticast || destination.isLimitedBroadcast { return true }
    let isLast = prefixes(of: subnet).contains {
      $0.family == .v4 && $0.length <= 30 && $0.last == destination
    }
    return settings.subnetBroadcast == .group && isLast
  }

  /// Where copies for a whole subnet go.
  func groupProviders(_ group: IPAddress?, _ subnet: VirtualSubnetID) -> [IPAddress] {
    if settings.groups == .sameHost { return [] }
    let inSubnet = usable.filter { records[$0].virtualSubnetID == subnet }
    let mapped = inSubnet.filter { index in
      let isGroup = group.map { $0.isMulticast || $0.isLimitedBroadcast } ?? false
      return isGroup && records[index].customerAddress == group
        && records[index].providerAddress.isMulticast
    }
    if settings.groups == .multicast, let first = mapped.first {
      return [records[first].providerAddress]
    }
    return providers(of: inSubnet)
  }

  /// The provider addresses of tunnelled machines, each once.
  func providers(of indices: [Int]) -> [IPAddress] {
    var providers: [IPAddress] = []
    for record in indices.map({ records[$0] })
    where record.rule == .encap && !record.customerAddress.isMulticast
      && !record.customerAddress.isLimitedBroadcast && !isGateway(record)
      && !providers.contains(record.providerAddress)
    {
      providers.append(record.providerAddress)
    }
    return providers
  }

  /// The best entry for what a machine sends; external routers are reached by routes alone.
  func way(for destination: IPAddress, _ origin: Origin) -> RouteEntry? {
    let best = best(for: destination, in: origin.domain)
    let subnet: VirtualSubnetID? =
      switch best {
      case .record(let index): records[index].virtualSubnetID
      case .route(let index): routes[index].virtualSubnetID
      case nil: nil
      }
    if settings.externalRouter == .unused || subnet == nil || subnet == origin.subnet {
      return best
    }
    let leading = coveringRoutes(destination, in: origin.domain).filter {
      routes[$0].nextHop != .onLink
    }
    return leading.first.map { .route($0) }
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
  func prefixes(of subnet: VirtualSubnetID) -> [IPPrefix] {
    let owner = domain(of: subnet)
    return routes.filter {
      $0.virtualSubnetID == subnet && $0.nextHop == .onLink && $0.routingDomainID == owner
    }.map(\.destinationPrefix).sorted()
  }

  func isGateway(_ record: LookupRecord) -> Bool {
    prefixes(of: record.virtualSubnetID).contains { $0.gatewayAddress == record.customerAddress }
  }

  func gatewayMAC(of subnet: VirtualSubnetID, _ family: IPFamily) -> MACAddress? {
    let addresses = prefixes(of: subnet).filter { $0.family == family }.compactMap(\.gatewayAddress)
    return addresses.compactMap { record($0, subnet) }.first.map { records[$0].macAddress }
  }
}
