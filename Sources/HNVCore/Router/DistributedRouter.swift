/// The layer-3 switch that all hypervisors form together, compiled from records and routes.
///
/// Each routing domain has one longest-prefix-match table in which lookup records stand as host
/// routes beside the customer routes, as the article puts it. Hosts with equal policy share
/// one router; `HostRouter` adds what is a host's own.
///
/// It never changes, so that sharing it is all that a copy could be.
public final class DistributedRouter: Sendable {
  /// What was compiled.
  public let policy: ForwardingPolicy

  /// The behaviour that it was compiled for.
  public let settings: Settings

  /// The virtual subnets, by number.
  public let virtualSubnets: [VirtualSubnetID: VirtualSubnet]

  /// The virtual subnets as packets need them, by number.
  let subnetEntries: [SubnetEntry]
  /// What the domains of `index` are that have routes, in order.
  let domainIDs: [RoutingDomainID]
  /// The customer routes of each.
  let routes: [PrefixTable<RouteEntry>]
  /// The places of each's routes in the policy, in written order.
  let routeNumbers: [[Int]]
  /// Those with a next hop alone, for hosts that leave routing to external routers.
  private let externalRoutes: [PrefixTable<RouteEntry>]
  let index: RecordIndex
  /// Routers that came of one another without a change of virtual subnets have one of these.
  let lineage: SubnetLayoutID
  /// Whether the settings let most packets take the fast path.
  let allowsFastPath: Bool

  final class SubnetLayoutID: Sendable {}

  /// Compiles a policy that has no errors; of contradictory entries the first counts.
  ///
  /// - Complexity: O(*n*) insertions for *n* records and routes.
  public init(_ policy: ForwardingPolicy, settings: Settings = Settings()) {
    self.policy = policy
    self.settings = settings
    lineage = SubnetLayoutID()
    var subnets: [VirtualSubnetID: VirtualSubnet] = [:]
    let ordered = policy.virtualSubnets
    for subnet in ordered { subnets[subnet.identifier] = subnet }
    virtualSubnets = subnets
    let compiler = RoutingTableCompiler(
      policy: policy, settings: settings, virtualSubnets: subnets)
    let tables = compiler.routeTables(of: IndexedSelection(policy.customerRoutes))
    domainIDs = tables.keys.sorted()
    routes = domainIDs.map { tables[$0] ?? PrefixTable() }
    index = compiler.compileRecords(domainIDs, routes)
    let places = Dictionary(uniqueKeysWithValues: zip(domainIDs, domainIDs.indices))
    var numbers = domainIDs.map { _ in [Int]() }
    for (number, route) in policy.customerRoutes.enumerated() {
      if let place = places[route.routingDomainID] { numbers[place].append(number) }
    }
    routeNumbers = numbers
    switch settings.externalRouter {
    case .unused: externalRoutes = []
    case .used:
      let tables = compiler.routeTables(of: IndexedSelection(policy.customerRoutes)) {
        $0.nextHop != .onLink
      }
      externalRoutes = domainIDs.map { tables[$0] ?? PrefixTable() }
    }
    subnetEntries = ordered.map { SubnetEntry($0, in: places[$0.routingDomainID] ?? 0) }
    allowsFastPath = settings.allowFastPath
  }

  /// A router that differs from another in these.
  init(
    _ other: DistributedRouter, _ policy: ForwardingPolicy, _ index: RecordIndex,
    _ routes: [PrefixTable<RouteEntry>], _ routeNumbers: [[Int]]
  ) {
    self.policy = policy
    self.index = index
    self.routes = routes
    self.routeNumbers = routeNumbers
    settings = other.settings
    virtualSubnets = other.virtualSubnets
    subnetEntries = other.subnetEntries
    domainIDs = other.domainIDs
    externalRoutes = other.externalRoutes
    lineage = other.lineage
    allowsFastPath = other.allowsFastPath
  }

  /// The best entry for a destination in a routing domain; `nil` when none covers it.
  ///
  /// The host route comes first, for no prefix is longer; where routes come first by setting, it
  /// is there only where they let it be.
  public func entry(for destination: IPAddress, in domain: RoutingDomainID) -> RouteEntry? {
    place(of: domain).flatMap { match(destination, in: $0)?.entry }
  }

  /// The place of a routing domain among those with routes; `nil` for one without.
  func place(of domain: RoutingDomainID) -> Int? {
    var (low, high) = (0, domainIDs.count)
    while low < high {
      let middle = (low + high) / 2
      if domainIDs[middle] < domain { low = middle + 1 } else { high = middle }
    }
    return low < domainIDs.count && domainIDs[low] == domain ? low : nil
  }

  /// What the table of a routing domain holds for a destination: a host route, or a route by its
  /// place in the policy.
  enum Match {
    case host(HostRoute)
    case route(Int)

    var entry: RouteEntry {
      switch self {
      case .host(let host): .record(host.record)
      case .route(let route): .route(route)
      }
    }
  }

  @inline(__always)
  private func match(_ destination: IPAddress, in domain: Int) -> Match? {
    let host = index.hostRoute(for: destination, in: domain)
    if !host.isNone { return .host(host) }
    return route(for: destination, in: routes[domain])
  }

  private func route(
    for destination: IPAddress, in table: PrefixTable<RouteEntry>
  ) -> Match? {
    guard case .route(let route) = table.longestMatch(for: destination)?.value else { return nil }
    return .route(route)
  }

  /// The best entry for a packet from a virtual subnet; `nil` when none covers its destination.
  @inline(__always)
  func match(_ destination: IPAddress, from subnet: SubnetEntry) -> Match? {
    let match = match(destination, in: subnet.domain)
    switch settings.externalRouter {
    case .unused: return match
    case .used:
      guard let match, self.subnet(of: match) != subnet.identifier else { return match }
      return route(for: destination, in: externalRoutes[subnet.domain])
    }
  }

  private func subnet(of match: Match) -> VirtualSubnetID {
    switch match {
    case .host(let host): host.virtualSubnetID
    case .route(let route): policy.customerRoutes[route].virtualSubnetID
    }
  }

  /// A virtual subnet that routes name, as packets need it; `nil` for any other.
  func subnet(_ identifier: VirtualSubnetID) -> SubnetEntry? {
    subnetPlace(identifier).map { subnetEntries[$0] }
  }

  /// The place of a virtual subnet in `subnetEntries`; `nil` for one that no route names.
  func subnetPlace(_ identifier: VirtualSubnetID) -> Int? {
    var (low, high) = (0, subnetEntries.count)
    while low < high {
      let middle = (low + high) / 2
      if subnetEntries[middle].identifier < identifier { low = middle + 1 } else { high = middle }
    }
    return low < subnetEntries.count && subnetEntries[low].identifier == identifier ? low : nil
  }

  /// The index of the record that resolves an address in a virtual subnet; `nil` on a miss.
  public func record(for address: IPAddress, in subnet: VirtualSubnetID) -> Int? {
    index.record(for: address, in: subnet)?.record
  }

  /// The index of a record with a MAC address in a virtual subnet; `nil` on a miss.
  ///
  /// - Complexity: O(1) for gateways and L2Only machines, else O(*n*) for *n* records of the
  ///   routing domain.
  public func record(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    index.record(for: mac, in: subnet, policy.lookupRecords)
  }

  /// The index of a record with a MAC address and an address of one family; `nil` on a miss.
  func record(for mac: MACAddress, family: IPFamily, in subnet: VirtualSubnetID) -> Int? {
    index.record(for: mac, family: family, in: subnet, policy.lookupRecords)
  }

  /// A record as packets need it.
  func host(_ record: Int) -> HostRoute {
    HostRoute(
      record, policy.lookupRecords[record], at: Location.others,
      isGateway: isGatewayAddress(policy.lookupRecords[record]))
  }

  /// Where a record leads.
  @inline(__always)
  func location(of host: HostRoute) -> Location {
    index.locations.location(of: host, policy.lookupRecords)
  }

  /// The wildcard record of a gateway's MAC, behind which any address may live; `nil` for none.
  func wildcard(for mac: MACAddress, family: IPFamily, in subnet: VirtualSubnetID) -> Int? {
    wildcards(family, around: subnet).first { policy.lookupRecords[$0].macAddress == mac }
  }

  /// The wildcards of a family that count in a virtual subnet.
  func wildcards(_ family: IPFamily, around subnet: VirtualSubnetID) -> [Int] {
    guard !index.special.wildcards.isEmpty, let domain = index.domainOfSubnet[subnet],
      let wildcards = index.special.wildcards[domain]
    else { return [] }
    return wildcards.filter { number in
      let record = policy.lookupRecords[number]
      guard record.customerAddress.family == family else { return false }
      switch settings.wildcardScope {
      case .virtualSubnet: return record.virtualSubnetID == subnet
      case .routingDomain: return true
      }
    }
  }

  /// Finds the record that an entry of the table leads to: a route's by way of its next hop.
  ///
  /// HNV carries nothing into another routing domain, whatever the entry says.
  func resolve(
    _ destination: IPAddress, _ match: Match, in domain: RoutingDomainID,
    grounds: inout Grounds
  ) throws(Refusal) -> HostRoute {
    switch match {
    case .host(let host): return host
    case .route(let route):
      let (nextHop, subnet) = target(of: route, for: destination)
      guard virtualSubnets[subnet]?.routingDomainID == domain,
        let host = index.record(for: nextHop, in: subnet)
          ?? lastResort(nextHop.family, in: subnet).map(host)
      else { throw .noRecord(nextHop, subnet, route: route) }
      grounds.steps.insert(.resolved)
      return host
    }
  }

  /// The gateway that takes what no record resolves, where the setting has one do so.
  private func lastResort(_ family: IPFamily, in subnet: VirtualSubnetID) -> Int? {
    switch settings.wildcardUse {
    case .validation: nil
    case .forwarding: wildcards(family, around: subnet).first
    }
  }

  /// Where a route leads a destination: the address to resolve, and the virtual subnet to do so in.
  package func target(of route: Int, for destination: IPAddress) -> (IPAddress, VirtualSubnetID) {
    let route = policy.customerRoutes[route]
    switch route.nextHop {
    case .onLink: return (destination, route.virtualSubnetID)
    case .via(let address): return (address, route.virtualSubnetID)
    }
  }

  /// Whether a record stands for HNV's own gateway address of its virtual subnet.
  package func isGatewayAddress(_ record: LookupRecord) -> Bool {
    virtualSubnets[record.virtualSubnetID]?.reserves(record.customerAddress) ?? false
  }

  /// The MAC address of the gateway of a virtual subnet, from its record; `nil` without one.
  func gatewayMAC(of subnet: SubnetEntry, family: IPFamily) -> MACAddress? {
    virtualSubnets[subnet.identifier].flatMap { gatewayMAC(of: $0, family: family) }
  }

  /// The MAC address of the gateway of a virtual subnet, from its record; `nil` without one.
  public func gatewayMAC(of subnet: VirtualSubnet, family: IPFamily) -> MACAddress? {
    for address in subnet.gatewayAddresses where address.family == family {
      if let host = index.record(for: address, in: subnet.identifier) { return host.macAddress }
    }
    return nil
  }
}
