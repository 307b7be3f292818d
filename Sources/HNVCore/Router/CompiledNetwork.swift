/// A network's policy, checked, with the routers of its hosts, changed in small steps.
///
/// A change costs what it touches: the check looks up what the changed records name, a few rows of
/// one table are copied, and hosts that share records and routes and get the same change share them
/// afterwards. `NetworkPolicy.apply(_:)` does the same by checking everything.
public struct CompiledNetwork: Sendable {
  /// What was declared.
  public private(set) var policy: NetworkPolicy

  /// The routers of the hosts, in declared order.
  public private(set) var routers: [HostRouter]

  /// What the check reports while the network still runs, in no order that says anything.
  public internal(set) var warnings: [Diagnostic]

  let numbers: [String: Int]
  private(set) var groups: HostGroups
  private(set) var subnetHosts: SubnetHosts
  let providers: ProviderOwners
  /// Whether each routing domain can be checked by itself.
  var isSeparable: Bool
  /// Whether some machine has ports on several hosts.
  var hasDuplicatePorts: Bool

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
    numbers = policy.hostNumbers
    var pool = RouterPool(settings: policy.settings)
    for host in policy.hosts {
      routers.append(
        HostRouter(
          name: host.name, policy: host.policy, router: pool.router(of: host.policy.forwarding)))
    }
    groups = HostGroups(routers)
    subnetHosts = SubnetHosts(routers)
    providers = ProviderOwners(policy.hosts)
    hasDuplicatePorts = warnings.contains { $0.rule == .duplicatePort }
    isSeparable =
      ProviderCheck.everyHostReachesAll(policy.hosts, providers)
      && Self.areSeparable(pool.routers)
  }

  /// Makes all the updates, one after the other, or none.
  ///
  /// - Throws: a diagnostic for every change that cannot be made, or else every error of the
  ///   changed network; this network is then unchanged.
  /// - Complexity: where machines' records only change hosts, linear in the hosts that get them, in
  ///   the different policies and in the warnings. Otherwise O(*n*) in the entries of the routing
  ///   domains that are touched, and of those that warnings are about where hosts start or stop
  ///   sharing policy. Changes that remove entries from a list, add an on-link route, or add a
  ///   record for which a table has no room, recompile the policy of their hosts. Everything is
  ///   checked again where entries are removed from a list, where records translate addresses, and
  ///   where hosts do not reach each other.
  public mutating func apply(_ updates: [PolicyUpdate]) throws(Diagnostics) {
    var snapshot = Snapshot(groups: groups, subnetHosts: subnetHosts)
    do throws(Diagnostics) {
      let scope = try make(updates, &snapshot)
      compile(scope, snapshot)
      try check(scope, after: &snapshot)
    } catch {
      exchange(&snapshot)
      throw error
    }
  }

  /// Goes back to what was before a change, or forward again.
  mutating func exchange(_ snapshot: inout Snapshot) {
    for place in snapshot.hosts.indices {
      let number = snapshot.hosts[place].number
      swap(&routers[number], &snapshot.hosts[place].router)
      policy.hosts[number].policy.forwarding = routers[number].router.policy
      policy.hosts[number].policy.ports = routers[number].ports
    }
    swap(&groups, &snapshot.groups)
    swap(&subnetHosts, &snapshot.subnetHosts)
  }
}

extension CompiledNetwork {
  /// Makes the changes in the policy; the snapshot gets the hosts that they concern.
  private mutating func make(
    _ updates: [PolicyUpdate], _ snapshot: inout Snapshot
  ) throws(Diagnostics) -> ChangeScope {
    var scope = ChangeScope()
    var diagnostics: [Diagnostic] = []
    var isChanged = Array(repeating: false, count: routers.count)
    for update in updates {
      var results = ChangeResults(update.change)
      scope.beginUpdate()
      // Mostly a host shares with the one before it, and so it does afterwards.
      var last: (before: DistributedRouter, after: ForwardingPolicy)?
      for name in update.hosts {
        guard let host = numbers[name] else {
          diagnostics.append(PolicyUpdate.unknownHost(name))
          continue
        }
        let isFirst = !isChanged[host]
        if isFirst { snapshot.hosts.append(Snapshot.Host(number: host, router: routers[host])) }
        isChanged[host] = true
        if isFirst, let last, last.before === routers[host].router {
          policy.hosts[host].policy.forwarding = last.after
          continue
        }
        do throws(MissingEntry) {
          let isOfForwarding = try make(&results, on: host, &scope)
          if isFirst, isOfForwarding {
            last = (routers[host].router, policy.hosts[host].policy.forwarding)
          }
        } catch {
          diagnostics.append(error.diagnostic(on: name))
        }
      }
    }
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    snapshot.hosts.sort { $0.number < $1.number }
    return scope
  }

  /// Makes a change of one host; returns whether it is of records or routes.
  private mutating func make(
    _ results: inout ChangeResults, on host: Int, _ scope: inout ChangeScope
  ) throws(MissingEntry) -> Bool {
    let router = routers[host].router
    let edit = try results.make(on: &policy.hosts[host].policy.forwarding) { key in
      router.record(for: key.customerAddress, in: key.virtualSubnetID)
    }
    if let edit {
      scope.note(edit, of: router, policy.hosts[host].policy.forwarding)
    } else {
      let gone = try policy.hosts[host].policy.ports.make(results.change)
      scope.note(results.change, on: host, gone: gone)
    }
    return edit != nil
  }

  private mutating func compile(_ scope: ChangeScope, _ snapshot: Snapshot) {
    var pool = RouterPool(settings: policy.settings, routers: groups.routers)
    var assigned: [(host: Int, router: DistributedRouter)] = []
    assigned.reserveCapacity(snapshot.hosts.count)
    // Mostly a host shares with the one before it.
    var last: (before: DistributedRouter, after: DistributedRouter)?
    for host in snapshot.hosts {
      let before = host.router.router
      let forwarding = policy.hosts[host.number].policy.forwarding
      let router =
        if let last, last.before === before, last.after.policy == forwarding { last.after } else {
          pool.router(of: forwarding, after: before, by: scope.edits(of: before))
        }
      last = (before, router)
      assigned.append((host.number, router))
      compile(host.number, router)
    }
    groups.assign(assigned)
  }

  /// Gives a host a router, and compiles its own tables where its ports or virtual subnets changed.
  private mutating func compile(_ number: Int, _ router: DistributedRouter) {
    let before = routers[number]
    // Hosts with equal policy share its storage.
    policy.hosts[number].policy.forwarding = router.policy
    if before.ports == policy.hosts[number].policy.ports, router.hasSubnets(of: before.router) {
      routers[number] = HostRouter(before, router: router)
    } else {
      routers[number] = HostRouter(
        name: before.name, policy: policy.hosts[number].policy, router: router)
      subnetHosts.update(number, from: before, to: routers[number])
    }
  }
}
