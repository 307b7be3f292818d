/// Which routing domains each host has machines of: hosts without any need none of its policy.
struct Participation {
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
    for host in view.hostsWithPorts {
      for (_, port) in view.ports(of: host) {
        guard let subnet = port.virtualSubnetID, let domain = domains[subnet] else { continue }
        served[host].insert(domain)
      }
    }
    self.served = served
  }

  /// The hosts of a group that have machines of a routing domain, by routing domain.
  func hosts(of group: PolicyGroup) -> [RoutingDomainID: [Int]] {
    var hosts: [RoutingDomainID: [Int]] = [:]
    for host in group.hosts {
      for domain in served[host] { hosts[domain, default: []].append(host) }
    }
    return hosts
  }
}
