extension HostRouter {
  /// Checks the customer source of a packet that came in a tunnel.
  ///
  /// What comes from behind a gateway has an address that no record names: it is taken from the
  /// host of a next hop, or by a wildcard, as the setting says.
  func checkReceived(
    _ source: IPAddress, _ mac: MACAddress, in subnet: VirtualSubnetID,
    from provider: IPAddress, grounds: inout Grounds
  ) throws(Refusal) {
    let record = router.sourceRecord(source, mac, reaching: subnet)
    switch router.settings.receiverValidation {
    case .none: break
    case .recordRequired:
      guard record != nil else { throw .unknownSource(source, subnet, from: provider) }
    case .recordOrGateway:
      guard record != nil || router.hostsNextHop(provider, reaching: subnet) else {
        throw .unknownSource(source, subnet, from: provider)
      }
    }
    grounds.sender = record.map { .record($0) } ?? .unknown
  }
}

extension DistributedRouter {
  /// A record that speaks for a source whose packet came for a virtual subnet: of its address
  /// anywhere in the routing domain, a wildcard, or an L2Only record of its MAC address.
  func sourceRecord(
    _ source: IPAddress, _ mac: MACAddress, reaching subnet: VirtualSubnetID
  ) -> Int? {
    if let own = record(for: source, in: subnet) { return own }
    if let known = l2OnlyRecord(for: mac, in: subnet) { return known }
    guard let domain = virtualSubnets[subnet]?.routingDomainID else { return nil }
    if let known = record(for: source, anywhereIn: domain) { return known }
    // A wildcard speaks for what is behind its gateway, wherever the packet is going.
    let wildcards = place(of: domain).flatMap { index.special.wildcards[$0] } ?? []
    return wildcards.first { policy.lookupRecords[$0].customerAddress.family == source.family }
  }

  private func record(for address: IPAddress, anywhereIn domain: RoutingDomainID) -> Int? {
    if case .record(let index) = entry(for: address, in: domain) { return index }
    // Only where routes come first may a record stand in no table.
    guard settings.recordPrecedence == .routeFirst else { return nil }
    var first: Int?
    for subnet in virtualSubnets.values where subnet.routingDomainID == domain {
      guard let index = record(for: address, in: subnet.identifier) else { continue }
      first = min(first ?? index, index)
    }
    return first
  }

  /// Whether a provider address is that of a machine to which routes of the routing domain lead.
  func hostsNextHop(_ provider: IPAddress, reaching subnet: VirtualSubnetID) -> Bool {
    let domain = virtualSubnets[subnet]?.routingDomainID
    return policy.customerRoutes.contains { route in
      guard route.routingDomainID == domain,
        virtualSubnets[route.virtualSubnetID]?.routingDomainID == domain,
        case .via(let address) = route.nextHop,
        let index = record(for: address, in: route.virtualSubnetID)
      else { return false }
      return policy.lookupRecords[index].providerAddress == provider
    }
  }
}
