import Testing

@testable import HNVCore

/// The article's network, frame by frame, in both families.
struct ArticleForwardingTests {
  @Test(arguments: IPFamily.allCases, [0, 1])
  func `within a subnet a frame arrives as it was sent, wherever its receiver is`(
    family: IPFamily, host: Int
  ) throws {
    var article = try Article(family)
    article.b.host = host
    let sent = try article.frame(from: article.a, to: article.b, timeToLive: 1)
    let journey = try InstantNetwork(article.policy()).send(sent, from: article.a)
    #expect(journey.arrival?.frame == sent)
    #expect(journey.arrival?.machine == "B")
    #expect(
      journey.tunnel
        == (host == article.a.host
          ? nil
          : Tunnel(
            virtualSubnetID: article.clients, source: Article.provider(0),
            destination: Article.provider(1), encapsulation: .nvgre, entropy: 0,
            differentiatedServices: 0, dontFragment: true)))
  }

  @Test(arguments: IPFamily.allCases, [0, 1])
  func `between subnets the MAC is rewritten and the TTL decremented`(
    family: IPFamily, host: Int
  ) throws {
    var article = try Article(family)
    article.x.host = host
    let sent = try article.frame(from: article.b, to: article.x, timeToLive: 64)
    let journey = try InstantNetwork(article.policy()).send(sent, from: article.b)
    var expected = try article.frame(
      from: article.b, to: article.x.address, mac: article.x.macAddress, timeToLive: 63)
    expected.source = article.b.macAddress
    #expect(journey.arrival?.frame == expected)
    #expect(journey.arrival?.machine == "X")
    #expect(journey.tunnel?.virtualSubnetID == (host == 0 ? nil : article.servers))
    #expect(journey.tunnel?.destination == (host == 0 ? nil : Article.provider(1)))
  }

  @Test(arguments: IPFamily.allCases)
  func `the destination MAC is ignored between subnets`(family: IPFamily) throws {
    let article = try Article(family)
    let fabric = InstantNetwork(try article.policy())
    let macs = [
      article.gatewayMAC(of: article.clients), article.a.macAddress, article.x.macAddress,
      MACAddress(bits: 0xdead), MACAddress.broadcast,
    ]
    let decisions = try macs.map {
      try fabric.send(
        article.frame(from: article.b, to: article.x.address, mac: $0), from: article.b
      ).decision
    }
    #expect(Set(decisions).count == 1)
  }

  @Test(arguments: IPFamily.allCases)
  func `everything else goes to the gateway, and its replies come back`(family: IPFamily) throws {
    let article = try Article(family)
    let fabric = InstantNetwork(try article.policy())
    let out = try fabric.send(
      article.frame(
        from: article.a, to: article.outside, mac: article.gatewayMAC(of: article.clients)),
      from: article.a)
    #expect(out.arrival?.machine == "GW")
    #expect(out.arrival?.frame.destination == article.gateway.macAddress)
    #expect(out.arrival?.frame.packet?.destination == article.outside)
    #expect(out.arrival?.frame.packet?.timeToLive == 63)
    #expect(out.tunnel?.virtualSubnetID == article.edge)

    let reply = try EthernetFrame.carrying(
      from: article.outside, article.gateway.macAddress, to: article.a.address,
      article.gatewayMAC(of: article.edge), timeToLive: 50,
      .udp(UDPDatagram(sourcePort: 2000, destinationPort: 1000)))
    let back = try fabric.send(reply, from: article.gateway)
    #expect(back.arrival?.machine == "A")
    #expect(back.arrival?.frame.packet?.timeToLive == 49)
    #expect(back.tunnel?.virtualSubnetID == article.clients)
  }

  @Test(arguments: IPFamily.allCases)
  func `a stranger with A's address is alone with the gateway address`(family: IPFamily) throws {
    let article = try Article(family)
    let fabric = InstantNetwork(try article.policy())
    let gateway = article.gatewayMAC(of: article.strangers)
    for (destination, refusal) in [
      (article.b.address, Refusal.noRecord(article.b.address, article.strangers, route: 4)),
      (article.x.address, .noRoute(article.x.address, article.stranger)),
      (article.outside, .noRoute(article.outside, article.stranger)),
    ] {
      let journey = try fabric.send(
        article.frame(from: article.z, to: destination, mac: gateway), from: article.z)
      #expect(journey.refusal == refusal)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `a record that one host never received stops the packet there only`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var policy = try article.policy()
    policy.hosts[1].policy.forwarding.lookupRecords.remove(at: Article.Index.a)
    let fabric = InstantNetwork(policy)
    let there = try fabric.send(article.frame(from: article.a, to: article.x), from: article.a)
    #expect(there.arrival?.machine == "X")
    let back = try fabric.send(article.frame(from: article.x, to: article.a), from: article.x)
    #expect(
      back.refusal
        == .noRecord(article.a.address, article.clients, route: Article.Index.clientsRoute))
    let near = fabric.hosts[1].router.nearRecords(for: article.a.address, in: article.clients)
    #expect(near == [Article.Index.z - 1])
  }

  @Test(arguments: IPFamily.allCases)
  func `the grounds say what was found wherever the host looked`(family: IPFamily) throws {
    let article = try Article(family)
    let fabric = InstantNetwork(try article.policy())
    let grounds = fabric.hosts[0].decide(
      try article.frame(
        from: article.b, to: article.outside, mac: article.gatewayMAC(of: article.clients)),
      from: 1
    ).grounds
    #expect(grounds.outbound == .nothing)
    #expect(grounds.sender == .record(Article.Index.b))
    #expect(grounds.route == .route(Article.Index.defaultRoute))
    #expect(grounds.record == Article.Index.gateway)
    #expect(grounds.steps == [.resolved, .crossed])
    #expect(grounds.inbound == nil)
  }
}
