extension NetworkPolicy {
  /// Everything that is wrong with the network: errors first, each in declared order.
  ///
  /// Hosts that hold equal records and routes are checked once, in the first one's name.
  ///
  /// - Complexity: O(*n* log *n*) for *n* entries of different policies, and a comparison of each
  ///   host's records and routes with those of every different policy, which takes constant time
  ///   where they share storage.
  public func check() -> [Fault] {
    let groups = PolicyGroup.group(hosts)
    let directory = HostDirectory(hosts)
    var faults = checkHostNames()
    for group in groups {
      faults += ForwardingCheck(group: group, settings: settings, directory: directory).faults()
      faults += MappingCheck(group: group, hosts: hosts).faults()
    }
    let recorded = recordedPorts(groups)
    for (index, host) in hosts.enumerated() {
      faults += HostCheck(host: host, recorded: recorded[index] ?? []).faults()
    }
    faults += directory.doubledProviderAddresses + directory.doubledPorts
    faults += ProviderCheck(hosts: hosts, groups: groups, directory: directory).faults()
    faults += DomainCheck(groups: groups).faults()
    let participation = Participation(hosts, groups)
    let drift = DriftCheck(
      hosts: hosts, groups: groups, participation: participation, directory: directory,
      settings: settings)
    faults +=
      DeliveryCheck(hosts: hosts, groups: groups, participation: participation, drift: drift)
      .faults()
    faults += drift.faults()
    faults +=
      ProviderFamilyCheck(
        hosts: hosts, groups: groups, participation: participation, directory: directory
      ).faults()
    let report = Faults(faults.map { $0.judged(by: settings) })
    return report.errors + report.findings
  }

  /// The adapters of which each host's records tell, found once for all hosts of a group.
  private func recordedPorts(_ groups: [PolicyGroup]) -> [Int: Set<HostDirectory.PortKey>] {
    var recorded: [Int: Set<HostDirectory.PortKey>] = [:]
    for group in groups {
      let ports = Set(group.policy.lookupRecords.map { HostDirectory.PortKey($0) })
      for host in group.hosts { recorded[host] = ports }
    }
    return recorded
  }

  private func checkHostNames() -> [Fault] {
    var seen: Set<String> = []
    var faults: [Fault] = []
    for host in hosts where !seen.insert(host.name).inserted {
      faults.append(
        Fault(
          .doubledHost, in: .host(host.name), value: host.name,
          "two hosts are called \(host.name)"))
    }
    return faults
  }
}

/// Hosts that were told the same.
struct PolicyGroup {
  let policy: ForwardingPolicy
  let virtualSubnets: [VirtualSubnetID: VirtualSubnet]
  var hosts: [Int]
  let name: String
  /// The gateway addresses as any host's routes have them: a host that lacks a subnet's route does
  /// not make its gateway address a machine's.
  private var gatewayAddresses: Set<SubnetAddress> = []

  private init(_ host: NetworkPolicy.Host, at index: Int) {
    policy = host.policy.forwarding
    var subnets: [VirtualSubnetID: VirtualSubnet] = [:]
    for subnet in policy.virtualSubnets { subnets[subnet.identifier] = subnet }
    virtualSubnets = subnets
    hosts = [index]
    name = host.name
  }

  /// Groups hosts by what they were told, in the order of the first of each group.
  static func group(_ hosts: [NetworkPolicy.Host]) -> [PolicyGroup] {
    var groups: [PolicyGroup] = []
    for (index, host) in hosts.enumerated() {
      // Equal arrays that share storage, the usual case, compare in constant time.
      if let known = groups.firstIndex(where: { $0.policy == host.policy.forwarding }) {
        groups[known].hosts.append(index)
        continue
      }
      groups.append(PolicyGroup(host, at: index))
    }
    var gatewayAddresses: Set<SubnetAddress> = []
    for group in groups {
      for route in group.policy.customerRoutes {
        if let gateway = SubnetAddress(gatewayOf: route) { gatewayAddresses.insert(gateway) }
      }
    }
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

/// Who owns which provider address, and where each port is.
struct HostDirectory {
  private(set) var owners: [IPAddress: Int] = [:]
  /// The prefixes of the provider addresses, as their owners have them.
  private(set) var prefixes: [IPAddress: IPPrefix] = [:]
  private(set) var doubledProviderAddresses: [Fault] = []
  private(set) var doubledPorts: [Fault] = []
  private var portHosts: [PortKey: Int] = [:]
  let hosts: [NetworkPolicy.Host]

  struct PortKey: Hashable {
    let subnet: VirtualSubnetID
    let address: MACAddress

    init(subnet: VirtualSubnetID, address: MACAddress) {
      self.subnet = subnet
      self.address = address
    }

    /// The port of a record's machine.
    init(_ record: LookupRecord) {
      self.init(subnet: record.virtualSubnetID, address: record.macAddress)
    }
  }

  init(_ hosts: [NetworkPolicy.Host]) {
    self.hosts = hosts
    for (number, host) in hosts.enumerated() {
      for (index, provider) in host.policy.providerAddresses.enumerated() {
        guard let owner = owners[provider.address] else {
          owners[provider.address] = number
          prefixes[provider.address] = provider.prefix ?? IPPrefix(host: provider.address)
          continue
        }
        guard owner != number else { continue }
        doubledProviderAddresses.append(
          Fault(
            .doubledProviderAddress,
            in: .entry(.providerAddress, index: index, host: host.name),
            value: "\(provider.address)",
            "\(provider.address) is assigned on \(hosts[owner].name) as well"))
      }
      for (index, port) in host.policy.ports.enumerated() {
        guard let subnet = port.virtualSubnetID else { continue }
        let key = PortKey(subnet: subnet, address: port.macAddress)
        guard let other = portHosts.updateValue(number, forKey: key), other != number
        else { continue }
        doubledPorts.append(
          Fault(
            .doubledPort, in: .entry(.port, index: index, host: host.name),
            value: "\(port.macAddress)",
            "\(port.macAddress) in virtual subnet \(subnet) has a port on \(hosts[other].name) as"
              + " well"))
      }
    }
  }

  /// The host on which the port of a record's machine is; `nil` when no host has it.
  func host(of record: LookupRecord) -> Int? {
    portHosts[PortKey(record)]
  }
}
