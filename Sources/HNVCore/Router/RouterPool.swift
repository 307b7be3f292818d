/// Routers of one network, each different policy compiled once.
struct RouterPool {
  let settings: Settings
  private(set) var routers: [DistributedRouter] = []

  init(settings: Settings) { self.settings = settings }

  init(settings: Settings, of hosts: [HostRouter]) {
    self.settings = settings
    routers = Self.distinct(hosts)
  }

  static func distinct(_ hosts: [HostRouter]) -> [DistributedRouter] {
    firsts(hosts).map { $0.router }
  }

  /// The different routers, each with the first host that has it.
  static func firsts(_ hosts: [HostRouter]) -> [(host: Int, router: DistributedRouter)] {
    var firsts: [(host: Int, router: DistributedRouter)] = []
    var seen: Set<ObjectIdentifier> = []
    var last: DistributedRouter?
    for (number, host) in hosts.enumerated() {
      // Mostly a host shares with the one before it.
      guard host.router !== last else { continue }
      last = host.router
      if seen.insert(ObjectIdentifier(host.router)).inserted {
        firsts.append((number, host.router))
      }
    }
    return firsts
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

  /// The router of a policy that came about by edits of another one's, or otherwise (`nil`).
  mutating func router(
    of policy: ForwardingPolicy, after before: DistributedRouter,
    by edits: Set<DistributedRouter.Edit>?
  ) -> DistributedRouter {
    router(of: policy, edits.map { (before, $0) })
  }

  private mutating func router(
    of policy: ForwardingPolicy,
    _ change: (before: DistributedRouter, edits: Set<DistributedRouter.Edit>)?
  ) -> DistributedRouter {
    if let known = routers.last(where: { $0.policy == policy }) { return known }
    let router =
      change.flatMap { $0.before.edited($0.edits, to: policy) }
      ?? DistributedRouter(policy, settings: settings)
    routers.append(router)
    return router
  }
}
