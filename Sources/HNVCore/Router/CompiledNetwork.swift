/// A network's policy, checked, with the routers of its hosts, changed in small steps.
///
/// A change costs what it touches: the check looks at the routing domains concerned, one block of
/// one table is copied, and hosts that share what they were told and are told the same share it
/// afterwards. `NetworkPolicy.apply(_:)` does the same by checking everything.
public struct CompiledNetwork: Sendable {
  /// What was declared.
  public private(set) var policy: NetworkPolicy

  /// The routers of the hosts, in declared order.
  public private(set) var routers: [HostRouter]

  /// What the check reports while the network still runs, in no order that says anything.
  public private(set) var findings: [Fault]

  private let numbers: [String: Int]
  /// Whether each routing domain can be checked by itself.
  private(set) var isSeparable: Bool

  /// Checks a network and compiles it; every different policy once.
  ///
  /// - Throws: every error of the network.
  public init(_ policy: NetworkPolicy) throws(Faults) {
    let report = Faults(policy.check())
    guard report.errors.isEmpty else { throw Faults(report.errors) }
    self.init(policy, findings: report.findings)
  }

  /// Compiles a network that has been checked, with what the check reported beside errors.
  public init(_ policy: NetworkPolicy, findings: [Fault]) {
    self.policy = policy
    self.findings = findings
    routers = []
    numbers = Dictionary(
      zip(policy.hosts.map { $0.name }, policy.hosts.indices), uniquingKeysWith: min)
    var pool = RouterPool(settings: policy.settings)
    for host in policy.hosts {
      routers.append(
        HostRouter(
          name: host.name, policy: host.policy, router: pool.router(of: host.policy.forwarding)))
    }
    let directory = HostDirectory(PolicyView(policy.hosts, [], ports: [:]))
    isSeparable =
      ProviderCheck.everyHostReachesAll(policy.hosts, directory)
      && Self.areSeparable(pool.routers)
  }

  /// Makes all the changes, or none.
  ///
  /// - Throws: every change that cannot be made, or else every error of the network that the
  ///   changes would lead to; the network is then as it was.
  /// - Complexity: O(*n*) in the entries of the routing domains that a record moves in, and in the
  ///   hosts. Other changes compile the policy of the hosts that are told anew. All is checked anew
  ///   where entries are taken out of a list, where records translate addresses, where hosts do not
  ///   reach each other, and where hosts no longer hold the same of which there are findings in other domains.
  public mutating func apply(_ changes: [PolicyChange]) throws(Faults) {
    var next = self
    let touched = try next.make(changes)
    next.compile(touched)
    try next.check(touched, before: self)
    self = next
  }
}

extension LookupRecord {
  /// Whether what it says concerns its own routing domain alone: an address into which several
  /// records translate is common to all.
  fileprivate var isSeparable: Bool { rule != .nat && !isUnusable }
}

/// What changes touch.
private struct Touched {
  var hosts: Set<Int> = []
  /// The virtual subnets concerned; `nil` where no part can be checked by itself.
  var subnets: Set<VirtualSubnetID>? = []
  /// The records that lead elsewhere, by the router that had them.
  var moved: [ObjectIdentifier: Set<Int>] = [:]
  /// The routers of which more changes than where records lead.
  var outdated: Set<ObjectIdentifier> = []
  /// The ports that are gone, by their host and number at the time.
  var gone: [(host: String, port: Int)] = []
}

extension CompiledNetwork {
  private mutating func make(_ changes: [PolicyChange]) throws(Faults) -> Touched {
    var touched = Touched()
    var made = ChangesMade()
    var faults: [Fault] = []
    for change in changes {
      do throws(Fault) {
        guard let host = numbers[change.host] else { throw change.unknownHost }
        touched.hosts.insert(host)
        note(change, on: host, in: &touched)
        let router = routers[host].router
        try policy.make(change, on: host, &made) { key in
          router.record(for: key.customerAddress, in: key.virtualSubnetID)
        }
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else { throw Faults(faults) }
    return touched
  }

  private func note(_ change: PolicyChange, on host: Int, in touched: inout Touched) {
    let router = routers[host].router
    switch change {
    case .setProviderAddress(let key, _, _):
      touched.subnets?.insert(key.virtualSubnetID)
      if let number = router.record(for: key.customerAddress, in: key.virtualSubnetID),
        router.policy.lookupRecords[number].key == key
      {
        touched.moved[ObjectIdentifier(router), default: []].insert(number)
      } else {
        touched.outdated.insert(ObjectIdentifier(router))
      }
    case .newLookupRecord(let record, _) where record.isSeparable:
      touched.subnets?.insert(record.virtualSubnetID)
      touched.outdated.insert(ObjectIdentifier(router))
    case .newCustomerRoute(let route, _)
    where router.virtualSubnets[route.virtualSubnetID]?.routingDomainID == route.routingDomainID:
      touched.subnets?.insert(route.virtualSubnetID)
      touched.outdated.insert(ObjectIdentifier(router))
    case .connect(let port, _) where port.virtualSubnetID != nil:
      touched.subnets?.formUnion([port.virtualSubnetID].compactMap { $0 })
    case .disconnect(let mac, let subnet, _):
      touched.subnets?.insert(subnet)
      let ports = policy.hosts[host].policy.ports
      if let port = ports.firstIndex(where: { $0.macAddress == mac && $0.virtualSubnetID == subnet }
      ) {
        touched.gone.append((change.host, port))
      }
    case .newLookupRecord, .removeLookupRecord, .newCustomerRoute, .removeCustomerRoute, .connect:
      touched.subnets = nil
      touched.outdated.insert(ObjectIdentifier(router))
    }
  }

  private mutating func compile(_ touched: Touched) {
    var pool = RouterPool(settings: policy.settings, of: routers)
    for number in touched.hosts.sorted() {
      let (host, before) = (policy.hosts[number], routers[number])
      let identity = ObjectIdentifier(before.router)
      let router = pool.router(
        of: host.policy.forwarding, after: before.router,
        moved: touched.outdated.contains(identity) ? nil : touched.moved[identity] ?? [])
      routers[number] =
        before.ports == host.policy.ports && router.hasSubnets(of: before.router)
        ? HostRouter(before, router: router)
        : HostRouter(name: host.name, policy: host.policy, router: router)
    }
  }

  private mutating func check(_ touched: Touched, before: CompiledNetwork) throws(Faults) {
    guard isSeparable, let subnets = touched.subnets else { return try checkAll() }
    let scope = Self.closure(of: subnets, in: before.routers + routers)
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
  private static func areSeparable(_ routers: [DistributedRouter]) -> Bool {
    let groups = routers.map { router in
      PolicyGroup(
        NetworkPolicy.Host("", policy: HostPolicy(forwarding: router.policy)), at: 0, records: [])
    }
    return DomainCheck(groups: groups).faults().isEmpty
      && routers.allSatisfy { $0.policy.lookupRecords.allSatisfy { $0.isSeparable } }
  }

  /// The virtual subnets of all routing domains that some router has one of these in.
  private static func closure(
    of subnets: Set<VirtualSubnetID>, in routers: [HostRouter]
  ) -> Set<VirtualSubnetID> {
    let distinct = RouterPool.distinct(routers)
    var (closed, open) = (subnets, subnets)
    var domains: Set<RoutingDomainID> = []
    while !open.isEmpty {
      let found = Set(
        distinct.flatMap { router in
          open.compactMap { router.virtualSubnets[$0]?.routingDomainID }
        }
      ).subtracting(domains)
      domains.formUnion(found)
      open = []
      for router in distinct where !found.isEmpty {
        for entry in router.subnetEntries
        where found.contains(entry.routingDomainID) && closed.insert(entry.identifier).inserted {
          open.insert(entry.identifier)
        }
      }
    }
    return closed
  }

  private func view(of subnets: Set<VirtualSubnetID>) -> PolicyView {
    var groups: [PolicyGroup] = []
    var places: [ObjectIdentifier: Int] = [:]
    var ports: [Int: [Int]] = [:]
    for (number, router) in routers.enumerated() {
      let own = subnets.flatMap { router.ports(in: $0) }
      if !own.isEmpty { ports[number] = own.sorted() }
      if let place = places[ObjectIdentifier(router.router)] {
        groups[place].add(number)
        continue
      }
      places[ObjectIdentifier(router.router)] = groups.count
      groups.append(
        PolicyGroup(
          policy.hosts[number], at: number, records: router.router.records(of: subnets),
          routes: router.router.routes(of: subnets)))
    }
    return PolicyView(policy.hosts, groups, ports: ports)
  }
}

/// Routers of one network, each different policy compiled once.
private struct RouterPool {
  let settings: Settings
  private(set) var routers: [DistributedRouter] = []

  init(settings: Settings) { self.settings = settings }

  init(settings: Settings, of hosts: [HostRouter]) {
    self.settings = settings
    routers = Self.distinct(hosts)
  }

  static func distinct(_ hosts: [HostRouter]) -> [DistributedRouter] {
    var seen: Set<ObjectIdentifier> = []
    return hosts.map { $0.router }.filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// The first of the hosts that share a router with each.
  static func groups(_ hosts: [HostRouter]) -> [Int] {
    var firsts: [ObjectIdentifier: Int] = [:]
    return hosts.enumerated().map { number, host in
      let identity = ObjectIdentifier(host.router)
      if let first = firsts[identity] { return first }
      firsts[identity] = number
      return number
    }
  }

  mutating func router(of policy: ForwardingPolicy) -> DistributedRouter {
    router(of: policy, nil)
  }

  /// The router of a policy that came about by moving records, or otherwise (`nil`).
  mutating func router(
    of policy: ForwardingPolicy, after before: DistributedRouter, moved: Set<Int>?
  ) -> DistributedRouter {
    router(of: policy, moved.map { (before, $0) })
  }

  private mutating func router(
    of policy: ForwardingPolicy, _ move: (before: DistributedRouter, records: Set<Int>)?
  ) -> DistributedRouter {
    if let known = routers.last(where: { $0.policy == policy }) { return known }
    let router =
      move.flatMap { $0.before.relocating($0.records, in: policy) }
      ?? DistributedRouter(policy, settings: settings)
    routers.append(router)
    return router
  }
}

extension DistributedRouter {
  fileprivate func hasSubnets(of other: DistributedRouter) -> Bool {
    self === other || policy.customerRoutes == other.policy.customerRoutes
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
