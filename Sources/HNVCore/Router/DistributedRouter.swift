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
  private let recordsByAddress: [AddressKey: Int]
  private let recordsByMAC: [MACKey: Int]
  private let wildcards: [MACKey: [Int]]

  private struct AddressKey: Hashable {
    let subnet: VirtualSubnetID
    let address: IPAddress
  }

  private struct MACKey: Hashable {
    let subnet: VirtualSubnetID
    let address: MACAddress
  }

  /// Compiles a policy that has no errors; of contradictory entries the first counts.
  ///
  /// - Complexity: O(*n*) insertions for *n* records and routes.
  public init(_ policy: ForwardingPolicy, settings: Settings = Settings()) {
    self.policy = policy
    self.settings = settings
    var subnets: [VirtualSubnetID: VirtualSubnet] = [:]
    for subnet in policy.virtualSubnets { subnets[subnet.identifier] = subnet }
    virtualSubnets = subnets
    var byAddress: [AddressKey: Int] = [:]
    var byMAC: [MACKey: Int] = [:]
    var wildcards: [MACKey: [Int]] = [:]
    for (index, record) in policy.lookupRecords.enumerated() where !record.isUnusable {
      let mac = MACKey(subnet: record.virtualSubnetID, address: record.macAddress)
      if byMAC[mac] == nil { byMAC[mac] = index }
      if record.type == .gatewayWildcard { wildcards[mac, default: []].append(index) }
      guard record.isUnicast else { continue }
      let key = AddressKey(subnet: record.virtualSubnetID, address: record.customerAddress)
      // What an administrator wrote counts before what was learned.
      let isLearned = byAddress[key].map { policy.lookupRecords[$0].type == .dynamic } ?? true
      if byAddress[key] == nil || (isLearned && record.type == .static) {
        byAddress[key] = index
      }
    }
    recordsByAddress = byAddress
    recordsByMAC = byMAC
    self.wildcards = wildcards
    tables = RoutingTableCompiler(policy: policy, settings: settings, virtualSubnets: subnets)
      .compile(hostRecords: byAddress.values.sorted())
  }

  /// The best entry for a destination in a routing domain; `nil` when none covers it.
  public func entry(for destination: IPAddress, in domain: RoutingDomainID) -> RouteEntry? {
    tables[domain]?.longestMatch(for: destination)?.value
  }

  /// The index of the record that resolves an address in a virtual subnet; `nil` on a miss.
  public func record(for address: IPAddress, in subnet: VirtualSubnetID) -> Int? {
    recordsByAddress[AddressKey(subnet: subnet, address: address)]
  }

  /// The index of a record with a MAC address in a virtual subnet; `nil` on a miss.
  public func record(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    recordsByMAC[MACKey(subnet: subnet, address: mac)]
  }

  /// The index of a record with a MAC address and an address of one family; `nil` on a miss.
  func record(for mac: MACAddress, family: IPFamily, in subnet: VirtualSubnetID) -> Int? {
    guard let first = record(for: mac, in: subnet) else { return nil }
    if policy.lookupRecords[first].customerAddress.family == family { return first }
    return policy.lookupRecords.indices.first { index in
      let record = policy.lookupRecords[index]
      return record.macAddress == mac && record.virtualSubnetID == subnet && !record.isUnusable
        && record.customerAddress.family == family
    }
  }

  /// The wildcard record of a gateway's MAC, behind which any address may live; `nil` for none.
  func wildcard(for mac: MACAddress, family: IPFamily, in subnet: VirtualSubnetID) -> Int? {
    wildcards[MACKey(subnet: subnet, address: mac)]?.first { index in
      policy.lookupRecords[index].customerAddress.family == family
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
      guard let index = record(for: nextHop, in: subnet),
        virtualSubnets[subnet]?.routingDomainID == domain
      else { throw .noRecord(nextHop, subnet, route: route) }
      reasons.note(.resolved(nextHop, subnet, record: index))
      return index
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
