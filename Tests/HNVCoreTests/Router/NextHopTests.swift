import HNVCore
import Testing

/// Select-NetVirtualizationNextHop: six fields from the tables alone.
struct NextHopTests {
  private func lookup(
    _ article: Article, from source: IPAddress?, to destination: IPAddress,
    in subnet: VirtualSubnetID? = nil
  ) throws -> NextHopLookup {
    try DistributedRouter(article.forwarding(), settings: article.settings)
      .selectNextHop(from: source, to: destination, in: subnet ?? article.clients)
  }

  @Test(arguments: IPFamily.allCases, NextHopAnswerBetweenSubnets.allCases)
  func `within a subnet the next hop is the destination`(
    family: IPFamily, answer: NextHopAnswerBetweenSubnets
  ) throws {
    var article = try Article(family)
    article.settings.nextHopAnswer = answer
    let lookup = try lookup(article, from: article.a.address, to: article.b.address)
    #expect(lookup.sourceCustomerAddress == article.a.address)
    #expect(lookup.destinationCustomerAddress == article.b.address)
    #expect(lookup.sourceVirtualSubnetID == article.clients)
    #expect(lookup.nextHopAddress == article.b.address)
    #expect(lookup.sourceMACAddress == article.a.macAddress)
    #expect(lookup.nextHopMACAddress == article.b.macAddress)
  }

  @Test(arguments: IPFamily.allCases, NextHopAnswerBetweenSubnets.allCases)
  func `between subnets it is the machine, and the MAC as the setting says`(
    family: IPFamily, answer: NextHopAnswerBetweenSubnets
  ) throws {
    var article = try Article(family)
    article.settings.nextHopAnswer = answer
    let inside = try lookup(article, from: article.a.address, to: article.x.address)
    let outside = try lookup(article, from: article.a.address, to: article.outside)
    #expect(inside.nextHopAddress == article.x.address)
    #expect(outside.nextHopAddress == article.gateway.address)
    #expect(outside.destinationCustomerAddress == article.outside)
    switch answer {
    case .machine:
      #expect(inside.nextHopMACAddress == article.x.macAddress)
      #expect(outside.nextHopMACAddress == article.gateway.macAddress)
    case .gateway:
      #expect(inside.nextHopMACAddress == article.gatewayMAC(of: article.clients))
      #expect(outside.nextHopMACAddress == article.gatewayMAC(of: article.clients))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `without a gateway record the machine's MAC is given`(family: IPFamily) throws {
    var article = try Article(family)
    article.settings.nextHopAnswer = .gateway
    var forwarding = try article.forwarding()
    forwarding.lookupRecords.removeFirst()
    let lookup = try DistributedRouter(forwarding, settings: article.settings)
      .selectNextHop(from: nil, to: article.x.address, in: article.clients)
    #expect(lookup.nextHopMACAddress == article.x.macAddress)
  }

  @Test(arguments: IPFamily.allCases)
  func `the source may be left out or unknown`(family: IPFamily) throws {
    let article = try Article(family)
    for source in [nil, article.outside, article.x.address] {
      let lookup = try lookup(article, from: source, to: article.b.address)
      #expect(lookup.sourceCustomerAddress == source)
      #expect(lookup.sourceMACAddress == nil)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `a miss is the refusal that a packet would meet`(family: IPFamily) throws {
    let article = try Article(family)
    let unknown = try VirtualSubnetID(9999)
    let nobody = try article.address(.servers, 99)
    #expect(throws: Refusal.unknownVirtualSubnet(unknown)) {
      try lookup(article, from: nil, to: article.b.address, in: unknown)
    }
    #expect(throws: Refusal.noRoute(article.outside, article.stranger)) {
      try lookup(article, from: nil, to: article.outside, in: article.strangers)
    }
    #expect(
      throws: Refusal.noRecord(nobody, article.servers, route: Article.Index.serversRoute)
    ) {
      try lookup(article, from: nil, to: nobody)
    }
  }
}
