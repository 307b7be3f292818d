/// The virtual subnets of a group of hosts, for checks that ask for that of every record.
struct GroupSubnets {
  /// What records are checked against.
  struct Entry {
    /// `nil` for a virtual subnet that only other hosts' routes name.
    let subnet: VirtualSubnet?
    /// The gateway addresses by all hosts' routes.
    var gatewayAddresses: [IPAddress] = []
    /// A number that the virtual subnets of one routing domain have in common.
    let domain: Int
  }

  private var places = DomainIndex()
  private var entries: [Entry] = []

  init(_ group: PolicyGroup) {
    var domains: [RoutingDomainID: Int] = [:]
    for subnet in group.virtualSubnets.values {
      let domain = domains[subnet.routingDomainID] ?? domains.count
      domains[subnet.routingDomainID] = domain
      add(Entry(subnet: subnet, domain: domain), for: subnet.identifier)
    }
    for gateway in group.gatewayAddresses {
      if places[gateway.subnet] == nil {
        add(Entry(subnet: nil, domain: domains.count), for: gateway.subnet)
      }
      if let place = places[gateway.subnet] {
        entries[place].gatewayAddresses.append(gateway.address)
      }
    }
  }

  private mutating func add(_ entry: Entry, for subnet: VirtualSubnetID) {
    places.insert(subnet, in: entries.count)
    entries.append(entry)
  }

  /// A virtual subnet; `nil` for one that no route names.
  subscript(subnet: VirtualSubnetID) -> Entry? { places[subnet].map { entries[$0] } }
}
