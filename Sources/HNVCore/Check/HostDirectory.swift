/// Which host owns each provider address, and which host has each port.
struct HostDirectory {
  let providers: ProviderOwners
  private(set) var duplicatePorts: [Diagnostic] = []
  /// The hosts that have several ports of one adapter.
  private(set) var hostsWithTwins: Set<Int> = []
  private var portHosts: AdapterMap
  let hosts: [NetworkPolicy.Host]

  init(_ view: PolicyView) {
    hosts = view.hosts
    providers = view.providers
    portHosts = AdapterMap(
      for: view.hostsWithPorts.reduce(0) { $0 + view.ports(of: $1).count })
    for hostIndex in view.hostsWithPorts {
      let host = hosts[hostIndex]
      for (index, port) in view.ports(of: hostIndex) {
        guard let subnet = port.virtualSubnetID else { continue }
        let key = AdapterKey(subnet: subnet, address: port.macAddress)
        guard let other = portHosts.update(key, to: hostIndex) else { continue }
        guard other != hostIndex else {
          hostsWithTwins.insert(hostIndex)
          continue
        }
        duplicatePorts.append(
          Diagnostic(
            .duplicatePort, in: .entry(.port, index: index, host: host.name),
            value: "\(port.macAddress)",
            "\(port.macAddress) in VSID \(subnet) has a port on \(hosts[other].name) as well"))
      }
    }
  }

  /// A directory of the ports that are known to be where.
  init(_ hosts: [NetworkPolicy.Host], _ providers: ProviderOwners, _ portHosts: [AdapterKey: Int]) {
    self.hosts = hosts
    self.providers = providers
    self.portHosts = AdapterMap(for: portHosts.count)
    for (adapter, host) in portHosts { self.portHosts.update(adapter, to: host) }
  }

  /// The host on which the port of a record's machine is; `nil` when no host has it.
  func host(of record: LookupRecord) -> Int? {
    portHosts[AdapterKey(record)]
  }
}

/// Which host owns each provider address; no `PolicyChange` alters that.
struct ProviderOwners: Sendable {
  private(set) var hosts: [IPAddress: Int] = [:]
  /// The prefixes of the addresses, as their owners have them.
  private(set) var prefixes: [IPAddress: IPPrefix] = [:]
  /// Addresses that two hosts have.
  private(set) var diagnostics: [Diagnostic] = []

  init(_ hosts: [NetworkPolicy.Host]) {
    for (hostIndex, host) in hosts.enumerated() {
      for (index, provider) in host.policy.providerAddresses.enumerated() {
        guard let owner = self.hosts[provider.address] else {
          self.hosts[provider.address] = hostIndex
          prefixes[provider.address] = provider.prefix ?? IPPrefix(host: provider.address)
          continue
        }
        guard owner != hostIndex else { continue }
        diagnostics.append(
          Diagnostic(
            .duplicateProviderAddress,
            in: .entry(.providerAddress, index: index, host: host.name),
            value: "\(provider.address)",
            "\(provider.address) is assigned on \(hosts[owner].name) as well"))
      }
    }
  }
}

/// Which routing domains each host has machines in: a host needs the policy of those alone.
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
    // Most hosts of a part have machines in one routing domain only: these share one set.
    var single: Set<RoutingDomainID> = []
    view.forEachSubnetHost { subnet, host in
      guard let domain = domains[subnet] else { return }
      guard served[host].isEmpty else {
        served[host].insert(domain)
        return
      }
      if !single.contains(domain) { single = [domain] }
      served[host] = single
    }
    self.served = served
  }

  /// The hosts of a group that have machines in each routing domain.
  func hosts(of group: PolicyGroup) -> [RoutingDomainID: [Int]] {
    var hosts: [RoutingDomainID: [Int]] = [:]
    // Neighbouring hosts mostly have machines in the same routing domains.
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
