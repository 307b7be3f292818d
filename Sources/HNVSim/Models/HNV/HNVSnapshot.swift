import HNVCore

/// What every host holds at one time; it never changes, so that a fact can refer to it.
final class HNVSnapshot: Sendable {
  let network: HNVNetwork
  let policy: NetworkPolicy
  let routers: [HostRouter]

  init(_ network: HNVNetwork, _ policy: NetworkPolicy, _ routers: [HostRouter]) {
    self.network = network
    self.policy = policy
    self.routers = routers
  }

  /// The lab's initial state.
  convenience init(of network: HNVNetwork) {
    self.init(network, network.policy, network.routers)
  }
}
