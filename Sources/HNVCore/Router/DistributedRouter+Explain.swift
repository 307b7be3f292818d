/// What a person asks after a decision. These look things up again and may search everything.
extension DistributedRouter {
  /// An entry that lost against another, and why.
  public struct NotChosen: Hashable, Sendable {
    /// The entry that lost.
    public let entry: RouteEntry

    /// Why it lost.
    public let cause: Cause

    /// Why an entry loses.
    public enum Cause: Hashable, Sendable {
      /// Its prefix is shorter than the match's.
      case shorterPrefix
      /// Its prefix is the match's, and its metric is higher, or no lower and it stands later;
      /// records have no metric.
      case higherMetric
      /// Its prefix is the match's, and a record comes before a route.
      case recordFirst
      /// It is a record, and the setting `recordPrecedence` lets the route win.
      case routeFirst
    }
  }

  /// The entries that also cover a destination and lost, the longest prefix first.
  ///
  /// - Complexity: O(*n*) for *n* routes of the routing domain.
  public func notChosen(
    by match: RouteEntry, for destination: IPAddress, in domain: RoutingDomainID
  ) -> [NotChosen] {
    let winnerLength = prefix(of: match).length
    var notChosen: [NotChosen] = []
    guard let place = place(of: domain) else { return [] }
    for index in index.records(of: destination, in: place) where match != .record(index) {
      var cause = NotChosen.Cause.routeFirst
      if case .record(let first) = match, first < index { cause = .higherMetric }
      notChosen.append(NotChosen(entry: .record(index), cause: cause))
    }
    for index in routeNumbers[place] where match != .route(index) {
      let route = policy.customerRoutes[index]
      guard route.destinationPrefix.contains(destination) else { continue }
      var cause = NotChosen.Cause.shorterPrefix
      if route.destinationPrefix.length == winnerLength {
        cause = if case .record = match { .recordFirst } else { .higherMetric }
      }
      notChosen.append(NotChosen(entry: .route(index), cause: cause))
    }
    return notChosen.sorted { prefix(of: $0.entry).length > prefix(of: $1.entry).length }
  }

  /// The entry that comes nearest to covering a destination which none covers.
  ///
  /// `nil` when the routing domain has no entry of the destination's family.
  ///
  /// - Complexity: O(*n*) for *n* records of the routing domain.
  public func nearestMiss(for destination: IPAddress, in domain: RoutingDomainID) -> RouteEntry? {
    guard let place = place(of: domain) else { return nil }
    let route = routes[place].nearestMiss(for: destination)
    let host = hostRoutes(in: place).filter { $0.address != destination }.max { one, other in
      let shared = (
        one.address.sharedLength(with: destination) ?? -1,
        other.address.sharedLength(with: destination) ?? -1
      )
      return shared.0 != shared.1 ? shared.0 < shared.1 : one.address > other.address
    }
    guard let host, let own = host.address.sharedLength(with: destination) else {
      return route?.value
    }
    guard let route, let others = route.prefix.address.sharedLength(with: destination),
      (others, route.prefix.length, host.address) > (
        own, host.address.family.bitWidth, route.prefix.address
      )
    else { return .record(host.record) }
    return route.value
  }

  /// Records of an address in virtual subnets that no customer route names: their routing domain is
  /// unknown, so they stand in no table.
  ///
  /// - Complexity: O(*n*) for *n* such records.
  package func unroutedRecords(of address: IPAddress) -> [Int] {
    index.special.unrouted.filter { policy.lookupRecords[$0].customerAddress == address }
  }

  /// All records of an address, in whatever virtual subnet and usable or not, in written order.
  ///
  /// - Complexity: a lookup in each routing domain, and O(*n*) for *n* records of no machine's
  ///   address.
  package func records(of address: IPAddress) -> [Int] {
    index.records(of: address, policy.lookupRecords)
  }

  /// The wildcard records, usable or not, of the machines that some records are of.
  ///
  /// - Complexity: O(*n*) for *n* wildcards, unusable records and given ones.
  package func wildcards(ofMachinesIn records: [Int]) -> [Int] {
    let wildcards = (index.special.unusable + index.special.wildcards.values.joined()).filter {
      policy.lookupRecords[$0].type == .gatewayWildcard
    }
    if wildcards.isEmpty { return [] }
    let machines = Set(records.map { AdapterKey(policy.lookupRecords[$0]) })
    return wildcards.filter { machines.contains(AdapterKey(policy.lookupRecords[$0])) }
  }

  /// Records of an address that could not be used for a virtual subnet: those of another virtual
  /// subnet, and those that are unusable.
  ///
  /// - Complexity: O(*n*) for *n* records.
  package func nearRecords(for address: IPAddress, in subnet: VirtualSubnetID) -> [Int] {
    var near: [Int] = []
    for (index, record) in policy.lookupRecords.enumerated()
    where record.customerAddress == address
      && (record.virtualSubnetID != subnet || record.isUnusable || !record.isUnicast)
    {
      near.append(index)
    }
    return near
  }

  /// The prefix of an entry; a record's is its address alone.
  public func prefix(of entry: RouteEntry) -> IPPrefix {
    switch entry {
    case .record(let index): IPPrefix(host: policy.lookupRecords[index].customerAddress)
    case .route(let index): policy.customerRoutes[index].destinationPrefix
    }
  }

  /// The entries of a routing domain's table, in the order of their prefixes.
  ///
  /// - Complexity: O(*n* log *n*) for *n* entries.
  package func entries(in domain: RoutingDomainID) -> [RouteEntry] {
    guard let place = place(of: domain) else { return [] }
    let hosts = hostRoutes(in: place).map {
      (IPPrefix(host: $0.address), RouteEntry.record($0.record))
    }
    let held = Set(hosts.map { $0.0 })
    let routes = routes[place].filter { !held.contains($0.prefix) }.map { ($0.prefix, $0.value) }
    return (hosts + routes).sorted { $0.0 < $1.0 }.map { $0.1 }
  }

  /// The host routes of a routing domain, in no order that says anything.
  private func hostRoutes(in place: Int) -> [(address: IPAddress, record: Int)] {
    let domain = index.domains[place]
    let v4 = index.v4.hosts(in: domain.v4).filter { $0.host.isInTable }.map {
      (address: $0.address.address, record: $0.host.record)
    }
    return v4
      + index.v6.hosts(in: domain.v6).filter { $0.host.isInTable }.map {
        (address: $0.address.address, record: $0.host.record)
      }
  }

  /// The routing domains with a table, in order.
  package var routingDomains: [RoutingDomainID] { domainIDs }
}
