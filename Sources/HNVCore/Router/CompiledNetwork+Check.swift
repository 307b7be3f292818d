/// The check of what a change touches.
extension CompiledNetwork {
  /// The part of a network that changes touch.
  private struct Scope {
    /// All virtual subnets of the routing domains concerned.
    let subnets: Set<VirtualSubnetID>
    /// The addresses of records that change hosts, where nothing else changes.
    let addresses: Set<IPAddress>?
  }

  /// Checks the part of the network that changes touch, or all of it, and keeps what it finds.
  mutating func check(_ touched: Touched, after former: inout Former) throws(Diagnostics) {
    guard isSeparable, let scope = scope(of: touched, former) else { return try checkAll() }
    var old: Set<Diagnostic> = []
    if !warnings.isEmpty {
      exchange(&former)
      old = Set(policy.diagnostics(in: view(of: scope)))
      let groups = RouterPool.groups(routers)
      exchange(&former)
      // What is known of a group is reported of each part that it falls into.
      guard groups == RouterPool.groups(routers) || warnings.allSatisfy({ old.contains($0) })
      else { return try checkAll() }
    }
    let report = Diagnostics(policy.diagnostics(in: view(of: scope)))
    guard report.errors.isEmpty else { throw Diagnostics(report.errors) }
    if !old.isEmpty { warnings.removeAll { old.contains($0) } }
    for (host, port) in touched.gone {
      for place in warnings.indices { warnings[place].forget(port: port, of: host) }
    }
    warnings += report.warnings
  }

  private func scope(of touched: Touched, _ former: Former) -> Scope? {
    guard let subnets = touched.subnets else { return nil }
    let moved = touched.moved
    return Scope(
      subnets: Self.closure(
        of: subnets.union(moved.map { $0.subnet }),
        in: former.routers + RouterPool.distinct(routers)),
      addresses: subnets.isEmpty ? Set(moved.map { $0.address }) : nil)
  }

  private mutating func checkAll() throws(Diagnostics) {
    let report = Diagnostics(policy.check())
    guard report.errors.isEmpty else { throw Diagnostics(report.errors) }
    warnings = report.warnings
    isSeparable = isSeparable && Self.areSeparable(RouterPool.distinct(routers))
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

  private func view(of scope: Scope) -> PolicyView {
    var subnetHosts: [VirtualSubnetID: [Int]] = [:]
    for subnet in scope.subnets { subnetHosts[subnet] = self.subnetHosts.hosts(in: subnet) }
    let groups = groups(of: scope, subnetHosts.values.joined().sorted())
    let ports =
      scope.addresses == nil
      ? ports(in: subnetHosts)
      : ports(of: Set(groups.lazy.flatMap { $0.records.lazy.map { AdapterKey($0.entry) } }))
    return PolicyView(
      policy.hosts, groups,
      PolicyView.Part(
        isOfRecords: scope.addresses != nil, ports: ports, subnetHosts: subnetHosts), providers)
  }

  /// The different policies, each with the hosts, in ascending order, whose machines are concerned.
  private func groups(of scope: Scope, _ hosts: [Int]) -> [PolicyGroup] {
    var groups: [PolicyGroup] = []
    var places: [ObjectIdentifier: Int] = [:]
    for (number, router) in RouterPool.firsts(routers) {
      places[ObjectIdentifier(router)] = groups.count
      groups.append(
        PolicyGroup(
          policy.hosts[number], at: number,
          records: router.records(of: scope.addresses, in: scope.subnets),
          routes: router.routes(of: scope.subnets)))
    }
    // Mostly a host has the same policy as the one before it.
    var (last, place): (DistributedRouter?, Int) = (nil, 0)
    for host in hosts {
      let router = routers[host].router
      if router !== last { (last, place) = (router, places[ObjectIdentifier(router)] ?? 0) }
      groups[place].add(host)
    }
    return groups
  }

  /// The ports of virtual subnets, by host.
  private func ports(in subnetHosts: [VirtualSubnetID: [Int]]) -> [Int: [Int]] {
    var ports: [Int: [Int]] = [:]
    for (subnet, hosts) in subnetHosts {
      for host in hosts { ports[host, default: []] += routers[host].ports(in: subnet) }
    }
    return ports.mapValues { $0.sorted() }
  }

  /// The ports of machines, by host.
  private func ports(of adapters: Set<AdapterKey>) -> [Int: [Int]] {
    var ports: [Int: [Int]] = [:]
    for adapter in adapters {
      for host in subnetHosts.hosts(in: adapter.subnet) {
        if let port = routers[host].port(for: adapter.address, in: adapter.subnet) {
          ports[host, default: []].append(port)
        }
      }
    }
    return ports
  }
}

extension DistributedRouter {
  /// The virtual subnets of a routing domain, as its routes name them.
  fileprivate func subnets(in domain: RoutingDomainID) -> Set<VirtualSubnetID> {
    guard let place = place(of: domain) else { return [] }
    return Set(routeNumbers[place].lazy.map { self.policy.customerRoutes[$0].virtualSubnetID })
  }

  /// The numbers of the usable records of virtual subnets: all, or those of some addresses.
  fileprivate func records(
    of addresses: Set<IPAddress>?, in subnets: Set<VirtualSubnetID>
  ) -> [Int] {
    var numbers: [Int] = []
    for domain in Set(subnets.compactMap { index.domainOfSubnet[$0] }) {
      numbers +=
        addresses?.flatMap { index.records(of: $0, in: domain) }
        ?? index.hosts(in: domain).map { $0.record }
      numbers += (index.special.others[domain] ?? []).filter { number in
        addresses?.contains(policy.lookupRecords[number].customerAddress) ?? true
      }
    }
    return numbers.filter { subnets.contains(policy.lookupRecords[$0].virtualSubnetID) }.sorted()
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
