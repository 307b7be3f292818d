import Testing

@testable import HNVCore

/// Questions that no record answers: the Microsoft Press book and ipSpace, December 2013.
struct FloodingTests {
  /// C on the second host and C51 on the first, beside A, have L2Only records; B, which has a
  /// record of its address, is on the third.
  private func article(_ family: IPFamily) throws -> Article {
    var article = try Article(family)
    try article.addNewcomer(on: 1)
    article.b.host = 2
    try article.addNewcomer(on: 0, number: 51)
    return article
  }

  @Test(arguments: IPFamily.allCases)
  func `copies go to machines here and to the hosts of L2Only records, in the subnet alone`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let question = try article.question(from: article.a, for: try article.address(.clients, 99))
    let journey = try InstantNetwork(article.policy()).send(question, from: article.a)
    // B's host has a record of B, and none that is L2Only.
    #expect(journey.tunnels.map(\.destination) == [Article.provider(1)])
    #expect(journey.tunnels.map(\.source) == [Article.provider(0)])
    #expect(journey.tunnels.map(\.virtualSubnetID) == [article.clients])
    #expect(journey.machines == ["C", "C51"])
    #expect(journey.arrivals.allSatisfy { $0.frame == question })
  }

  @Test(arguments: IPFamily.allCases)
  func `only its first question is flooded: then the host answers of itself`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let c = article.newcomers[0]
    var policy = try article.policy()
    let answer = try EthernetFrame.answer(
      from: c.address, c.macAddress, to: article.a.address, article.a.macAddress)
    let journey = try InstantNetwork(policy).send(answer, from: c)
    #expect(journey.arrival?.machine == "A")
    let l2Only = Article.Index.nextRecord
    let learned = LearnedAddress(address: c.address, record: l2Only)
    #expect(journey.outcome.changes.learned == learned)
    // A's host hears the answer come out of the tunnel.
    let tunnel = try #require(journey.tunnel)
    let received = InstantNetwork(policy).hosts[0].receive(
      answer, in: article.clients, from: tunnel.source, at: tunnel.destination)
    #expect(received.changes.learned == learned)
    policy.hosts[0].policy.forwarding.learn(learned)
    let records = policy.hosts[0].policy.forwarding.lookupRecords.filter {
      $0.macAddress == c.macAddress
    }
    #expect(records.map(\.type) == [.l2Only, .dynamic])
    #expect(records.map(\.providerAddress) == [Article.provider(1), Article.provider(1)])
    #expect(records[1].customerAddress == c.address)
    let again = try InstantNetwork(policy).send(
      article.question(from: article.a, for: c.address), from: article.a)
    #expect(
      again.decision == .answer(NeighborAnswer(target: c.address, macAddress: c.macAddress)))
    let packet = try article.frame(from: article.a, to: c)
    #expect(try InstantNetwork(policy).send(packet, from: article.a).arrival?.machine == "C")
  }

  @Test(arguments: IPFamily.allCases)
  func `who asks whether an address is free has the question flooded too`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let (a, nowhere) = (article.a, IPPrefix.everything(family).address)
    let probe = try EthernetFrame.question(
      from: nowhere, a.macAddress, for: try article.address(.clients, 99))
    let journey = try InstantNetwork(article.policy()).send(probe, from: a)
    #expect(journey.machines == ["C", "C51"])
    #expect(journey.outcome.changes.learned == nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `a question to one MAC address that no record has is not flooded`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let nobody = try article.address(.clients, 99)
    let probe = try article.question(from: article.a, for: nobody, to: MACAddress(bits: 0xdead))
    let journey = try InstantNetwork(article.policy()).send(probe, from: article.a)
    #expect(journey.refusal == .neighborUnknown(nobody, article.clients))
  }

  @Test(arguments: IPFamily.allCases)
  func `a question to the MAC address of an L2Only record goes to its machine`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let c = article.newcomers[0]
    let probe = try article.question(from: article.a, for: c.address, to: c.macAddress)
    let journey = try InstantNetwork(article.policy()).send(probe, from: article.a)
    #expect(journey.arrivals == [InstantNetwork.Arrival(frame: probe, machine: "C")])
  }

  @Test(arguments: IPFamily.allCases)
  func `L2Only records of another subnet flood nothing`(family: IPFamily) throws {
    let article = try article(family)
    let question = try article.question(from: article.x, for: try article.address(.servers, 99))
    let journey = try InstantNetwork(article.policy()).send(question, from: article.x)
    #expect(
      journey.refusal
        == .neighborUnknown(try article.address(.servers, 99), article.servers))
  }

  @Test(arguments: IPFamily.allCases, [Release.windowsServer2012, .windowsServer2016])
  func `under 2012 and 2016 nobody hears of it`(family: IPFamily, release: Release) throws {
    var article = try article(family)
    article.settings = Settings(release)
    let nobody = try article.address(.clients, 99)
    let journey = try InstantNetwork(article.policy()).send(
      article.question(from: article.a, for: nobody), from: article.a)
    #expect(journey.refusal == .neighborUnknown(nobody, article.clients))
    #expect(journey.outcome.changes == StateChanges())
  }

  /// ipSpace, March 2014: the switch, being the router, blocks rogue router advertisements.
  @Test func `nobody presents itself as a router`() throws {
    let article = try article(.v6)
    let nodes = IPv6Address(bits: 0xff02 << 112 | 1)
    let advertisement = try EthernetFrame.carrying(
      from: article.a.address, article.a.macAddress, to: .v6(nodes), .multicast(for: nodes),
      timeToLive: 255, .icmpv6(.routerAdvertisement(body: [])))
    let journey = try InstantNetwork(article.policy()).send(advertisement, from: article.a)
    #expect(journey.refusal == .routerAdvertisement)
  }
}
