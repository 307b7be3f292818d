/// Routers of one network, each different policy compiled once.
package struct RouterPool: Sendable {
  let settings: Settings
  private(set) var routers: [DistributedRouter] = []

  init(settings: Settings) { self.settings = settings }

  /// The different routers of a network.
  init(settings: Settings, routers: [DistributedRouter]) {
    self.settings = settings
    self.routers = routers
  }

  /// The routers that hosts have by now.
  package init(settings: Settings, of hosts: [HostRouter]) {
    self.init(settings: settings, routers: HostGroups(hosts).routers)
  }

  /// The router of a policy: one that is there, or else a new one.
  ///
  /// - Complexity: constant time where the policy shares its storage with that of the last router,
  ///   else a comparison with that of each, and a compilation where none is equal.
  package mutating func router(of policy: ForwardingPolicy) -> DistributedRouter {
    router(of: policy, nil)
  }

  /// The router of a policy that came about by edits of another one's.
  package mutating func router(
    of policy: ForwardingPolicy, after before: DistributedRouter, by edits: Set<ForwardingEdit>
  ) -> DistributedRouter {
    router(of: policy, (before, edits))
  }

  private mutating func router(
    of policy: ForwardingPolicy,
    _ change: (before: DistributedRouter, edits: Set<ForwardingEdit>)?
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

extension HostRouter {
  /// The same host with other records and routes; `policy` has them, and the ports that it had.
  package func with(_ router: DistributedRouter, of policy: HostPolicy) -> HostRouter {
    router.hasSubnets(of: self.router)
      ? HostRouter(self, router: router)
      : HostRouter(name: name, policy: policy, router: router)
  }
}

extension ForwardingPolicy {
  /// Whether another policy has the same where an edit was made.
  fileprivate func isAlike(_ other: ForwardingPolicy, at edit: ForwardingEdit) -> Bool {
    switch edit {
    case .moved(let number), .record(let number):
      lookupRecords.entry(number) == other.lookupRecords.entry(number)
    case .route(let number): customerRoutes.entry(number) == other.customerRoutes.entry(number)
    case .other: true
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The entry of a number; `nil` where there are fewer.
  func entry(_ number: Int) -> Element? { indices.contains(number) ? self[number] : nil }
}
