import HNVCore
import Testing

/// Each change by itself, and that a batch is made as a whole or not at all.
struct PolicyChangeTests {
  let article: Article
  var policy: NetworkPolicy

  init() throws {
    article = try Article()
    policy = try article.policy()
  }

  private var records: RecordList { policy.hosts[1].policy.forwarding.lookupRecords }
  private var routes: [CustomerRoute] { policy.hosts[1].policy.forwarding.customerRoutes }

  @Test mutating func `a record that is taken away is gone on its host only`() throws {
    let before = policy
    let key = article.record(of: article.b).key
    let warnings = try policy.apply([.removeLookupRecord(key, on: "hv2")])
    #expect(warnings.map(\.rule) == [.undeliveredRecord])
    #expect(!records.map(\.key).contains(key))
    #expect(records.count == before.hosts[1].policy.forwarding.lookupRecords.count - 1)
    #expect(policy.hosts[0] == before.hosts[0])
    #expect(policy.hosts[2] == before.hosts[2])
  }

  @Test mutating func `hosts that are told the same hold the same`() throws {
    let key = article.record(of: article.b).key
    try policy.apply(
      policy.hosts.flatMap { host in
        [
          .setProviderAddress(of: key, to: Article.provider(2), on: host.name),
          .setProviderAddress(of: key, to: Article.provider(0), on: host.name),
        ]
      })
    #expect(Set(policy.hosts.map(\.policy.forwarding)).count == 1)
    try policy.apply([.removeLookupRecord(key, on: "hv2")])
    #expect(Set(policy.hosts.map(\.policy.forwarding)).count == 2)
  }

  @Test mutating func `a record that arrives stands last`() throws {
    let record = article.record(of: article.b)
    try policy.apply([.removeLookupRecord(record.key, on: "hv2")])
    #expect(try policy.apply([.newLookupRecord(record, on: "hv2")]) == [])
    #expect(records.last == record)
  }

  @Test mutating func `a machine moves with its port and its records`() throws {
    let port = policy.hosts[1].policy.ports[0]
    let key = article.record(of: article.x).key
    let moves = policy.hosts.map {
      PolicyChange.setProviderAddress(of: key, to: Article.provider(2), on: $0.name)
    }
    let warnings = try policy.apply(
      moves + [
        .disconnect(article.x.macAddress, article.x.subnet, on: "hv2"), .connect(port, on: "hv3"),
      ])
    #expect(warnings == [])
    #expect(policy.hosts[1].policy.ports == [])
    #expect(policy.hosts[2].policy.ports.last == port)
    #expect(
      policy.hosts.allSatisfy {
        $0.policy.forwarding.lookupRecords[Article.Index.x].providerAddress == Article.provider(2)
      })
  }

  @Test mutating func `routes come and go`() throws {
    let old = routes[Article.Index.defaultRoute]
    let new = article.via(article.gateway.address, IPPrefix(host: article.outside), metric: 3)
    let warnings = try policy.apply([
      .removeCustomerRoute(old.key, on: "hv2"), .newCustomerRoute(new, on: "hv2"),
    ])
    #expect(Set(warnings.map(\.rule)) == [.undeliveredRoute])
    #expect(!routes.contains(old))
    #expect(routes.last == new)
  }

  @Test mutating func `a change of what is not there names it`() {
    let record = LookupRecord.Key(
      virtualSubnetID: article.clients, customerAddress: article.x.address,
      macAddress: article.x.macAddress)
    let route = article.via(article.a.address, .everything(.v4)).key
    let changes: [PolicyChange] = [
      .removeLookupRecord(record, on: "hv1"),
      .setProviderAddress(of: record, to: article.outside, on: "hv2"),
      .removeCustomerRoute(route, on: "hv3"),
      .disconnect(article.a.macAddress, article.servers, on: "hv1"),
      .connect(policy.hosts[0].policy.ports[0], on: "hv4"),
    ]
    let before = policy
    let thrown = #expect(throws: Diagnostics.self) { try policy.apply(changes) }
    #expect(thrown?.all.map(\.rule) == Array(repeating: .unknownEntry, count: 5))
    #expect(
      thrown?.all.map(\.subject)
        == [.host("hv1"), .host("hv2"), .host("hv3"), .host("hv1"), .network])
    #expect(changes.map(\.host) == ["hv1", "hv2", "hv3", "hv1", "hv4"])
    #expect(policy == before)
  }

  @Test mutating func `one bad change keeps the good ones from being made`() throws {
    let before = policy
    var wrong = article.record(of: article.a)
    wrong.customerAddress = article.outside
    let good = PolicyChange.removeLookupRecord(article.record(of: article.b).key, on: "hv1")
    let thrown = #expect(throws: Diagnostics.self) {
      try policy.apply([good, .newLookupRecord(wrong, on: "hv1")])
    }
    #expect(thrown?.all.map(\.rule) == [.addressOutsideSubnet])
    #expect(policy == before)
  }

  @Test mutating func `every error of a batch is thrown, and no warning`() {
    var wrong = article.record(of: article.a)
    wrong.customerAddress = article.outside
    let overlapping = CustomerRoute(
      routingDomainID: article.tenant, virtualSubnetID: article.edge,
      destinationPrefix: IPPrefix(host: article.x.address), nextHop: .onLink)
    let thrown = #expect(throws: Diagnostics.self) {
      try policy.apply([
        .newLookupRecord(wrong, on: "hv1"), .newCustomerRoute(overlapping, on: "hv1"),
      ])
    }
    #expect(
      thrown?.all.map(\.rule) == [.secondPrefix, .overlappingPrefixes, .addressOutsideSubnet])
  }
}
