extension RecordIndex {
  /// The record of a packet's sender in its virtual subnet of a domain, and the host route of its
  /// destination; `none` on a miss.
  @inline(__always)
  func hosts(
    of key: FlowKey, from subnet: VirtualSubnetID, in domain: Int
  ) -> (source: HostRoute, destination: HostRoute) {
    let domain = domains[domain]
    switch key.family {
    case .v4:
      return (
        v4.host(key.sourceBits.v4, of: subnet, in: domain.v4),
        v4.host(key.destinationBits.v4, in: domain.v4)
      )
    case .v6:
      return (
        v6.host(key.sourceBits.bits, of: subnet, in: domain.v6),
        v6.host(key.destinationBits.bits, in: domain.v6)
      )
    }
  }

  /// The host route of an address in a routing domain; `none` on a miss.
  @inline(__always)
  func hostRoute(for address: IPAddress, in domain: Int) -> HostRoute {
    switch address {
    case .v4(let address): v4.host(address.bits, in: domains[domain].v4)
    case .v6(let address): v6.host(address.bits, in: domains[domain].v6)
    }
  }

  /// The record that resolves an address in a virtual subnet of a domain; `none` on a miss.
  @inline(__always)
  func host(for address: IPAddress, of subnet: VirtualSubnetID, in domain: Int) -> HostRoute {
    switch address {
    case .v4(let address): v4.host(address.bits, of: subnet, in: domains[domain].v4)
    case .v6(let address): v6.host(address.bits, of: subnet, in: domains[domain].v6)
    }
  }

  /// The record that resolves an address in a virtual subnet; `nil` on a miss.
  func record(for address: IPAddress, in subnet: VirtualSubnetID) -> HostRoute? {
    guard let domain = domainOfSubnet[subnet] else { return nil }
    let host = host(for: address, of: subnet, in: domain)
    return host.isNone ? nil : host
  }

  /// The first record of a MAC address in a virtual subnet, of one family or of any; `nil` on a
  /// miss.
  ///
  /// - Complexity: O(1) for the machines that take what is for other addresses, else O(*n*) for *n*
  ///   records of the routing domain.
  func record(
    for mac: MACAddress, family: IPFamily? = nil, in subnet: VirtualSubnetID,
    _ records: RecordList
  ) -> Int? {
    let key = AdapterKey(subnet: subnet, address: mac)
    if let machine = special.machines[key] {
      switch family {
      case .v4: return machine.v4
      case .v6: return machine.v6
      case nil: return [machine.v4, machine.v6].compactMap { $0 }.min()
      }
    }
    guard let domain = domainOfSubnet[subnet] else { return nil }
    var first: Int?
    func consider(_ index: Int) { first = min(first ?? index, index) }
    if family != .v6 {
      for slot in v4.hosts(in: domains[domain].v4)
      where slot.host.macAddress == mac && slot.host.virtualSubnetID == subnet {
        consider(slot.host.record)
      }
    }
    if family != .v4 {
      for slot in v6.hosts(in: domains[domain].v6)
      where slot.host.macAddress == mac && slot.host.virtualSubnetID == subnet {
        consider(slot.host.record)
      }
    }
    for index in special.others[domain] ?? [] {
      let record = records[index]
      guard AdapterKey(record) == key else { continue }
      if let family, record.customerAddress.family != family { continue }
      consider(index)
    }
    return first
  }

  /// The records of an address in all virtual subnets of a domain, in written order.
  func records(of address: IPAddress, in domain: Int) -> [Int] {
    let hosts =
      switch address {
      case .v4(let address): v4.hosts(of: address.bits, in: domains[domain].v4)
      case .v6(let address): v6.hosts(of: address.bits, in: domains[domain].v6)
      }
    return hosts.map { $0.record }.sorted()
  }

  /// All records of an address, in whatever domain and usable or not, in written order.
  ///
  /// - Complexity: a lookup in each domain, and O(*n*) for *n* records that are not in a table.
  func records(of address: IPAddress, _ records: RecordList) -> [Int] {
    let others = (special.unusable + special.others.values.joined()).filter {
      records[$0].customerAddress == address
    }
    return (domains.indices.flatMap { self.records(of: address, in: $0) } + others).sorted()
  }

  /// The usable records of a virtual subnet, in written order.
  ///
  /// - Complexity: O(*n*) for *n* records of its routing domain.
  func records(of subnet: VirtualSubnetID, _ records: RecordList) -> [Int] {
    guard let domain = domainOfSubnet[subnet] else { return [] }
    let hosts = hosts(in: domain).filter { $0.virtualSubnetID == subnet }.map { $0.record }
    let others = special.others[domain] ?? []
    return (hosts + others.filter { records[$0].virtualSubnetID == subnet }).sorted()
  }

  /// The records of machines' addresses in a routing domain, in no order that says anything.
  func hosts(in domain: Int) -> [HostRoute] {
    v4.hosts(in: domains[domain].v4).map { $0.host }
      + v6.hosts(in: domains[domain].v6).map { $0.host }
  }

  /// The records that stand for one machine's address each, in written order.
  var hostRecords: [Int] {
    (v4.hosts.map { $0.record } + v6.hosts.map { $0.record }).sorted()
  }
}
