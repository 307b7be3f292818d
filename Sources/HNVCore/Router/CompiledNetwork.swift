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
  public internal(set) var warnings: [Diagnostic]

  private let numbers: [String: Int]
  private(set) var subnetHosts: SubnetHosts
  let providers: ProviderOwners
  /// Whether each routing domain can be checked by itself.
  var isSeparable: Bool

  /// Checks a network and compiles it; every different policy once.
  ///
  /// - Throws: every error of the network.
  public init(_ policy: NetworkPolicy) throws(Diagnostics) {
    let report = Diagnostics(policy.check())
    guard report.errors.isEmpty else { throw Diagnostics(report.errors) }
    self.init(policy, warnings: report.warnings)
  }

  /// Compiles a network that has been checked, with what the check reported beside errors.
  public init(_ policy: NetworkPolicy, warnings: [Diagnostic]) {
    self.policy = policy
    self.warnings = warnings
    routers = []
    var numbers: [String: Int] = [:]
    for (number, host) in policy.hosts.enumerated() where numbers[host.name] == nil {
      numbers[host.name] = number
    }
    self.numbers = numbers
    var pool = RouterPool(settings: policy.settings)
    for host in policy.hosts {
      routers.append(
        HostRouter(
          name: host.name, policy: host.policy, router: pool.router(of: host.policy.forwarding)))
    }
    subnetHosts = SubnetHosts(routers)
    providers = ProviderOwners(policy.hosts)
    isSeparable =
      ProviderCheck.everyHostReachesAll(policy.hosts, providers)
      && Self.areSeparable(pool.routers)
  }

  /// Makes all the changes, or none.
  ///
  /// - Throws: a diagnostic for every change that cannot be made, or else every error of the
  ///   changed network; this network is then unchanged.
  /// - Complexity: O(*n*) in the entries of the routing domains that are touched, and in the hosts;
  ///   where machines' records only change hosts, in the records of their addresses. Changes that
  ///   remove entries from a list, add an on-link route, or add a record for which a table has no
  ///   room, recompile the policy of their hosts. Everything is checked again where entries are
  ///   removed from a list, where records translate addresses, where hosts do not reach each other,
  ///   and where hosts start or stop sharing policy while there are warnings about other domains.
  public mutating func apply(_ changes: [PolicyChange]) throws(Diagnostics) {
    var former = Former(
      hosts: Set(changes.compactMap { numbers[$0.host] }).map {
        Former.Host(number: $0, host: policy.hosts[$0], router: routers[$0])
      }, subnetHosts: subnetHosts)
    do throws(Diagnostics) {
      let touched = try make(changes)
      compile(touched)
      try check(touched, after: &former)
    } catch {
      exchange(&former)
      throw error
    }
  }

  /// Goes back to what was before changes, or forward again.
  mutating func exchange(_ former: inout Former) {
    for place in former.hosts.indices {
      let number = former.hosts[place].number
      swap(&policy.hosts[number], &former.hosts[place].host)
      swap(&routers[number], &former.hosts[place].router)
    }
    swap(&subnetHosts, &former.subnetHosts)
  }
}

/// What a host was told, and what came of it.
private final class Told {
  let change: PolicyChange
  let router: DistributedRouter
  let before: ForwardingPolicy
  let after: ForwardingPolicy

  init(
    _ change: PolicyChange, _ router: DistributedRouter, _ before: ForwardingPolicy,
    after: ForwardingPolicy
  ) {
    self.change = change
    self.router = router
    self.before = before
    self.after = after
  }
}

extension CompiledNetwork {
  private mutating func make(_ changes: [PolicyChange]) throws(Diagnostics) -> Touched {
    var touched = Touched()
    var made = ChangesMade()
    var diagnostics: [Diagnostic] = []
    // Mostly hosts that share are told the same, one behind the other.
    var last: Told?
    for change in changes {
      do throws(Diagnostic) {
        guard let host = numbers[change.host] else { throw change.unknownHost }
        touched.hosts.insert(host)
        let router = routers[host].router
        let before = policy.hosts[host].policy.forwarding
        if let last, last.router === router, change.hasSameEffect(as: last.change),
          last.before == before
        {
          policy.hosts[host].policy.forwarding = last.after
          continue
        }
        note(change, on: host, in: &touched)
        try policy.make(change, on: host, &made) { key in
          router.record(for: key.customerAddress, in: key.virtualSubnetID)
        }
        last = Told(change, router, before, after: policy.hosts[host].policy.forwarding)
      } catch {
        diagnostics.append(error)
      }
    }
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    return touched
  }

  private func note(_ change: PolicyChange, on host: Int, in touched: inout Touched) {
    let router = routers[host].router
    switch change {
    case .setProviderAddress(let key, _, _):
      if let number = router.record(for: key.customerAddress, in: key.virtualSubnetID),
        router.policy.lookupRecords[number].key == key
      {
        touched.edits[ObjectIdentifier(router), default: []].insert(.moved(number))
        touched.note(router.policy.lookupRecords[number])
      } else {
        touched.subnets?.insert(key.virtualSubnetID)
        touched.outdated.insert(ObjectIdentifier(router))
      }
    case .newLookupRecord(let record, _) where record.isSeparable:
      touched.subnets?.insert(record.virtualSubnetID)
      touched.edits[ObjectIdentifier(router), default: []].insert(
        .record(policy.hosts[host].policy.forwarding.lookupRecords.count))
    case .newCustomerRoute(let route, _)
    where router.virtualSubnets[route.virtualSubnetID]?.routingDomainID == route.routingDomainID:
      touched.subnets?.insert(route.virtualSubnetID)
      touched.edits[ObjectIdentifier(router), default: []].insert(
        .route(policy.hosts[host].policy.forwarding.customerRoutes.count))
    case .connect(let port, _):
      if let subnet = port.virtualSubnetID {
        touched.subnets?.insert(subnet)
      } else {
        touched.subnets = nil
      }
    case .disconnect(let mac, let subnet, _):
      touched.subnets?.insert(subnet)
      let ports = policy.hosts[host].policy.ports
      if let port = ports.firstIndex(where: { $0.macAddress == mac && $0.virtualSubnetID == subnet }
      ) {
        touched.gone.append((change.host, port))
      }
    case .newLookupRecord, .removeLookupRecord, .newCustomerRoute, .removeCustomerRoute:
      touched.subnets = nil
      touched.outdated.insert(ObjectIdentifier(router))
    }
  }

  private mutating func compile(_ touched: Touched) {
    var pool = RouterPool(settings: policy.settings, of: routers)
    for number in touched.hosts.sorted() {
      let before = routers[number]
      let identity = ObjectIdentifier(before.router)
      let router = pool.router(
        of: policy.hosts[number].policy.forwarding, after: before.router,
        by: touched.outdated.contains(identity) ? nil : touched.edits[identity] ?? [])
      if before.ports == policy.hosts[number].policy.ports,
        router.hasSubnets(of: before.router)
      {
        routers[number] = HostRouter(before, router: router)
      } else {
        let host = policy.hosts[number]
        routers[number] = HostRouter(name: host.name, policy: host.policy, router: router)
        subnetHosts.update(number, from: before, to: routers[number])
      }
    }
  }
}
