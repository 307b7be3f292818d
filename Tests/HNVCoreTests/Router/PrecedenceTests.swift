import HNVCore
import Testing

/// Record against route, and route against route.
struct PrecedenceTests {
  private typealias Index = Article.Index

  private func entry(
    _ article: Article, for destination: IPAddress,
    _ change: (inout ForwardingPolicy) throws -> Void
  ) throws -> RouteEntry? {
    var forwarding = try article.forwarding()
    try change(&forwarding)
    return DistributedRouter(forwarding, settings: article.settings)
      .entry(for: destination, in: article.tenant)
  }

  @Test(arguments: IPFamily.allCases, RecordPrecedence.allCases)
  func `a record within its on-link prefix is a host route`(
    family: IPFamily, precedence: RecordPrecedence
  ) throws {
    var article = try Article(family)
    article.settings.recordPrecedence = precedence
    #expect(try entry(article, for: article.x.address) { _ in } == .record(Index.x))
  }

  @Test(arguments: IPFamily.allCases, RecordPrecedence.allCases)
  func `a route more specific than the subnet wins only where routes come first`(
    family: IPFamily, precedence: RecordPrecedence
  ) throws {
    var article = try Article(family)
    article.settings.recordPrecedence = precedence
    let specific = article.via(article.gateway.address, try article.prefix(.servers, leaving: 5))
    let entry = try entry(article, for: article.x.address) { $0.customerRoutes.append(specific) }
    switch precedence {
    case .hostRoute: #expect(entry == .record(Index.x))
    case .routeFirst: #expect(entry == .route(Index.nextRoute))
    }
  }

  @Test(arguments: IPFamily.allCases, RecordPrecedence.allCases)
  func `a host route of the cmdlets loses to a record unless routes come first`(
    family: IPFamily, precedence: RecordPrecedence
  ) throws {
    var article = try Article(family)
    article.settings.recordPrecedence = precedence
    let host = article.via(article.gateway.address, IPPrefix(host: article.x.address))
    let entry = try entry(article, for: article.x.address) { $0.customerRoutes.append(host) }
    switch precedence {
    case .hostRoute: #expect(entry == .record(Index.x))
    case .routeFirst: #expect(entry == .route(Index.nextRoute))
    }
  }

  @Test(arguments: IPFamily.allCases, RecordPrecedence.allCases)
  func `a record that no route covers is a host route unless routes come first`(
    family: IPFamily, precedence: RecordPrecedence
  ) throws {
    var article = try Article(family)
    article.settings.recordPrecedence = precedence
    let entry = try entry(article, for: article.x.address) { forwarding in
      forwarding.customerRoutes = [
        article.via(article.a.address, IPPrefix(host: article.outside), in: article.servers)
      ]
    }
    switch precedence {
    case .hostRoute: #expect(entry == .record(Index.x))
    case .routeFirst: #expect(entry == nil)
    }
  }

  @Test(arguments: IPFamily.allCases, RecordPrecedence.allCases)
  func `the more specific on-link prefix of the record's own subnet changes nothing`(
    family: IPFamily, precedence: RecordPrecedence
  ) throws {
    var article = try Article(family)
    article.settings.recordPrecedence = precedence
    let inner = article.onLink(article.servers, try article.prefix(.servers, leaving: 5))
    #expect(
      try entry(article, for: article.x.address) { $0.customerRoutes.append(inner) }
        == .record(Index.x))
  }

  @Test(arguments: IPFamily.allCases)
  func `the lowest metric wins among routes of a prefix, wherever it stands`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    for metrics in [[7, 3, 5], [3, 7, 5], [5, 7, 3]] as [[UInt32]] {
      let entry = try entry(article, for: article.outside) { forwarding in
        forwarding.customerRoutes = metrics.map { metric in
          article.via(article.x.address, .everything(family), metric: metric)
        }
      }
      #expect(entry == .route(try #require(metrics.firstIndex(of: 3))))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `of equal metrics the first route wins`(family: IPFamily) throws {
    let article = try Article(family)
    let entry = try entry(article, for: article.outside) { forwarding in
      for next in [article.x, article.a, article.b] {
        forwarding.customerRoutes.append(
          article.via(next.address, IPPrefix(host: article.outside), metric: 4))
      }
    }
    #expect(entry == .route(Index.nextRoute))
  }

  @Test(arguments: IPFamily.allCases)
  func `a longer prefix wins over a lower metric`(family: IPFamily) throws {
    let article = try Article(family)
    let entry = try entry(article, for: article.outside) {
      $0.customerRoutes.append(
        article.via(
          article.x.address, try article.prefix(around: article.outside, length: 24), metric: 999))
    }
    #expect(entry == .route(Index.nextRoute))
  }

  @Test(arguments: IPFamily.allCases)
  func `an unusable record is as good as none`(family: IPFamily) throws {
    let article = try Article(family)
    let entry = try entry(article, for: article.x.address) {
      $0.lookupRecords[Index.x].isUnusable = true
    }
    #expect(entry == .route(Index.serversRoute))
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords[Index.x].isUnusable = true }
    let journey = try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(
      journey.refusal
        == .noRecord(article.x.address, article.servers, route: Index.serversRoute))
  }

  @Test(arguments: IPFamily.allCases)
  func `wildcards, L2Only and group records are never host routes`(family: IPFamily) throws {
    let article = try Article(family)
    var forwarding = try article.forwarding()
    var group = article.record(of: article.a)
    group.customerAddress = article.group
    var unlearned = article.record(of: article.b)
    unlearned.customerAddress = IPPrefix.everything(family).address
    unlearned.type = .l2Only
    forwarding.lookupRecords += [group, unlearned]
    let router = DistributedRouter(forwarding, settings: article.settings)
    let records = router.entries(in: article.tenant).compactMap { entry -> Int? in
      if case .record(let index) = entry { index } else { nil }
    }
    #expect(
      Set(records)
        == [
          Index.clientsGateway, Index.edgeGateway, Index.serversGateway, Index.a, Index.b, Index.x,
          Index.gateway,
        ])
    #expect(router.record(for: article.group, in: article.clients) == nil)
    #expect(
      router.record(for: IPPrefix.everything(family).address, in: article.edge) == nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `what was written counts before what was learned, then what stands first`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    let types: [LookupRecord.RecordType] = [.dynamic, .dynamic, .static, .static, .dynamic]
    for count in 1...types.count {
      var forwarding = try article.forwarding()
      let records = types.prefix(count).enumerated().map { index, type in
        var record = article.record(of: article.x)
        record.macAddress = MACAddress(bits: UInt64(index))
        record.type = type
        return record
      }
      forwarding.lookupRecords = RecordList(records)
      let router = DistributedRouter(forwarding)
      let first = count < 3 ? 0 : 2
      #expect(router.record(for: article.x.address, in: article.servers) == first)
      #expect(router.entry(for: article.x.address, in: article.tenant) == .record(first))
    }
  }
}
