import Testing

@testable import HNVCore

/// Groups of hosts against what each host was given.
struct HostGroupsTests {
  @Test(arguments: UInt64(0)..<8)
  func `hosts are in one group exactly when they have one router`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let known = (0..<4).map { _ in DistributedRouter(ForwardingPolicy()) }
    var given = (0..<9).map { _ in known[Int.random(in: 0..<4, using: &random)] }
    var groups = HostGroups(
      given.map { HostRouter(name: "", policy: HostPolicy(), router: $0) })
    expect(groups, given)
    for _ in 0..<50 {
      let hosts = given.indices.filter { _ in random.hits(1, in: 3) }
      let routers = hosts.map { _ in
        random.hits(1, in: 5)
          ? DistributedRouter(ForwardingPolicy()) : known[Int.random(in: 0..<4, using: &random)]
      }
      let before = (groups.regroupings, partition(given))
      for (host, router) in zip(hosts, routers) { given[host] = router }
      groups.assign(zip(hosts, routers).map { ($0, $1) })
      expect(groups, given)
      if partition(given) != before.1 { #expect(groups.regroupings > before.0) }
    }
  }

  /// The first host that shares a router with each.
  private func partition(_ routers: [DistributedRouter]) -> [Int?] {
    routers.map { router in routers.firstIndex { $0 === router } }
  }

  private func expect(_ groups: HostGroups, _ given: [DistributedRouter]) {
    #expect(given.indices.allSatisfy { groups.router(of: $0) === given[$0] })
    let firsts = Set(partition(given)).compactMap { $0 }.sorted()
    #expect(groups.inOrder.map(\.first) == firsts)
    for group in groups.inOrder {
      let members = given.indices.filter { given[$0] === group.router }
      #expect(group.hosts.map { Int($0) } == members)
      #expect(Set(members.map { groups.group(of: $0) }).count == 1)
    }
    #expect(groups.routers.count == firsts.count)
  }
}
