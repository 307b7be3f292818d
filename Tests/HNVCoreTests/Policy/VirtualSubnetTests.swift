import HNVCore
import Testing

/// What the customer routes say of virtual subnets, and what identifies an entry.
struct VirtualSubnetTests {
  @Test func `on-link routes give a subnet its prefixes, IPv4 first`() throws {
    let (article, other) = (try Article(.v4), try Article(.v6))
    var forwarding = try article.forwarding()
    let both = other.onLink(article.clients, try other.prefix(.clients))
    forwarding.customerRoutes.insert(both, at: 0)
    forwarding.customerRoutes.append(both)
    let subnets = forwarding.virtualSubnets
    #expect(
      subnets.map(\.identifier)
        == [article.clients, article.edge, article.servers, article.strangers])
    #expect(
      subnets.map(\.routingDomainID)
        == [article.tenant, article.tenant, article.tenant, article.stranger])
    #expect(subnets[0].prefixes == [try article.prefix(.clients), try other.prefix(.clients)])
    #expect(
      subnets[0].gatewayAddresses
        == [try article.address(.clients, 1), try other.address(.clients, 1)])
    #expect(subnets[1].prefixes == [try article.prefix(.edge)])
    #expect(subnets[0].contains(article.a.address) && subnets[0].contains(other.b.address))
    #expect(!subnets[0].contains(article.x.address))
  }

  @Test func `a subnet that only a next hop names has no prefix`() throws {
    let article = try Article()
    let route = article.via(article.gateway.address, .everything(.v4))
    let subnets = ForwardingPolicy(customerRoutes: [route]).virtualSubnets
    #expect(subnets.map(\.identifier) == [article.edge])
    #expect(subnets.map(\.prefixes) == [[]])
    #expect(subnets.map(\.gatewayAddresses) == [[]])
  }

  @Test func `a subnet of two domains belongs to the first`() throws {
    let article = try Article()
    let routes = [
      article.onLink(article.clients, try article.prefix(.servers), in: article.stranger),
      article.onLink(article.clients, try article.prefix(.clients)),
    ]
    let subnets = ForwardingPolicy(customerRoutes: routes).virtualSubnets
    #expect(subnets.map(\.routingDomainID) == [article.stranger])
    #expect(subnets.map(\.prefixes) == [[try article.prefix(.servers)]])
  }

  @Test func `a key is what the cmdlets select by`() throws {
    let article = try Article()
    let record = article.record(of: article.a)
    var same = record
    (same.providerAddress, same.context, same.type) = (Article.provider(5), "moved", .dynamic)
    #expect(same.key == record.key)
    var other = record
    other.macAddress = MACAddress(bits: 1)
    #expect(other.key != record.key)

    let route = article.via(article.gateway.address, .everything(.v4), metric: 1)
    #expect(article.via(article.gateway.address, .everything(.v4), metric: 2).key == route.key)
    #expect(article.via(article.a.address, .everything(.v4), metric: 1).key != route.key)
  }

  @Test(arguments: [
    ("10.0.1.11", LookupRecord.RecordType.static, true), ("10.0.1.11", .dynamic, true),
    ("10.0.1.11", .l2Only, false), ("0.0.0.0", .gatewayWildcard, false),
    ("0.0.0.0", .static, false), ("224.0.0.1", .static, false),
    ("255.255.255.255", .static, false), ("2001:db8::1", .static, true), ("::", .static, false),
    ("ff02::1", .static, false), ("10.0.1.255", .static, true),
  ])
  func `only a machine's own address makes a unicast record`(
    text: String, type: LookupRecord.RecordType, isUnicast: Bool
  ) throws {
    let article = try Article()
    var record = article.record(of: article.a)
    record.customerAddress = try IPAddress(parsing: text)
    record.type = type
    #expect(record.isUnicast == isUnicast)
  }
}
