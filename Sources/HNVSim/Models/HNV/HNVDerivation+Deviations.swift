import HNVCore

/// Applies the deviations of single hosts.
extension HNVDerivation {
  mutating func apply(_ deviation: HNVSection.Deviation, to hosts: inout [NetworkPolicy.Host]) {
    guard let host = hosts.firstIndex(where: { $0.name == deviation.host.text }) else {
      refuse(deviation.host, "not a host", among: hosts.map(\.name))
      return
    }
    let name = hosts[host].name
    var places = origins.deviating[name] ?? origins.common
    withhold(deviation, from: &hosts[host].policy.forwarding, &places)
    for record in deviation.addRecords {
      guard let typed = read(record) else { continue }
      hosts[host].policy.forwarding.lookupRecords.append(typed)
      places.records.append(record.customerAddress.place)
    }
    for route in deviation.addRoutes {
      guard let typed = read(route) else { continue }
      hosts[host].policy.forwarding.customerRoutes.append(typed)
      places.routes.append(route.destinationPrefix.place)
    }
    origins.deviating[name] = places
  }

  private mutating func withhold(
    _ deviation: HNVSection.Deviation, from policy: inout ForwardingPolicy,
    _ places: inout HNVOrigins.Forwarding
  ) {
    for written in deviation.withholdRecords {
      guard let address = readAddress(written) else { continue }
      let known = policy.lookupRecords.map { "\($0.customerAddress)" }
      let removed = Self.remove(from: &policy.lookupRecords, &places.records) {
        $0.customerAddress == address
      }
      if !removed { refuse(written, "not the address of a lookup record", among: known) }
    }
    for written in deviation.withholdRoutes {
      guard let prefix = readPrefix(written) else { continue }
      let known = policy.customerRoutes.map { "\($0.destinationPrefix)" }
      let removed = Self.remove(from: &policy.customerRoutes, &places.routes) {
        $0.destinationPrefix == prefix
      }
      if !removed { refuse(written, "not the prefix of a customer route", among: known) }
    }
  }

  /// Removes entries together with their places; `false` when there was none to remove.
  private static func remove<Entries: RangeReplaceableCollection & RandomAccessCollection>(
    from entries: inout Entries, _ places: inout [Place], where isGone: (Entries.Element) -> Bool
  ) -> Bool where Entries.Index == Int {
    let kept = entries.indices.filter { !isGone(entries[$0]) }
    guard kept.count < entries.count else { return false }
    entries = Entries(kept.map { entries[$0] })
    places = kept.map { places[$0] }
    return true
  }

  mutating func read(_ record: HNVSection.Record) -> LookupRecord? {
    let customer = readAddress(record.customerAddress)
    let provider = readAddress(record.providerAddress)
    let mac = readMAC(record.macAddress)
    let subnet = identifier(of: record.subnet)
    let rule = choose(record.rule, Self.rules, default: .encap)
    let type = choose(
      record.type,
      [
        "Static": LookupRecord.RecordType.static, "Dynamic": .dynamic,
        "GatewayWildcard": .gatewayWildcard, "L2Only": .l2Only,
      ], default: .static)
    guard let customer, let provider, let mac, let subnet, let rule, let type else { return nil }
    return LookupRecord(
      customerAddress: customer, virtualSubnetID: subnet, macAddress: mac,
      providerAddress: provider, rule: rule, type: type)
  }

  /// The values of `-Rule`.
  static let rules: [String: LookupRecord.TranslationMethod] = [
    "Encap": .encap, "Nat": .nat, "None": .none,
  ]

  private mutating func read(_ route: HNVSection.Route) -> CustomerRoute? {
    let prefix = readPrefix(route.destinationPrefix)
    var nextHop = NextHop.onLink
    if let written = route.nextHop {
      guard let address = readAddress(written) else { return nil }
      // The cmdlets write 0.0.0.0 or :: for on-link.
      nextHop = address.isUnspecified ? .onLink : .via(address)
    }
    guard let prefix, let subnet = identifier(of: route.subnet),
      let number = intent.subnets.first(where: { $0.name == route.subnet.text })?.network
    else { return nil }
    return CustomerRoute(
      routingDomainID: domains[number], virtualSubnetID: subnet, destinationPrefix: prefix,
      nextHop: nextHop, metric: UInt32(min(route.metric ?? 0, UInt64(UInt32.max))))
  }

  private mutating func identifier(of subnet: Written) -> VirtualSubnetID? {
    guard let index = intent.subnets.firstIndex(where: { $0.name == subnet.text }) else {
      refuse(subnet, "not a subnet", among: intent.subnets.map(\.name))
      return nil
    }
    return subnetIDs[index]
  }

  /// The value of one of the cmdlets' words.
  mutating func choose<Value>(
    _ written: Written?, _ choices: [String: Value], default fallback: Value
  ) -> Value? {
    guard let written else { return fallback }
    if let value = choices[written.text] { return value }
    refuse(written, "not one of the cmdlet's values", among: choices.keys.sorted())
    return nil
  }
}
