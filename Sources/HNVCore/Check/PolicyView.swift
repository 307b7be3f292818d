/// What a check goes through: a whole network, or the part of it that a change touches.
///
/// A part has all that what is said of it depends on, so that it is checked by the same code as the
/// whole.
struct PolicyView {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  let providers: ProviderOwners
  /// `nil` for the whole.
  private let part: Part?

  /// What a part has beside its groups.
  struct Part {
    /// Whether it is about where some records lead, and about nothing else.
    ///
    /// Such a part has all records of their addresses, and the ports of their machines. Any other
    /// has all records, routes and ports, on all hosts, of the routing domains that it is about.
    let isOfRecords: Bool
    /// The ports that are looked at, by host.
    let ports: [Int: [Int]]
    /// The hosts that have machines of each virtual subnet.
    let attendance: [VirtualSubnetID: [Int]]
  }

  /// Everything.
  init(_ hosts: [NetworkPolicy.Host]) {
    self.hosts = hosts
    groups = PolicyGroup.group(hosts)
    providers = ProviderOwners(hosts)
    part = nil
  }

  /// A part, of groups of hosts that were told the same: of each the first host, and those that have
  /// machines of the part.
  init(
    _ hosts: [NetworkPolicy.Host], _ groups: [PolicyGroup], _ part: Part,
    _ providers: ProviderOwners
  ) {
    self.hosts = hosts
    self.providers = providers
    self.groups = PolicyGroup.knowingGateways(groups)
    self.part = part
  }

  /// Whether what does not belong to a routing domain is looked at as well: the hosts' own affairs.
  var isWhole: Bool { part == nil }

  /// Whether nothing is looked at but where records lead.
  var isOfRecords: Bool { part?.isOfRecords ?? false }

  /// The hosts whose ports are looked at, in declared order.
  var hostsWithPorts: [Int] { part?.ports.keys.sorted() ?? Array(hosts.indices) }

  /// The ports of a host that are looked at.
  func ports(of host: Int) -> Numbered<[VMPort]> {
    Numbered(hosts[host].policy.ports, part.map { $0.ports[host] ?? [] })
  }

  /// Goes through the hosts that have machines of each virtual subnet; of the whole a host may come
  /// more than once.
  func forEachAttendance(_ body: (VirtualSubnetID, _ host: Int) -> Void) {
    if let part {
      for (subnet, hosts) in part.attendance { for host in hosts { body(subnet, host) } }
      return
    }
    for host in hosts.indices {
      for port in hosts[host].policy.ports {
        if let subnet = port.virtualSubnetID { body(subnet, host) }
      }
    }
  }
}

/// Hosts that were told the same.
struct PolicyGroup {
  let policy: ForwardingPolicy
  /// The records that are looked at.
  let records: Numbered<RecordList>
  /// The routes that are looked at.
  let routes: Numbered<[CustomerRoute]>
  let virtualSubnets: [VirtualSubnetID: VirtualSubnet]
  private(set) var hosts: [Int]
  let name: String
  /// The gateway addresses as any host's routes have them: a host that lacks a subnet's route does
  /// not make its gateway address a machine's.
  private var gatewayAddresses: Set<SubnetAddress> = []

  /// A group of one host so far; without numbers all its records and routes are looked at.
  init(
    _ host: NetworkPolicy.Host, at index: Int, records: [Int]? = nil, routes: [Int]? = nil
  ) {
    policy = host.policy.forwarding
    self.records = Numbered(policy.lookupRecords, records)
    self.routes = Numbered(policy.customerRoutes, routes)
    var subnets: [VirtualSubnetID: VirtualSubnet] = [:]
    for subnet in VirtualSubnet.named(by: self.routes.lazy.map { $0.entry }) {
      subnets[subnet.identifier] = subnet
    }
    virtualSubnets = subnets
    hosts = [index]
    name = host.name
  }

  /// Takes in a host behind the first that was told the same, in declared order.
  mutating func add(_ host: Int) { if host != hosts.last { hosts.append(host) } }

  /// Groups hosts by what they were told, in the order of the first of each group.
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
    return knowingGateways(groups)
  }

  fileprivate static func knowingGateways(_ groups: [PolicyGroup]) -> [PolicyGroup] {
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
