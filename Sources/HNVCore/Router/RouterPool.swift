/// Routers of one network, each different policy compiled once.
package struct RouterPool: Sendable {
  let settings: Settings
  private(set) var routers: [DistributedRouter] = []

  init(settings: Settings) { self.settings = settings }

  /// The routers that hosts have by now.
  package init(settings: Settings, of hosts: [HostRouter]) {
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
    var last: (router: DistributedRouter, first: Int)?
    return hosts.enumerated().map { number, host in
      if let last, last.router === host.router { return last.first }
      let first = firsts[ObjectIdentifier(host.router)] ?? number
      firsts[ObjectIdentifier(host.router)] = first
      last = (host.router, first)
      return first
    }
  }

  /// The router of a policy: one that is there, or else a new one.
  ///
  /// - Complexity: constant time where the policy shares its storage with that of the last router,
  ///   else a comparison with that of each, and a compilation where none is equal.
  package mutating func router(of policy: ForwardingPolicy) -> DistributedRouter {
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
    let known = routers.last { known in
      // Where something was done most others differ, and that costs one look.
      change?.edits.allSatisfy { known.policy.isAlike(policy, at: $0) } ?? true
        && known.policy == policy
    }
    if let known { return known }
    let router =
      change.flatMap { $0.before.edited($0.edits, to: policy) }
      ?? DistributedRouter(policy, settings: settings)
    routers.append(router)
    return router
  }
}

extension ForwardingPolicy {
  /// Whether another policy has the same where an edit was made.
  fileprivate func isAlike(_ other: ForwardingPolicy, at edit: DistributedRouter.Edit) -> Bool {
    switch edit {
    case .moved(let number), .record(let number):
      lookupRecords.entry(number) == other.lookupRecords.entry(number)
    case .route(let number): customerRoutes.entry(number) == other.customerRoutes.entry(number)
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The entry of a number; `nil` where there are fewer.
  fileprivate func entry(_ number: Int) -> Element? { number < count ? self[number] : nil }
}
