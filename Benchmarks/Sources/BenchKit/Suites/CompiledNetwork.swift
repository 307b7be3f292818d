import HNVCore

/// A network's policy and the routers of its hosts: what is built, checked, compiled and changed
/// stands here alone.
struct CompiledNetwork {
  private(set) var policy: NetworkPolicy
  private(set) var routers: [HostRouter]

  /// Compiles a policy that has been checked; hosts that were told the same share the tables.
  init(_ policy: NetworkPolicy) {
    self.policy = policy
    routers = Self.compile(policy)
  }

  private static func compile(_ policy: NetworkPolicy) -> [HostRouter] {
    var compiled: [DistributedRouter] = []
    return policy.hosts.map { host in
      let known = compiled.first { $0.policy == host.policy.forwarding }
      let router = known ?? DistributedRouter(host.policy.forwarding, settings: policy.settings)
      if known == nil { compiled.append(router) }
      return HostRouter(name: host.name, policy: host.policy, router: router)
    }
  }

  /// Makes changes, checked, and has the routers obey them.
  mutating func apply(_ changes: [PolicyChange]) throws(Faults) {
    try policy.apply(changes)
    routers = Self.compile(policy)
  }
}
