import HNVCore
import Testing

/// Who has drifted, and from what: "configuration drift" of Microsoft's list of what goes wrong.
struct DriftTests {
  private typealias Index = Article.Index

  /// The article's network with more hosts behind the first three, each with a machine.
  private func policy(hostCount: Int = 3) throws -> (Article, NetworkPolicy) {
    let article = try Article()
    var policy = try article.policy()
    let (forwarding, idle) = (try article.forwarding(), article.x)
    for number in 3..<max(hostCount, 3) {
      policy.hosts.append(
        NetworkPolicy.Host(
          "hv\(number + 1)",
          policy: HostPolicy(
            forwarding: forwarding,
            ports: [
              VMPort(
                vmName: idle.name, macAddress: MACAddress(bits: UInt64(0xa000 + number)),
                virtualSubnetID: idle.subnet)
            ])))
    }
    return (article, policy)
  }

  private func drift(_ policy: NetworkPolicy) -> [Diagnostic] {
    policy.check().filter { [.driftedRecord, .driftedRoute].contains($0.rule) }
  }

  @Test func `a record names the host, what it has, what the others have, and how many`() throws {
    var (article, policy) = try policy(hostCount: 6)
    policy.hosts[2].policy.forwarding.lookupRecords[Index.a].macAddress = MACAddress(bits: 0x77)
    let diagnostics = drift(policy)
    #expect(diagnostics.map(\.rule) == [.driftedRecord])
    #expect(
      diagnostics.first?.explanation
        == "the record of 10.0.1.11 (A) has the MAC address 00-00-00-00-00-77 on hv3, but the MAC"
        + " address \(article.a.macAddress) on hv1 and 4 other hosts")
    #expect(diagnostics.first?.subject == .entry(.lookupRecord, index: Index.a, host: "hv3"))
    #expect(diagnostics.first?.fix == "deliver the record that hv1 has to hv3")
  }

  @Test func `most hosts are right, even where the first one is not among them`() throws {
    var (_, policy) = try policy(hostCount: 4)
    for host in [0, 3] {
      policy.hosts[host].policy.forwarding.customerRoutes[Index.defaultRoute].metric = 7
    }
    policy.hosts[3].policy.forwarding.customerRoutes[Index.defaultRoute].metric = 0
    let diagnostic = try #require(drift(policy).first)
    #expect(diagnostic.rule == .driftedRoute)
    #expect(diagnostic.subject == .entry(.customerRoute, index: Index.defaultRoute, host: "hv1"))
    #expect(
      diagnostic.explanation
        == "the route to 0.0.0.0/0 has the metric 7 on hv1, but the metric 0 on hv2 and 2 other"
        + " hosts")
  }

  @Test func `of two hosts that disagree the second is named`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[2].policy.ports = []
    policy.hosts[1].policy.forwarding.customerRoutes[Index.defaultRoute].metric = 7
    #expect(
      policy.check().map(\.subject)
        == [.entry(.customerRoute, index: Index.defaultRoute, host: "hv2")])
  }

  @Test func `what differs is not also said to be missing, neither here nor elsewhere`() throws {
    var (_, policy) = try policy()
    policy.hosts[1].policy.forwarding.lookupRecords[Index.b].macAddress = MACAddress(bits: 0x77)
    let route = Index.defaultRoute
    policy.hosts[1].policy.forwarding.customerRoutes[route].metric = 7
    #expect(policy.check().map(\.rule) == [.driftedRecord, .driftedRoute])
  }

  @Test func `a host whose route has another next hop lacks nothing`() throws {
    let article = try Article()
    var policy = try article.policy()
    var alias = article.record(of: article.gateway)
    alias.customerAddress = try article.address(.edge, 251)
    policy.tellAll { $0.lookupRecords.append(alias) }
    policy.hosts[1].policy.forwarding.customerRoutes[Index.defaultRoute].nextHop =
      .via(alias.customerAddress)
    #expect(policy.check().map(\.rule) == [.driftedRoute])
  }

  @Test func `an unused route that others lack is missing there, and nobody has drifted`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[1].policy.forwarding.customerRoutes.append(
      article.via(
        try article.address(.clients, 11), .everything(.v4), in: article.clients, metric: 9)
    )
    policy.settings.externalGateway = .anySubnet
    #expect(policy.check().map(\.rule) == [.undeliveredRoute, .undeliveredRoute])
  }

  @Test func `a stale record is one diagnostic`() throws {
    var (_, policy) = try policy()
    policy.hosts[1].policy.forwarding.lookupRecords[Index.a].providerAddress = Article.provider(1)
    #expect(policy.check().map(\.rule) == [.staleRecord])
  }

  @Test func `a provider address is compared where nobody knows the machine's port`() throws {
    var (_, policy) = try policy()
    let index = try #require(policy.hosts[0].policy.ports.firstIndex { $0.vmName == "A" })
    policy.hosts[0].policy.ports.remove(at: index)
    policy.hosts[1].policy.forwarding.lookupRecords[Index.a].providerAddress = Article.provider(1)
    #expect(policy.check().map(\.rule) == [.driftedRecord])
  }

  @Test func `a provider address that no host has is said to be that, and no more`() throws {
    var (_, policy) = try policy()
    let index = try #require(policy.hosts[0].policy.ports.firstIndex { $0.vmName == "A" })
    policy.hosts[0].policy.ports.remove(at: index)
    policy.hosts[1].policy.forwarding.lookupRecords[Index.a].providerAddress = Article.provider(8)
    #expect(policy.check().map(\.rule) == [.unknownProviderAddress])
  }

  @Test func `gateway records may name each host's own provider address`() throws {
    // As the 2012 R2 deployment guide's scripts write them.
    var (_, policy) = try policy()
    for host in policy.hosts.indices {
      policy.hosts[host].policy.forwarding.lookupRecords[Index.clientsGateway].providerAddress =
        Article.provider(host)
    }
    #expect(policy.check() == [])
  }

  @Test func `a host without machines of a domain may hold what it likes`() throws {
    var (article, policy) = try policy()
    #expect(article.z.host == 0)
    policy.hosts[1].policy.forwarding.lookupRecords[Index.z].macAddress = MACAddress(bits: 0x77)
    policy.hosts[2].policy.forwarding.customerRoutes[Index.strangersRoute].metric = 9
    #expect(policy.check() == [])
  }

  @Test func `what was learned is nobody's to agree on`() throws {
    let article = try Article()
    var policy = try article.policy()
    for host in policy.hosts.indices {
      var learned = article.record(of: article.a)
      learned.customerAddress = try article.address(.clients, 99)
      learned.type = .dynamic
      learned.macAddress = MACAddress(bits: UInt64(0x70 + host))
      policy.hosts[host].policy.forwarding.lookupRecords.append(learned)
    }
    #expect(drift(policy) == [])
  }

  @Test func `a thousand hosts of which three disagree are named in one warning`() throws {
    var (_, policy) = try policy(hostCount: 1000)
    var wrong = policy.hosts[0].policy.forwarding
    wrong.lookupRecords[Index.serversGateway].macAddress = MACAddress(bits: 0x77)
    for host in [400, 500, 600] { policy.hosts[host].policy.forwarding = wrong }
    let diagnostics = drift(policy)
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.explanation.contains("on hv401 and 2 other hosts, but") == true)
    #expect(diagnostics.first?.explanation.hasSuffix("on hv1 and 996 other hosts") == true)
  }
}
