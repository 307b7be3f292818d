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
    let warnings = try policy.apply([PolicyUpdate(.removeLookupRecord(key), on: ["hv2"])])
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
        [2, 0].map { target in
          PolicyUpdate(
            .setProviderAddress(of: key, to: Article.provider(target)), on: [host.name])
        }
      })
    #expect(Set(policy.hosts.map(\.policy.forwarding)).count == 1)
    try policy.apply([PolicyUpdate(.removeLookupRecord(key), on: ["hv2"])])
    #expect(Set(policy.hosts.map(\.policy.forwarding)).count == 2)
  }

  @Test mutating func `a record that arrives stands last`() throws {
    let record = article.record(of: article.b)
    try policy.apply([PolicyUpdate(.removeLookupRecord(record.key), on: ["hv2"])])
    #expect(try policy.apply([PolicyUpdate(.newLookupRecord(record), on: ["hv2"])]) == [])
    #expect(records.last == record)
  }

  @Test mutating func `a machine moves with its port and its records`() throws {
    let port = policy.hosts[1].policy.ports[0]
    let key = article.record(of: article.x).key
    let warnings = try policy.apply([
      PolicyUpdate(
        .setProviderAddress(of: key, to: Article.provider(2)), on: policy.hosts.map(\.name)),
      PolicyUpdate(.disconnect(article.x.macAddress, article.x.subnet), on: ["hv2"]),
      PolicyUpdate(.connect(port), on: ["hv3"]),
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
      PolicyUpdate(.removeCustomerRoute(old.key), on: ["hv2"]),
      PolicyUpdate(.newCustomerRoute(new), on: ["hv2"]),
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
    let updates = [
      PolicyUpdate(.removeLookupRecord(record), on: ["hv1"]),
      PolicyUpdate(.setProviderAddress(of: record, to: article.outside), on: ["hv2"]),
      PolicyUpdate(.removeCustomerRoute(route), on: ["hv3"]),
      PolicyUpdate(.disconnect(article.a.macAddress, article.servers), on: ["hv1", "hv3"]),
      PolicyUpdate(.connect(policy.hosts[0].policy.ports[0]), on: ["hv4"]),
    ]
    let before = policy
    let thrown = #expect(throws: Diagnostics.self) { try policy.apply(updates) }
    #expect(thrown?.all.map(\.rule) == Array(repeating: .unknownEntry, count: 6))
    #expect(
      thrown?.all.map(\.subject)
        == [
          .host("hv1"), .host("hv2"), .host("hv3"), .host("hv1"), .host("hv3"), .network,
        ])
    #expect(policy == before)
  }

  @Test mutating func `one bad change keeps the good ones from being made`() throws {
    let before = policy
    var wrong = article.record(of: article.a)
    wrong.customerAddress = article.outside
    let good = PolicyUpdate(
      .removeLookupRecord(article.record(of: article.b).key), on: ["hv1"])
    let thrown = #expect(throws: Diagnostics.self) {
      try policy.apply([good, PolicyUpdate(.newLookupRecord(wrong), on: ["hv1"])])
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
        PolicyUpdate(.newLookupRecord(wrong), on: ["hv1"]),
        PolicyUpdate(.newCustomerRoute(overlapping), on: ["hv1"]),
      ])
    }
    #expect(
      thrown?.all.map(\.rule) == [.secondPrefix, .overlappingPrefixes, .addressOutsideSubnet])
  }
}
