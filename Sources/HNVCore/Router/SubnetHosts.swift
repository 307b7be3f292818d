/// Which hosts have ports of which virtual subnet.
struct SubnetHosts: Sendable {
  private var hosts: [VirtualSubnetID: [UInt32]] = [:]

  init(_ routers: [HostRouter]) {
    for (number, router) in routers.enumerated() { add(router.local.virtualSubnetIDs, of: number) }
    // Without the room for more that growing leaves: a network has many virtual subnets.
    hosts = hosts.mapValues { hosts in hosts.map { $0 } }
  }

  /// The hosts that have ports of a virtual subnet, in no order that says anything.
  func hosts(in subnet: VirtualSubnetID) -> [Int] { (hosts[subnet] ?? []).map { Int($0) } }

  /// Takes in that a host has other ports than before.
  mutating func update(_ host: Int, from before: HostRouter, to after: HostRouter) {
    let (old, new) = (Set(before.local.virtualSubnetIDs), Set(after.local.virtualSubnetIDs))
    for subnet in old.subtracting(new) { hosts[subnet]?.removeAll { $0 == host } }
    add(new.subtracting(old), of: host)
  }

  private mutating func add(_ subnets: some Sequence<VirtualSubnetID>, of host: Int) {
    for subnet in subnets {
      hosts[subnet, default: []].append(UInt32(truncatingIfNeeded: host))
    }
  }
}
