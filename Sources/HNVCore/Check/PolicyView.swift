/// What a check covers: a whole network, or the part of it that a change touches.
///
/// A part has everything that its diagnostics depend on, so that the same code checks it and the
/// whole.
struct PolicyView {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  let providers: ProviderOwners
  /// `nil` for the whole.
  private let part: Part?

  /// What a part has beside its groups, which have all its records and routes, on all hosts.
  struct Part {
    /// The ports to check, by host.
    let ports: [Int: [Int]]
    /// The hosts that have machines in each virtual subnet.
    let subnetHosts: [VirtualSubnetID: [Int]]
  }

  /// Everything.
  init(_ hosts: [NetworkPolicy.Host]) {
    self.hosts = hosts
    groups = PolicyGroup.group(hosts)
    providers = ProviderOwners(hosts)
    part = nil
  }

  /// A part: of each group of hosts with the same policy the first host, and those that have
  /// machines in the part.
  init(
    _ hosts: [NetworkPolicy.Host], _ groups: [PolicyGroup], _ part: Part,
    _ providers: ProviderOwners
  ) {
    self.hosts = hosts
    self.providers = providers
    self.groups = groups
    self.part = part
  }

  /// Whether the view covers what belongs to no routing domain too, such as provider addresses.
  var isWhole: Bool { part == nil }

  /// The hosts whose ports are checked, in declared order.
  var hostsWithPorts: [Int] { part?.ports.keys.sorted() ?? Array(hosts.indices) }

  /// The ports of a host that are checked.
  func ports(of host: Int) -> IndexedSelection<[VMPort]> {
    IndexedSelection(hosts[host].policy.ports, part.map { $0.ports[host] ?? [] })
  }

  /// Visits the hosts that have machines in each virtual subnet; in a whole network a host may be
  /// visited more than once.
  func forEachSubnetHost(_ body: (VirtualSubnetID, _ host: Int) -> Void) {
    if let part {
      for (subnet, hosts) in part.subnetHosts { for host in hosts { body(subnet, host) } }
      return
    }
    for host in hosts.indices {
      for port in hosts[host].policy.ports {
        if let subnet = port.virtualSubnetID { body(subnet, host) }
      }
    }
  }
}

/// Hosts with the same records and routes.
struct PolicyGroup {
  let policy: ForwardingPolicy
  /// The records that are checked.
  let records: IndexedSelection<RecordList>
  /// The routes that are checked.
  let routes: IndexedSelection<[CustomerRoute]>
  let virtualSubnets: [VirtualSubnetID: VirtualSubnet]
  private(set) var hosts: [Int]
  let name: String
  /// The gateway addresses of all hosts' routes: where one host lacks a subnet's route, the gateway
  /// address is still no machine's.
  private(set) var gatewayAddresses: Set<SubnetAddress> = []

  /// A group of one host; `nil` selects all its records or routes.
  init(
    _ host: NetworkPolicy.Host, at index: Int, records: [Int]? = nil, routes: [Int]? = nil
  ) {
    policy = host.policy.forwarding
    self.records = IndexedSelection(policy.lookupRecords, records)
    self.routes = IndexedSelection(policy.customerRoutes, routes)
    var subnets: [VirtualSubnetID: VirtualSubnet] = [:]
    for subnet in VirtualSubnet.named(by: self.routes.lazy.map { $0.entry }) {
      subnets[subnet.identifier] = subnet
    }
    virtualSubnets = subnets
    hosts = [index]
    name = host.name
  }

  /// A group of which only some records are checked, against virtual subnets and gateway addresses
  /// that are known.
  init(
    _ name: String, at index: Int, _ policy: ForwardingPolicy, records: [Int],
    virtualSubnets: [VirtualSubnetID: VirtualSubnet], gatewayAddresses: Set<SubnetAddress>
  ) {
    self.policy = policy
    self.records = IndexedSelection(policy.lookupRecords, records)
    routes = IndexedSelection(policy.customerRoutes, [])
    self.virtualSubnets = virtualSubnets
    hosts = [index]
    self.name = name
    self.gatewayAddresses = gatewayAddresses
  }

  /// Adds a host with the same policy, in declared order.
  mutating func add(_ host: Int) { if host != hosts.last { hosts.append(host) } }

  /// Groups hosts by their records and routes, in the order of the first of each group.
  fileprivate static func group(_ hosts: [NetworkPolicy.Host]) -> [PolicyGroup] {
    var groups: [PolicyGroup] = []
    for (index, host) in hosts.enumerated() {
      // Equal lists that share storage, the usual case, compare in constant time.
      if let known = groups.firstIndex(where: { $0.policy == host.policy.forwarding }) {
        groups[known].add(index)
        continue
      }
      groups.append(PolicyGroup(host, at: index))
    }
    return withGateways(groups)
  }

  /// The groups with the gateway addresses that the routes of any of them name.
  static func withGateways(_ groups: [PolicyGroup]) -> [PolicyGroup] {
    var gatewayAddresses: Set<SubnetAddress> = []
    for group in groups {
      for (_, route) in group.routes {
        if let gateway = SubnetAddress(gatewayOf: route) { gatewayAddresses.insert(gateway) }
      }
    }
    var groups = groups
    for index in groups.indices { groups[index].gatewayAddresses = gatewayAddresses }
    return groups
  }

  func isGatewayAddress(_ record: LookupRecord) -> Bool {
    gatewayAddresses.contains(SubnetAddress(record))
  }

  func subject(_ kind: Subject.Kind, _ index: Int) -> Subject {
    .entry(kind, index: index, host: name)
  }
}
