/// The check of what a change touches.
extension CompiledNetwork {
  /// Checks the part of the network that changes touch, or all of it, and keeps what it finds.
  mutating func check(_ touched: Touched, before: CompiledNetwork) throws(Faults) {
    guard isSeparable, let subnets = touched.subnets else { return try checkAll() }
    let scope = Self.closure(
      of: subnets, in: RouterPool.distinct(before.routers) + RouterPool.distinct(routers))
    if !findings.isEmpty {
      let old = Set(before.policy.faults(in: before.view(of: scope)))
      findings.removeAll { old.contains($0) }
      // What is known of a group is reported of each part that it falls into.
      guard findings.isEmpty || RouterPool.groups(routers) == RouterPool.groups(before.routers)
      else { return try checkAll() }
      for (host, port) in touched.gone {
        for place in findings.indices { findings[place].forget(port: port, of: host) }
      }
    }
    let report = Faults(policy.faults(in: view(of: scope)))
    guard report.errors.isEmpty else { throw Faults(report.errors) }
    findings += report.findings
  }

  private mutating func checkAll() throws(Faults) {
    let report = Faults(policy.check())
    guard report.errors.isEmpty else { throw Faults(report.errors) }
    findings = report.findings
    isSeparable = isSeparable && Self.areSeparable(RouterPool.distinct(routers))
  }

  /// Whether each virtual subnet has one routing domain, and no record concerns others than its own.
  static func areSeparable(_ routers: [DistributedRouter]) -> Bool {
    let groups = routers.map { router in
      PolicyGroup(
        NetworkPolicy.Host("", policy: HostPolicy(forwarding: router.policy)), at: 0, records: [])
    }
    return DomainCheck(groups: groups).faults().isEmpty
      && routers.allSatisfy { $0.policy.lookupRecords.allSatisfy { $0.isSeparable } }
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

  private func view(of subnets: Set<VirtualSubnetID>) -> PolicyView {
    var groups: [PolicyGroup] = []
    var places: [ObjectIdentifier: Int] = [:]
    for (number, router) in RouterPool.firsts(routers) {
      places[ObjectIdentifier(router)] = groups.count
      groups.append(
        PolicyGroup(
          policy.hosts[number], at: number, records: router.records(of: subnets),
          routes: router.routes(of: subnets)))
    }
    var ports: [Int: [Int]] = [:]
    for subnet in subnets {
      for host in attendance.hosts(in: subnet) {
        ports[host, default: []] += routers[host].ports(in: subnet)
      }
    }
    for host in ports.keys.sorted() {
      ports[host]?.sort()
      if let place = places[ObjectIdentifier(routers[host].router)] { groups[place].add(host) }
    }
    return PolicyView(policy.hosts, groups, ports: ports, providers)
  }
}

extension DistributedRouter {
  /// The virtual subnets of a routing domain.
  fileprivate func subnets(in domain: RoutingDomainID) -> [VirtualSubnetID] {
    place(of: domain).map { place in
      subnetEntries.filter { $0.domain == place }.map { $0.identifier }
    } ?? []
  }

  /// The numbers of the usable records of virtual subnets.
  fileprivate func records(of subnets: Set<VirtualSubnetID>) -> [Int] {
    let domains = Set(subnets.compactMap { index.domainOfSubnet[$0] })
    var numbers: [Int] = []
    for domain in domains {
      for host in index.hosts(in: domain) where subnets.contains(host.virtualSubnetID) {
        numbers.append(host.record)
      }
      for number in index.special.others[domain] ?? []
      where subnets.contains(policy.lookupRecords[number].virtualSubnetID) {
        numbers.append(number)
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

extension Fault {
  /// Counts the ports of a host anew, one of which is gone.
  fileprivate mutating func forget(port: Int, of host: String) {
    guard case .entry(.port, let index, host) = subject, index > port else { return }
    subject = .entry(.port, index: index - 1, host: host)
  }
}
