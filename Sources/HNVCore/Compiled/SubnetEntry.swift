/// What a packet needs to know of its virtual subnet, flat.
struct SubnetEntry: Sendable {
  let identifier: VirtualSubnetID
  let routingDomainID: RoutingDomainID
  /// The routing domain, by its place in the index.
  let domain: Int
  /// The broadcast address of the first IPv4 prefix; `nil` for none.
  let broadcast: IPv4Address?
  /// Whether it has more than one IPv4 prefix, against the rule that a family has one.
  let hasMorePrefixes: Bool

  init(_ subnet: VirtualSubnet, in domain: Int) {
    identifier = subnet.identifier
    routingDomainID = subnet.routingDomainID
    self.domain = domain
    hasMorePrefixes = subnet.prefixes.count { $0.address.family == .v4 } > 1
    var broadcast: IPv4Address?
    for prefix in subnet.prefixes where broadcast == nil {
      if case .v4(let address) = prefix.broadcast { broadcast = address }
    }
    self.broadcast = broadcast
  }
}

/// The records of one routing domain, or of one virtual subnet that no route names.
struct DomainEntry: Sendable {
  var v4 = RecordTable<UInt32>.Region()
  var v6 = RecordTable<UInt128>.Region()
}
