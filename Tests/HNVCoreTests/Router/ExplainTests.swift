import HNVCore
import Testing

/// What was beaten and what came near, on the article's network.
struct ExplainTests {
  private typealias Index = Article.Index
  private typealias NotChosen = DistributedRouter.NotChosen

  private func notChosen(
    _ article: Article, for destination: IPAddress,
    _ change: (inout ForwardingPolicy) throws -> Void = { _ in }
  ) throws -> [NotChosen] {
    var forwarding = try article.forwarding()
    try change(&forwarding)
    let router = DistributedRouter(forwarding, settings: article.settings)
    let match = try #require(router.entry(for: destination, in: article.tenant))
    return router.notChosen(by: match, for: destination, in: article.tenant)
  }

  private func losers(_ notChosen: [NotChosen]) -> [RouteEntry] { notChosen.map(\.entry) }
  private func causes(_ notChosen: [NotChosen]) -> [NotChosen.Cause] { notChosen.map(\.cause) }

  @Test(arguments: IPFamily.allCases)
  func `a record beats its subnet's route and the default route`(family: IPFamily) throws {
    let article = try Article(family)
    let notChosen = try notChosen(article, for: article.x.address)
    #expect(losers(notChosen) == [.route(Index.serversRoute), .route(Index.defaultRoute)])
    #expect(causes(notChosen) == [.shorterPrefix, .shorterPrefix])
  }

  @Test(arguments: IPFamily.allCases)
  func `routes of one prefix lose by metric or by place, a host route to a record`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    let notChosen = try notChosen(article, for: article.x.address) { forwarding in
      forwarding.customerRoutes.append(
        article.via(article.gateway.address, IPPrefix(host: article.x.address)))
    }
    #expect(losers(notChosen).first == .route(Index.nextRoute))
    #expect(causes(notChosen) == [.recordFirst, .shorterPrefix, .shorterPrefix])
    let routes = try self.notChosen(article, for: article.outside) { forwarding in
      forwarding.customerRoutes.append(
        article.via(article.x.address, .everything(family), metric: 1))
      forwarding.customerRoutes.append(article.via(article.a.address, .everything(family)))
    }
    #expect(losers(routes) == [.route(Index.nextRoute), .route(Index.nextRoute + 1)])
    #expect(causes(routes) == [.higherMetric, .higherMetric])
  }

  @Test(arguments: IPFamily.allCases)
  func `where routes come first the record is beaten`(family: IPFamily) throws {
    var article = try Article(family)
    article.settings.recordPrecedence = .routeFirst
    let notChosen = try notChosen(article, for: article.x.address) { forwarding in
      forwarding.customerRoutes.append(
        article.via(article.gateway.address, try article.prefix(.servers, leaving: 5)))
    }
    #expect(
      losers(notChosen)
        == [.record(Index.x), .route(Index.serversRoute), .route(Index.defaultRoute)])
    #expect(causes(notChosen) == [.routeFirst, .shorterPrefix, .shorterPrefix])
  }

  @Test(arguments: IPFamily.allCases)
  func `the same address learned in another subnet is beaten by the record before it`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    let notChosen = try notChosen(article, for: article.x.address) { forwarding in
      var elsewhere = article.record(of: article.x)
      elsewhere.virtualSubnetID = article.clients
      elsewhere.type = .dynamic
      forwarding.lookupRecords.append(elsewhere)
    }
    #expect(losers(notChosen).first == .record(Index.nextRecord))
    #expect(causes(notChosen).first == .higherMetric)
  }

  @Test(arguments: IPFamily.allCases)
  func `the nearest miss is the entry that shares the most with the destination`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var forwarding = try article.forwarding()
    forwarding.customerRoutes.remove(at: Index.defaultRoute)
    let router = DistributedRouter(forwarding, settings: article.settings)
    let nobody = try article.address(.servers, 99)
    // .1 and .11 are equally near; the lower one counts.
    #expect(
      router.nearestMiss(for: nobody, in: article.tenant) == .record(Index.serversGateway))
    let other = try Article(family == .v4 ? .v6 : .v4)
    #expect(router.nearestMiss(for: other.x.address, in: article.tenant) == nil)
    #expect(router.nearestMiss(for: nobody, in: RoutingDomainID(bits: 9)) == nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `near records are those of other subnets and those not fit for use`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var forwarding = try article.forwarding()
    forwarding.lookupRecords[Index.a].isUnusable = true
    let router = DistributedRouter(forwarding)
    #expect(router.nearRecords(for: article.a.address, in: article.clients) == [Index.a, Index.z])
    #expect(router.nearRecords(for: article.b.address, in: article.clients) == [])
    #expect(router.nearRecords(for: article.b.address, in: article.servers) == [Index.b])
  }

  @Test(arguments: IPFamily.allCases)
  func `the table lists its entries by prefix`(family: IPFamily) throws {
    let article = try Article(family)
    let router = DistributedRouter(try article.forwarding())
    #expect(router.routingDomains == [article.tenant, article.stranger])
    #expect(
      router.entries(in: article.tenant) == [
        .route(Index.defaultRoute), .route(Index.clientsRoute), .record(Index.clientsGateway),
        .record(Index.a), .record(Index.b), .route(Index.edgeRoute), .record(Index.edgeGateway),
        .record(Index.gateway), .route(Index.serversRoute), .record(Index.serversGateway),
        .record(Index.x),
      ])
    #expect(router.entries(in: RoutingDomainID(bits: 9)) == [])
  }
}
