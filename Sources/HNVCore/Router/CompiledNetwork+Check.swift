/// The check of what a change touches.
extension CompiledNetwork {
  /// The part of a network that is looked at again.
  private enum Part {
    /// The records of some addresses, where nothing changes but the hosts that they name.
    case records(Set<SubnetAddress>)
    /// Everything of the routing domains that some virtual subnets belong to.
    case domains(Set<VirtualSubnetID>)
  }

  /// Checks the part of the network that a change touches, or all of it, and keeps what it finds.
  mutating func check(
    _ scope: ChangeScope, after snapshot: inout Snapshot
  ) throws(Diagnostics) {
    guard isSeparable, let part = part(of: scope, snapshot) else { return try checkAll() }
    let (old, new) = diagnostics(of: part, before: &snapshot)
    let report = Diagnostics(new)
    guard report.errors.isEmpty else { throw Diagnostics(report.errors) }
    if !old.isEmpty {
      let old = Set(old)
      warnings.removeAll { old.contains($0) }
    }
    for (host, port) in scope.gone {
      let name = policy.hosts[host].name
      for place in warnings.indices { warnings[place].forget(port: port, of: name) }
    }
    warnings += report.warnings
    if case .domains = part {
      hasDuplicatePorts = warnings.contains { $0.rule == .duplicatePort }
    }
  }

  private mutating func checkAll() throws(Diagnostics) {
    let report = Diagnostics(policy.check())
    guard report.errors.isEmpty else { throw Diagnostics(report.errors) }
    warnings = report.warnings
    hasDuplicatePorts = warnings.contains { $0.rule == .duplicatePort }
    isSeparable = isSeparable && Self.areSeparable(groups.routers)
  }

  /// Whether each virtual subnet has one routing domain, and each record concerns only its own.
  static func areSeparable(_ routers: [DistributedRouter]) -> Bool {
    let groups = routers.map { router in
      PolicyGroup(
        NetworkPolicy.Host("", policy: HostPolicy(forwarding: router.policy)), at: 0, records: [])
    }
    return DomainCheck(groups: groups).diagnostics().isEmpty
      && routers.allSatisfy { $0.policy.lookupRecords.allSatisfy { $0.isSeparable } }
  }

  /// What has to be looked at again; `nil` where that is everything.
  private func part(of scope: ChangeScope, _ snapshot: Snapshot) -> Part? {
    guard var subnets = scope.subnets else { return nil }
    var records = scope.moved
    if groups.regroupings != snapshot.groups.regroupings {
      // What is known of hosts that share is reported once for all of them.
      for warning in warnings { add(warning, in: snapshot.groups, to: &records, &subnets) }
    }
    guard !subnets.isEmpty else { return .records(records) }
    return .domains(
      Self.closure(
        of: subnets.union(records.map { $0.subnet }),
        in: snapshot.groups.routers + groups.routers))
  }

  /// Adds what a warning is about, so that it is looked at again; that of a host's own entries does
  /// not depend on who shares what.
  private func add(
    _ warning: Diagnostic, in groups: HostGroups, to records: inout Set<SubnetAddress>,
    _ subnets: inout Set<VirtualSubnetID>
  ) {
    guard case .entry(let kind, let index, let name) = warning.subject, let host = numbers[name]
    else { return }
    let policy = groups.router(of: host).policy
    switch kind {
    case .lookupRecord:
      guard let record = policy.lookupRecords.entry(index) else { return }
      if DiagnosticRule.ofSingleRecords.contains(warning.rule) {
        records.insert(SubnetAddress(record))
      } else {
        subnets.insert(record.virtualSubnetID)
      }
    case .customerRoute:
      if let route = policy.customerRoutes.entry(index) { subnets.insert(route.virtualSubnetID) }
    case .providerAddress, .providerRoute, .port: break
    }
  }

  /// What was wrong with a part, where anything was, and what is.
  private mutating func diagnostics(
    of part: Part, before snapshot: inout Snapshot
  ) -> (old: [Diagnostic], new: [Diagnostic]) {
    var old: [Diagnostic] = []
    switch part {
    case .records(let addresses):
      let subnets = Set(addresses.lazy.map { $0.subnet })
      let before = groups(of: addresses, in: snapshot.groups, around: subnets)
      let after = groups(of: addresses, in: groups, around: subnets)
      let ports = portHosts(of: before + after)
      if !warnings.isEmpty {
        old = diagnostics(of: before, addresses, in: snapshot.groups, ports)
      }
      return (old, diagnostics(of: after, addresses, in: groups, ports))
    case .domains(let subnets):
      if !warnings.isEmpty {
        exchange(&snapshot)
        old = policy.diagnostics(in: view(of: subnets))
        exchange(&snapshot)
      }
      return (old, policy.diagnostics(in: view(of: subnets)))
    }
  }

  /// The virtual subnets of all routing domains that some router has one of these in.
  private static func closure(
    of subnets: Set<VirtualSubnetID>, in routers: [DistributedRouter]
  ) -> Set<VirtualSubnetID> {
    var closed = subnets
    var open = Array(subnets)
    var domains: Set<RoutingDomainID> = []
    while let subnet = open.popLast() {
      for domain in routers.compactMap({ $0.virtualSubnets[subnet]?.routingDomainID })
      where domains.insert(domain).inserted {
        for member in routers.flatMap({ $0.subnets(in: domain) })
        where closed.insert(member).inserted {
          open.append(member)
        }
      }
    }
    return closed
  }
}

/// Everything of some routing domains.
extension CompiledNetwork {
  private func view(of subnets: Set<VirtualSubnetID>) -> PolicyView {
    let groups = groups.inOrder.map { group in
      PolicyGroup(
        policy.hosts[group.first], at: group.first, records: group.router.records(in: subnets),
        routes: group.router.routes(of: subnets))
    }
    return view(
      PolicyGroup.withGateways(groups), self.groups, of: subnets, ports: ports(in: subnets))
  }

  /// A view of groups in the order of their first hosts, with the hosts that have machines in
  /// virtual subnets.
  private func view(
    _ groups: [PolicyGroup], _ hostGroups: HostGroups, of subnets: Set<VirtualSubnetID>,
    ports: [Int: [Int]]
  ) -> PolicyView {
    var subnetHosts: [VirtualSubnetID: [Int]] = [:]
    for subnet in subnets { subnetHosts[subnet] = self.subnetHosts.hosts(in: subnet) }
    var places: [Int: Int] = [:]
    for (place, group) in hostGroups.inOrder.enumerated() {
      places[hostGroups.group(of: group.first)] = place
    }
    var groups = groups
    for host in subnetHosts.values.joined().sorted() {
      groups[places[hostGroups.group(of: host)] ?? 0].add(host)
    }
    return PolicyView(
      policy.hosts, groups, PolicyView.Part(ports: ports, subnetHosts: subnetHosts), providers)
  }

  /// The ports of virtual subnets, by host.
  private func ports(in subnets: Set<VirtualSubnetID>) -> [Int: [Int]] {
    var ports: [Int: [Int]] = [:]
    for subnet in subnets {
      for host in subnetHosts.hosts(in: subnet) {
        ports[host, default: []] += routers[host].ports(in: subnet)
      }
    }
    return ports.mapValues { $0.sorted() }
  }
}

/// The records of some addresses, found by looking them up.
extension CompiledNetwork {
  /// The different policies with the records of some addresses, in the order of their first hosts,
  /// and what their routes say of some virtual subnets.
  private func groups(
    of addresses: Set<SubnetAddress>, in hostGroups: HostGroups,
    around subnets: Set<VirtualSubnetID>
  ) -> [PolicyGroup] {
    let known = hostGroups.inOrder
    let virtualSubnets = known.map { group in
      Dictionary(
        uniqueKeysWithValues: subnets.compactMap { subnet in
          group.router.virtualSubnets[subnet].map { (subnet, $0) }
        })
    }
    var gateways: Set<SubnetAddress> = []
    for subnet in virtualSubnets.joined() {
      for address in subnet.value.gatewayAddresses {
        gateways.insert(SubnetAddress(address, in: subnet.key))
      }
    }
    return zip(known, virtualSubnets).map { group, subnets in
      PolicyGroup(
        policy.hosts[group.first].name, at: group.first, group.router.policy,
        records: group.router.records(at: addresses), virtualSubnets: subnets,
        gatewayAddresses: gateways)
    }
  }

  private func diagnostics(
    of groups: [PolicyGroup], _ addresses: Set<SubnetAddress>, in hostGroups: HostGroups,
    _ ports: [AdapterKey: Int]
  ) -> [Diagnostic] {
    let directory = HostDirectory(policy.hosts, providers, ports)
    var diagnostics = groups.flatMap {
      RecordCheck(group: $0, settings: policy.settings, directory: directory).diagnostics()
    }
    if !DriftCheck.agree(groups, directory) {
      let subnets = Self.closure(
        of: Set(addresses.lazy.map { $0.subnet }), in: hostGroups.routers)
      let groups = self.groups(of: addresses, in: hostGroups, around: subnets)
      diagnostics += policy.disagreements(
        in: view(groups, hostGroups, of: subnets, ports: [:]), directory)
    }
    return diagnostics.map { $0.adjustingSeverity(by: policy.settings) }
  }

  /// The host on which the port of each record's machine is.
  private func portHosts(of groups: [PolicyGroup]) -> [AdapterKey: Int] {
    var hosts: [AdapterKey: Int] = [:]
    let records = groups.lazy.flatMap { $0.records.lazy.map { $0.entry } }
    if !hasDuplicatePorts {
      // Mostly the machine is where one of the records says.
      for record in records {
        guard let owner = providers.hosts[record.providerAddress],
          hasPort(AdapterKey(record), owner)
        else { continue }
        hosts[AdapterKey(record)] = owner
      }
    }
    for adapter in records.map({ AdapterKey($0) }) where hosts[adapter] == nil {
      hosts[adapter] = subnetHosts.hosts(in: adapter.subnet).filter { hasPort(adapter, $0) }.max()
    }
    return hosts
  }

  private func hasPort(_ adapter: AdapterKey, _ host: Int) -> Bool {
    routers[host].port(for: adapter.address, in: adapter.subnet) != nil
  }
}

extension DistributedRouter {
  /// The virtual subnets of a routing domain, as its routes name them.
  fileprivate func subnets(in domain: RoutingDomainID) -> Set<VirtualSubnetID> {
    guard let place = place(of: domain) else { return [] }
    return Set(routeNumbers[place].lazy.map { self.policy.customerRoutes[$0].virtualSubnetID })
  }

  /// The numbers of the usable records of virtual subnets.
  fileprivate func records(in subnets: Set<VirtualSubnetID>) -> [Int] {
    var numbers: [Int] = []
    for domain in Set(subnets.compactMap { index.domainOfSubnet[$0] }) {
      numbers += index.hosts(in: domain).map { $0.record }
      numbers += index.special.others[domain] ?? []
    }
    return numbers.filter { subnets.contains(policy.lookupRecords[$0].virtualSubnetID) }.sorted()
  }

  /// The numbers of the usable records of addresses.
  fileprivate func records(at addresses: Set<SubnetAddress>) -> [Int] {
    var numbers: [Int] = []
    for address in addresses {
      guard let domain = index.domainOfSubnet[address.subnet] else { continue }
      let host = index.host(for: address.address, of: address.subnet, in: domain)
      if !host.isNone { numbers.append(host.record) }
      numbers += (index.special.others[domain] ?? []).filter {
        SubnetAddress(policy.lookupRecords[$0]) == address
      }
    }
    return numbers.sorted()
  }

  /// The numbers of the routes of the routing domains that virtual subnets belong to.
  fileprivate func routes(of subnets: Set<VirtualSubnetID>) -> [Int] {
    let domains = Set(subnets.compactMap { virtualSubnets[$0]?.routingDomainID })
    return domains.compactMap { place(of: $0) }.flatMap { routeNumbers[$0] }.sorted()
  }
}

extension Diagnostic {
  /// Recounts the ports of a host after one is gone.
  fileprivate mutating func forget(port: Int, of host: String) {
    guard case .entry(.port, let index, host) = subject, index > port else { return }
    subject = .entry(.port, index: index - 1, host: host)
  }
}
