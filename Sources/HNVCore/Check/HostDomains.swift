/// Which routing domains each host has machines of: hosts without any need none of its policy.
struct HostDomains {
  /// The routing domain of each virtual subnet, as the first host's routes have it.
  let domains: [VirtualSubnetID: RoutingDomainID]
  /// The routing domains of each host's ports.
  let served: [Set<RoutingDomainID>]

  init(_ view: PolicyView) {
    var domains: [VirtualSubnetID: RoutingDomainID] = [:]
    for group in view.groups {
      for subnet in group.virtualSubnets.values where domains[subnet.identifier] == nil {
        domains[subnet.identifier] = subnet.routingDomainID
      }
    }
    self.domains = domains
    var served = [Set<RoutingDomainID>](repeating: [], count: view.hosts.count)
    // Of most hosts that a part is about one is all, and they share it.
    var alone: Set<RoutingDomainID> = []
    view.forEachAttendance { subnet, host in
      guard let domain = domains[subnet] else { return }
      guard served[host].isEmpty else {
        served[host].insert(domain)
        return
      }
      if !alone.contains(domain) { alone = [domain] }
      served[host] = alone
    }
    self.served = served
  }

  /// The hosts of a group that have machines of a routing domain, by routing domain.
  func hosts(of group: PolicyGroup) -> [RoutingDomainID: [Int]] {
    var hosts: [RoutingDomainID: [Int]] = [:]
    // Mostly the next host has machines of the same.
    var (last, some): (Set<RoutingDomainID>, [Int]) = ([], [])
    func add() { for domain in last { hosts[domain, default: []] += some } }
    for host in group.hosts {
      if served[host] != last {
        add()
        (last, some) = (served[host], [])
      }
      some.append(host)
    }
    add()
    return hosts
  }
}
