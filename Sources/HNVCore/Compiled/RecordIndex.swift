/// The usable records of a policy by what they are looked up by.
///
/// Records of machines' addresses, of which there are many, stand in the record tables; all others
/// in `NonUnicastRecords`.
struct RecordIndex: Sendable {
  /// The routing domains, and behind them the virtual subnets that belong to none.
  private(set) var domains: [DomainEntry] = []
  /// Which of them a virtual subnet's records are in.
  private(set) var domainOfSubnet = DomainIndex()
  private(set) var v4 = RecordTable<UInt32>()
  private(set) var v6 = RecordTable<UInt128>()
  private(set) var locations = RecordTargets()
  private(set) var special = NonUnicastRecords()

  /// Takes in the records; the first of `domains` are `routingDomains`, in their order.
  ///
  /// - Complexity: O(*n*) for *n* records.
  init(
    _ records: RecordList, _ settings: Settings,
    subnets: [VirtualSubnetID: VirtualSubnet], routingDomains: [RoutingDomainID]
  ) {
    let domains = placeSubnets(records, subnets, routingDomains)
    makeRoom(records, domains)
    special.unrouted = records.indices.filter { index in
      Int(domains[index]) >= routingDomains.count || domains[index] == Self.nowhere
    }.filter { index in
      subnets[records[index].virtualSubnetID] == nil && records[index].isUnicast
    }
    special.unusable = records.indices.filter { domains[$0] == Self.nowhere }
    for index in records.indices where domains[index] != Self.nowhere {
      add(index, records, settings, subnets, in: Int(domains[index]))
    }
    for domain in special.others.keys { special.others[domain]?.sort() }
  }

  private static var nowhere: Int32 { -1 }

  /// Finds the domain of each record; `nowhere` for one that is unusable.
  private mutating func placeSubnets(
    _ records: RecordList, _ subnets: [VirtualSubnetID: VirtualSubnet],
    _ routingDomains: [RoutingDomainID]
  ) -> [Int32] {
    var places: [RoutingDomainID: Int] = [:]
    for (place, domain) in routingDomains.enumerated() { places[domain] = place }
    for subnet in subnets.values {
      if let place = places[subnet.routingDomainID] {
        domainOfSubnet.insert(subnet.identifier, in: place)
      }
    }
    var count = routingDomains.count
    var last: (subnet: VirtualSubnetID, domain: Int)?
    let domains = records.indices.map { index in
      guard !records[index].isUnusable else { return Self.nowhere }
      let subnet = records[index].virtualSubnetID
      if let last, last.subnet == subnet { return Int32(last.domain) }
      let domain = domainOfSubnet[subnet] ?? count
      if domain == count {
        domainOfSubnet.insert(subnet, in: domain)
        count += 1
      }
      last = (subnet, domain)
      return Int32(domain)
    }
    self.domains = Array(repeating: DomainEntry(), count: count)
    return domains
  }

  private mutating func makeRoom(_ records: RecordList, _ places: [Int32]) {
    var counts = Array(repeating: (v4: 0, v6: 0), count: domains.count)
    for index in records.indices where places[index] != Self.nowhere {
      guard records[index].isUnicast else { continue }
      switch records[index].customerAddress.family {
      case .v4: counts[Int(places[index])].v4 += 1
      case .v6: counts[Int(places[index])].v6 += 1
      }
    }
    let v4Regions = v4.addRegions(for: counts.map { $0.v4 })
    let v6Regions = v6.addRegions(for: counts.map { $0.v6 })
    for place in domains.indices {
      domains[place] = DomainEntry(v4: v4Regions[place], v6: v6Regions[place])
    }
  }

  private mutating func add(
    _ index: Int, _ records: RecordList, _ settings: Settings,
    _ subnets: [VirtualSubnetID: VirtualSubnet], in domain: Int
  ) {
    guard records[index].isUnicast else {
      return special.add(index, records[index], in: domain)
    }
    if records[index].rule == .nat { special.translate(index, records) }
    let isGateway =
      subnets[records[index].virtualSubnetID]?.reserves(records[index].customerAddress) ?? false
    let host = HostRoute(
      index, records[index], at: locations.place(of: records[index]), isGateway: isGateway)
    let loser = insert(host, for: records[index].customerAddress, in: domain)
    guard !loser.isNone else { return }
    // Of contradictory records the first counts, unless the setting has the other do so.
    if records[index].beats(records[loser.record], settings) {
      special.others[domain, default: []].append(loser.record)
    } else {
      _ = insert(loser, for: records[index].customerAddress, in: domain)
      special.others[domain, default: []].append(index)
    }
  }

  private mutating func insert(
    _ host: HostRoute, for address: IPAddress, in domain: Int
  ) -> HostRoute {
    switch address {
    case .v4(let address): v4.insert(host, for: address.bits, in: domains[domain].v4)
    case .v6(let address): v6.insert(host, for: address.bits, in: domains[domain].v6)
    }
  }

  /// Points a record to the host that the policy now gives.
  ///
  /// - Returns: whether that was all there was to do; otherwise nothing was done.
  mutating func relocate(_ number: Int, _ record: LookupRecord) -> Bool {
    guard record.rule != .nat, !record.isUnusable, record.isUnicast,
      let domain = domainOfSubnet[record.virtualSubnetID]
    else { return false }
    let known = host(for: record.customerAddress, of: record.virtualSubnetID, in: domain)
    // Where a record that counts before it has its place, the policy alone says where it leads.
    guard known.record == number else { return true }
    let location = locations.place(of: record)
    switch record.customerAddress {
    case .v4(let address):
      v4.relocate(
        address.bits, of: record.virtualSubnetID, to: location, in: domains[domain].v4)
    case .v6(let address):
      v6.relocate(
        address.bits, of: record.virtualSubnetID, to: location, in: domains[domain].v6)
    }
    return true
  }

  /// Takes in the record that was written last, where every record stands in its domain's table
  /// unless another one of its address does.
  ///
  /// - Returns: whether that was all there was to do; otherwise nothing was done.
  mutating func append(
    _ number: Int, _ record: LookupRecord, _ subnet: VirtualSubnet
  ) -> Bool {
    guard record.rule != .nat, !record.isUnusable, record.isUnicast,
      let domain = domainOfSubnet[record.virtualSubnetID],
      // What is remembered of a gateway's MAC address would have to be looked up again.
      special.machines[AdapterKey(record)] == nil,
      host(for: record.customerAddress, of: record.virtualSubnetID, in: domain).isNone
    else { return false }
    let hasRoom =
      switch record.customerAddress {
      case .v4: v4.hasRoom(in: domains[domain].v4)
      case .v6: v6.hasRoom(in: domains[domain].v6)
      }
    guard hasRoom else { return false }
    var host = HostRoute(
      number, record, at: locations.place(of: record),
      isGateway: subnet.reserves(record.customerAddress))
    host.isInTable = hostRoute(for: record.customerAddress, in: domain).isNone
    _ = insert(host, for: record.customerAddress, in: domain)
    return true
  }

  /// Says which records stand in the table of their routing domain.
  mutating func choose(_ domain: Int, where mayStand: (IPAddress, HostRoute) -> Bool) {
    v4.choose(in: domains[domain].v4) { mayStand($0.address, $1) }
    v6.choose(in: domains[domain].v6) { mayStand($0.address, $1) }
  }

  /// Remembers the first record of each machine that takes what is for other addresses: of a
  /// gateway, whose packets are found by its MAC address alone, and of L2Only machines.
  mutating func remember(nextHops: [Int], _ records: RecordList) {
    let known = nextHops + special.wildcards.values.joined() + special.l2Only.values
    special.remember(Set(known.map { AdapterKey(records[$0]) }), records)
  }
}

extension LookupRecord {
  /// Whether the record counts before an earlier one of the same address.
  fileprivate func beats(_ other: LookupRecord, _ settings: Settings) -> Bool {
    switch settings.learnedConflict {
    case .staticWins: type == .static && other.type == .dynamic
    case .learnedWins: type == .dynamic && other.type == .static
    }
  }
}
