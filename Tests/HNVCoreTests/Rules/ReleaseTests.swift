import HNVCore
import Testing

/// Where Windows Server 2012, 2012 R2 and 2016 differ, seen on one network.
struct ReleaseTests {
  /// What each release does, in the order 2012, 2012 R2, 2016.
  static let table: [(topic: String, expected: [String])] = [
    // ipSpace, December 2013: a filter below the switch, then the switch itself.
    ("a frame to another MAC address of the same host and subnet", ["B", "X", "X"]),
    // ipSpace, December 2013; Microsoft on 2016: unicast replication only.
    ("a group, beside the sender's host", ["nowhere", "239.1.1.1", "192.168.1.2"]),
    // ipSpace, December 2013; the Microsoft Press book; Microsoft on 2016.
    ("a question that no record answers", ["neighborUnknown", "B, C", "neighborUnknown"]),
    // ipSpace, August 2013.
    ("what an announcement teaches", ["nothing", "an address", "nothing"]),
    // [MS-NVGREE] applies to NVGRE of 2012 R2 and 2016; 2016 defaults to VXLAN.
    ("what a host says that has no policy", ["nothing", "UNREACHABLE", "nothing"]),
    ("what carries a frame", ["gre", "gre", "udp"]),
    // The article; Microsoft's 2012 example with both in one subnet.
    ("an external gateway among machines", ["allowed", "refused", "refused"]),
  ]

  @Test(arguments: Release.allCases, IPFamily.allCases)
  func `each release does as its row says`(release: Release, family: IPFamily) throws {
    let column = try #require(Release.allCases.firstIndex(of: release))
    var article = try Article(family)
    article.settings = Settings(release)
    try article.addNewcomer(on: 1)
    let observations = try observe(article)
    for (topic, expected) in Self.table {
      #expect(observations[topic] == expected[column], "\(topic)")
    }
    #expect(observations.count == Self.table.count)
  }

  @Test func `no two releases have the same column`() {
    let columns = Release.allCases.indices.map { column in Self.table.map { $0.expected[column] } }
    #expect(Set(columns).count == Release.allCases.count)
  }

  private func observe(_ article: Article) throws -> [String: String] {
    var policy = try article.policy()
    policy.tellAll {
      $0.lookupRecords.append(
        LookupRecord(
          customerAddress: article.group, virtualSubnetID: article.clients,
          macAddress: .broadcast, providerAddress: GroupTests.providerGroup))
    }
    let fabric = InstantNetwork(policy)
    let (a, c) = (article.a, article.newcomers[0])
    func send(_ frame: EthernetFrame, from sender: Article.Machine) throws -> InstantNetwork.Journey
    {
      try fabric.send(frame, from: sender)
    }
    let crossed = try article.frame(from: a, to: article.x.address, mac: article.b.macAddress)
    let group = try article.frame(from: a, to: article.group, mac: .broadcast)
    let question = try article.question(from: a, for: article.address(.clients, 99))
    let announcement = try EthernetFrame.announcement(of: c.address, c.macAddress)
    let routed = try article.frame(from: a, to: article.x)
    var emptied = policy
    emptied.hosts[1].policy.forwarding.lookupRecords.removeAll {
      $0.customerAddress == article.x.address
    }
    let tunnel = try #require(try send(routed, from: a).tunnel)
    var shared = try article.policy()
    shared.tellAll {
      $0.customerRoutes[Article.Index.defaultRoute] = article.via(
        article.b.address, .everything(article.family), in: article.clients)
    }
    let isRefused = shared.check().contains { $0.rule == .externalGatewaySubnet }
    let learned = try send(announcement, from: c).outcome.changes.learned
    let notices = try InstantNetwork(emptied).send(routed, from: a).notices
    return [
      "a frame to another MAC address of the same host and subnet":
        try send(crossed, from: a).words,
      "a group, beside the sender's host":
        try send(group, from: a).tunnel.map { "\($0.destination)" } ?? "nowhere",
      "a question that no record answers": try send(question, from: a).words,
      "what an announcement teaches": learned == nil ? "nothing" : "an address",
      "what a host says that has no policy": notices == [.unreachable] ? "UNREACHABLE" : "nothing",
      "what carries a frame": "\(tunnel.transport(carrying: routed).ipProtocol)",
      "an external gateway among machines": isRefused ? "refused" : "allowed",
    ]
  }
}
