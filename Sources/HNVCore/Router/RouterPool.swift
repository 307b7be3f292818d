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
