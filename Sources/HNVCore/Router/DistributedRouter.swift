/// The layer-3 switch that all hypervisors form together, compiled from records and routes.
///
/// Each routing domain has one longest-prefix-match table in which lookup records stand as host
/// routes beside the customer routes, as the article puts it. Hosts that were told the same share
/// one value of this type; `HostRouter` adds what is a host's own.
public struct DistributedRouter: Sendable {
  /// What was compiled.
  public let policy: ForwardingPolicy

  /// The behaviour that it was compiled for.
  public let settings: Settings

  /// The virtual subnets, by number.
  public let virtualSubnets: [VirtualSubnetID: VirtualSubnet]

  let tables: [RoutingDomainID: PrefixTable<RouteEntry>]
  /// The routes with a next hop alone, for hosts that leave routing to external routers.
  private let externalTables: [RoutingDomainID: PrefixTable<RouteEntry>]
  let index: RecordIndex

  /// Compiles a policy that has no errors; of contradictory entries the first counts.
  ///
  /// - Complexity: O(*n*) insertions for *n* records and routes.
  public init(_ policy: ForwardingPolicy, settings: Settings = Settings()) {
    self.policy = policy
    self.settings = settings
    var subnets: [VirtualSubnetID: VirtualSubnet] = [:]
    for subnet in policy.virtualSubnets { subnets[subnet.identifier] = subnet }
    virtualSubnets = subnets
    index = RecordIndex(policy.lookupRecords, settings)
    let compiler = RoutingTableCompiler(
      policy: policy, settings: settings, virtualSubnets: subnets)
    tables = compiler.compile(hostRecords: index.hostRecords)
    externalTables =
      switch settings.externalRouter {
      case .unused: [:]
      case .used: compiler.routeTables { $0.nextHop != .onLink }
      }
  }

  /// The best entry for a destination in a routing domain; `nil` when none covers it.
  public func entry(for destination: IPAddress, in domain: RoutingDomainID) -> RouteEntry? {
    tables[domain]?.longestMatch(for: destination)?.value
  }

  /// The best entry for a packet from a virtual subnet; `nil` when none covers its destination.
  func entry(for destination: IPAddress, from subnet: VirtualSubnet) -> RouteEntry? {
    let entry = entry(for: destination, in: subnet.routingDomainID)
    switch settings.externalRouter {
    case .unused: return entry
    case .used:
      guard let entry, self.subnet(of: entry) != subnet.identifier else { return entry }
      return externalTables[subnet.routingDomainID]?.longestMatch(for: destination)?.value
    }
  }

  private func subnet(of entry: RouteEntry) -> VirtualSubnetID {
    switch entry {
    case .record(let index): policy.lookupRecords[index].virtualSubnetID
    case .route(let index): policy.customerRoutes[index].virtualSubnetID
    }
  }

  /// The index of the record that resolves an address in a virtual subnet; `nil` on a miss.
  public func record(for address: IPAddress, in subnet: VirtualSubnetID) -> Int? {
    index.byAddress[RecordIndex.AddressKey(subnet: subnet, address: address)]
  }

  /// The index of a record with a MAC address in a virtual subnet; `nil` on a miss.
  public func record(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    index.byMAC[RecordIndex.MACKey(subnet: subnet, address: mac)]
  }

  /// The index of a record with a MAC address and an address of one family; `nil` on a miss.
  func record(for mac: MACAddress, family: IPFamily, in subnet: VirtualSubnetID) -> Int? {
    guard let first = record(for: mac, in: subnet) else { return nil }
    if policy.lookupRecords[first].customerAddress.family == family { return first }
    return index.records(of: subnet).first { index in
      let record = policy.lookupRecords[index]
      return record.macAddress == mac && record.customerAddress.family == family
    }
  }

  /// The wildcard record of a gateway's MAC, behind which any address may live; `nil` for none.
  func wildcard(for mac: MACAddress, family: IPFamily, in subnet: VirtualSubnetID) -> Int? {
    wildcards(family, around: subnet).first { policy.lookupRecords[$0].macAddress == mac }
  }

  /// The wildcards of a family that count in a virtual subnet.
  func wildcards(_ family: IPFamily, around subnet: VirtualSubnetID) -> [Int] {
    index.wildcards.filter { index in
      let record = policy.lookupRecords[index]
      guard record.customerAddress.family == family else { return false }
      switch settings.wildcardScope {
      case .virtualSubnet: return record.virtualSubnetID == subnet
      case .routingDomain:
        return record.virtualSubnetID == subnet
          || virtualSubnets[record.virtualSubnetID]?.routingDomainID
            == virtualSubnets[subnet]?.routingDomainID
      }
    }
  }

  /// Finds the record that an entry of the table leads to: a route's by way of its next hop.
  ///
  /// HNV carries nothing into another routing domain, whatever the entry says.
  func resolve<Recorder: DecisionRecorder>(
    _ destination: IPAddress, _ entry: RouteEntry, in domain: RoutingDomainID,
    recording reasons: inout Recorder
  ) throws(Refusal) -> Int {
    switch entry {
    case .record(let index): return index
    case .route(let route):
      let (nextHop, subnet) = target(of: route, for: destination)
      guard virtualSubnets[subnet]?.routingDomainID == domain,
        let index = record(for: nextHop, in: subnet) ?? lastResort(nextHop.family, in: subnet)
      else { throw .noRecord(nextHop, subnet, route: route) }
      reasons.note(.resolved(nextHop, subnet, record: index))
      return index
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
  func target(of route: Int, for destination: IPAddress) -> (IPAddress, VirtualSubnetID) {
    let route = policy.customerRoutes[route]
    switch route.nextHop {
    case .onLink: return (destination, route.virtualSubnetID)
    case .via(let address): return (address, route.virtualSubnetID)
    }
  }

  /// Whether a record stands for HNV's own gateway address of its virtual subnet.
  public func isGatewayAddress(_ record: LookupRecord) -> Bool {
    virtualSubnets[record.virtualSubnetID]?.reserves(record.customerAddress) ?? false
  }

  /// The MAC address of the gateway of a virtual subnet, from its record; `nil` without one.
  public func gatewayMAC(of subnet: VirtualSubnet, family: IPFamily) -> MACAddress? {
    for address in subnet.gatewayAddresses where address.family == family {
      if let index = record(for: address, in: subnet.identifier) {
        return policy.lookupRecords[index].macAddress
      }
    }
    return nil
  }
}

/// One entry of a routing domain's table: an index into the policy's records or routes.
public enum RouteEntry: Hashable, Sendable {
  /// A lookup record as a host route.
  case record(Int)
  /// A customer route.
  case route(Int)
}
