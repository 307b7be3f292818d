import HNVCore
import Testing

/// Wildcards and external routers: Microsoft's gateway samples, and the page of
/// Set-NetVirtualizationGlobal.
struct GatewayTests {
  private typealias Index = Article.Index

  private func fromOutside(_ article: Article, to machine: Article.Machine) throws -> EthernetFrame
  {
    try EthernetFrame.carrying(
      from: article.outside, article.gateway.macAddress, to: machine.address,
      article.gatewayMAC(of: article.edge),
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
  }

  @Test(arguments: IPFamily.allCases)
  func `anything may come from behind a gateway that has a wildcard, from none that has not`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var policy = try article.policy()
    let frame = try fromOutside(article, to: article.a)
    #expect(try InstantNetwork(policy).send(frame, from: article.gateway).arrival?.machine == "A")
    policy.hosts[2].policy.forwarding.lookupRecords[Index.wildcard].isUnusable = true
    #expect(
      try InstantNetwork(policy).send(frame, from: article.gateway).refusal
        == .invalidSource(article.outside, article.gateway.macAddress, article.edge))
  }

  @Test(arguments: IPFamily.allCases)
  func `a wildcard speaks for its own MAC address and family`(family: IPFamily) throws {
    let article = try Article(family)
    for change: @Sendable (inout LookupRecord) -> Void in [
      { $0.macAddress = MACAddress(bits: 0xdead) },
      { $0.customerAddress = IPPrefix.everything(family == .v4 ? .v6 : .v4).address },
    ] {
      var policy = try article.policy()
      policy.tellAll { change(&$0.lookupRecords[Index.wildcard]) }
      let journey = try InstantNetwork(policy).send(
        fromOutside(article, to: article.a), from: article.gateway)
      #expect(
        journey.refusal
          == .invalidSource(article.outside, article.gateway.macAddress, article.edge))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `an exact record comes before a wildcard that forwards`(family: IPFamily) throws {
    var article = try Article(family)
    article.settings.wildcardUse = .forwarding
    article.settings.wildcardScope = .routingDomain
    let network = InstantNetwork(try article.policy())
    let exact = try network.send(article.frame(from: article.a, to: article.x), from: article.a)
    #expect(exact.arrival?.machine == "X")
    let nobody = try article.address(.servers, 99)
    let lost = try article.frame(
      from: article.a, to: nobody, mac: article.gatewayMAC(of: article.clients))
    #expect(try network.send(lost, from: article.a).arrival?.machine == "GW")
  }

  @Test(arguments: IPFamily.allCases)
  func `a wildcard that forwards takes nothing of another routing domain`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    article.settings.wildcardUse = .forwarding
    article.settings.wildcardScope = .routingDomain
    let frame = try article.frame(
      from: article.z, to: article.b.address, mac: article.gatewayMAC(of: article.strangers))
    let journey = try InstantNetwork(article.policy()).send(frame, from: article.z)
    #expect(
      journey.refusal
        == .noRecord(article.b.address, article.strangers, route: Index.strangersRoute))
  }

  @Test(arguments: IPFamily.allCases)
  func `with an external router only its routes lead out of a subnet`(family: IPFamily) throws {
    var article = try Article(family)
    article.settings.externalRouter = .used
    let network = InstantNetwork(try article.policy())
    let within = try network.send(article.frame(from: article.a, to: article.b), from: article.a)
    #expect(within.arrival?.machine == "B")
    let out = try network.send(article.frame(from: article.a, to: article.x), from: article.a)
    #expect(out.arrival?.machine == "GW")
    #expect(out.tunnel?.virtualSubnetID == article.edge)
    var policy = try article.policy()
    policy.tellAll { $0.customerRoutes.remove(at: Index.defaultRoute) }
    #expect(
      try InstantNetwork(policy).send(
        article.frame(from: article.a, to: article.x), from: article.a
      )
      .refusal == .noRoute(article.x.address, article.tenant))
  }

  @Test(arguments: IPFamily.allCases, ExternalRouterUse.allCases)
  func `Select-NetVirtualizationNextHop answers as a packet is forwarded`(
    family: IPFamily, use: ExternalRouterUse
  ) throws {
    var article = try Article(family)
    article.settings.externalRouter = use
    let answer = try DistributedRouter(article.forwarding(), settings: article.settings)
      .selectNextHop(from: article.a.address, to: article.x.address, in: article.clients)
    #expect(
      answer.nextHopAddress == (use == .used ? article.gateway.address : article.x.address))
  }
}
