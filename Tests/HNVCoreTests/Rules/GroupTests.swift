import HNVCore
import Testing

/// Multicast and broadcast: "ipSpace, December 2013" on 2012 and 2012 R2, Microsoft's page on 2016.
struct GroupTests {
  static let providerGroup = IPAddress.v4(IPv4Address(239, 1, 1, 1))

  /// A and B on the first host, C and D on the second, E on the third: all clients.
  private func article(_ family: IPFamily = .v4) throws -> Article {
    var article = try Article(family)
    for (number, host) in [(50, 1), (51, 1), (52, 2)] {
      try article.addNewcomer(on: host, number: number)
    }
    return article
  }

  private func toGroup(_ article: Article) throws -> EthernetFrame {
    try article.frame(from: article.a, to: article.group, mac: .broadcast)
  }

  @Test(arguments: IPFamily.allCases)
  func `without a group record each host of the subnet gets one copy, and nobody beyond it`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let sent = try toGroup(article)
    let journey = try InstantNetwork(article.policy()).send(sent, from: article.a)
    #expect(journey.tunnels.map(\.destination) == [Article.provider(1), Article.provider(2)])
    #expect(journey.tunnels.allSatisfy { $0.virtualSubnetID == article.clients })
    // Neither X, GW nor Z, and not A itself.
    #expect(journey.machines == ["B", "C", "C51", "C52"])
    #expect(journey.arrivals.allSatisfy { $0.frame == sent })
  }

  @Test(arguments: IPFamily.allCases)
  func `a group record has one packet sent to its provider group`(family: IPFamily) throws {
    let article = try article(family)
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords.append(groupRecord(article, article.clients)) }
    let journey = try InstantNetwork(policy).send(toGroup(article), from: article.a)
    #expect(journey.tunnels.map(\.destination) == [Self.providerGroup])
    #expect(journey.machines == ["B", "C", "C51", "C52"])
  }

  @Test
  func `a record of another subnet, of another group or without a provider group maps nothing`()
    throws
  {
    let article = try article()
    var elsewhere = groupRecord(article, article.servers)
    var other = groupRecord(article, article.clients)
    other.customerAddress = .v4(IPv4Address(224, 0, 0, 9))
    var host = groupRecord(article, article.clients)
    host.providerAddress = Article.provider(1)
    elsewhere.macAddress = .broadcast
    for record in [elsewhere, other, host] {
      var policy = try article.policy()
      policy.tellAll { $0.lookupRecords.append(record) }
      let journey = try InstantNetwork(policy).send(toGroup(article), from: article.a)
      #expect(journey.tunnels.map(\.destination) == [Article.provider(1), Article.provider(2)])
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `under 2012 a group is its machines of the same host`(family: IPFamily) throws {
    var article = try article(family)
    article.settings = Settings(.windowsServer2012)
    let journey = try InstantNetwork(article.policy()).send(toGroup(article), from: article.a)
    #expect(journey.tunnels.isEmpty)
    #expect(journey.machines == ["B"])
  }

  @Test(arguments: IPFamily.allCases)
  func `under 2016 a group record counts for nothing`(family: IPFamily) throws {
    var article = try article(family)
    article.settings = Settings(.windowsServer2016)
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords.append(groupRecord(article, article.clients)) }
    let journey = try InstantNetwork(policy).send(toGroup(article), from: article.a)
    #expect(journey.tunnels.map(\.destination) == [Article.provider(1), Article.provider(2)])
  }

  @Test func `each receiver's access rules decide about its own copy`() throws {
    var article = try article()
    article.b.rules = [AccessRule(name: "no", action: .deny, direction: .inbound, weight: 1)]
    let journey = try InstantNetwork(article.policy()).send(toGroup(article), from: article.a)
    #expect(journey.machines == ["C", "C51", "C52"])
    #expect(journey.refusals == [.denied(.inbound, port: 1, .extended(0))])
  }

  @Test func `both broadcasts of IPv4 are groups, the highest address by setting`() throws {
    let article = try article()
    for address in [.v4(IPv4Address(bits: .max)), try article.prefix(.clients).last] {
      let frame = try article.frame(from: article.a, to: address, mac: .broadcast)
      let journey = try InstantNetwork(article.policy()).send(frame, from: article.a)
      #expect(journey.machines == ["B", "C", "C51", "C52"])
    }
    // RFC 919: the broadcast of another subnet is an address like any other to these.
    let other = try article.prefix(.servers).last
    let frame = try article.frame(from: article.a, to: other, mac: .broadcast)
    let journey = try InstantNetwork(article.policy()).send(frame, from: article.a)
    #expect(
      journey.refusal == .noRecord(other, article.servers, route: Article.Index.serversRoute))
  }

  @Test func `the highest address of IPv6 subnets and of links of two is no group`() throws {
    #expect(try Article(.v6).prefix(.clients).broadcast == nil)
    #expect(try Article().prefix(.clients, leaving: 1).broadcast == nil)
    #expect(try Article().prefix(.clients, leaving: 0).broadcast == nil)
    #expect(try Article().prefix(.clients, leaving: 2).broadcast == Article().address(.clients, 3))
  }

  @Test(arguments: IPFamily.allCases)
  func `unusable records and the gateway's name no host`(family: IPFamily) throws {
    let article = try article(family)
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords[Article.Index.nextRecord + 2].isUnusable = true }
    let journey = try InstantNetwork(policy).send(toGroup(article), from: article.a)
    #expect(journey.tunnels.map(\.destination) == [Article.provider(1)])
  }

  /// OpenStack's driver: without an L2Only record of the client, a DHCP offer does not arrive.
  @Test func `DHCP passes both ways where its client has an L2Only record`() throws {
    let article = try article()
    let client = article.newcomers[0]
    let all = IPAddress.v4(IPv4Address(bits: .max))
    let nobody = IPAddress.v4(IPv4Address(bits: 0))
    let discover = try EthernetFrame.carrying(
      from: nobody, client.macAddress, to: all, .broadcast,
      .udp(UDPDatagram(sourcePort: 68, destinationPort: 67)))
    let asked = try InstantNetwork(article.policy()).send(discover, from: client)
    #expect(asked.machines == ["A", "B", "C51", "C52"])
    #expect(asked.outcome.changes.learned == nil)
    let offer = try article.frame(
      from: article.b, to: client.address, mac: client.macAddress, timeToLive: 1,
      .udp(UDPDatagram(sourcePort: 67, destinationPort: 68)))
    let offered = try InstantNetwork(article.policy()).send(offer, from: article.b)
    #expect(offered.arrivals == [InstantNetwork.Arrival(frame: offer, machine: "C")])
    var stranger = article
    stranger.newcomers.remove(at: 0)
    let unheard = try InstantNetwork(stranger.policy()).send(offer, from: stranger.b)
    #expect(
      unheard.refusal
        == .noRecord(client.address, article.clients, route: Article.Index.clientsRoute))
  }

  private func groupRecord(_ article: Article, _ subnet: VirtualSubnetID) -> LookupRecord {
    LookupRecord(
      customerAddress: article.group, virtualSubnetID: subnet, macAddress: .broadcast,
      providerAddress: Self.providerGroup)
  }
}
