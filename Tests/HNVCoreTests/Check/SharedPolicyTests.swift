import HNVCore
import Testing

/// Who is blamed, when hosts were told the same and when they were not.
struct SharedPolicyTests {
  private let wrong = Article.Index.a

  @Test func `hosts that were told the same are reported once, in the first one's name`() throws {
    var policy = try Article().policy()
    policy.tellAll { $0.lookupRecords[wrong].usesVMMACAddress = true }
    #expect(
      policy.check().expectations
        == [.init(rule: .recordForm, subject: .entry(.lookupRecord, index: wrong, host: "hv1"))])
  }

  @Test func `a host that was told something else is reported by its own name`() throws {
    var policy = try Article().policy()
    policy.tellAll { $0.lookupRecords[wrong].usesVMMACAddress = true }
    policy.hosts[1].policy.forwarding.lookupRecords[wrong].context = "another"
    #expect(
      policy.check().expectations
        == ["hv1", "hv2"].map {
          .init(rule: .recordForm, subject: .entry(.lookupRecord, index: wrong, host: $0))
        })
  }

  @Test func `every host that lacks a record is named, and the one that has it is blamed`() throws {
    var policy = try Article().policy()
    for host in [1, 2] {
      policy.hosts[host].policy.forwarding.lookupRecords.remove(at: Article.Index.b)
    }
    let diagnostics = policy.check()
    let holder = Subject.entry(.lookupRecord, index: Article.Index.b, host: "hv1")
    #expect(diagnostics.map(\.rule) == [.undeliveredRecord, .undeliveredRecord])
    #expect(diagnostics.map(\.subject) == [holder, holder])
    #expect(
      diagnostics.allSatisfy { $0.explanation.hasSuffix("in VSID 5001 (hv1 has it)") })
    #expect(diagnostics.map(\.fix) == ["hv2", "hv3"].map { "deliver the record to \($0)" })
  }

  @Test(arguments: [([], "hv2, hv3, hv4 and 1 more have it"), ([1], "hv3, hv4 and hv5 have it")])
  func `up to three hosts that have a record are named`(also: [Int], holders: String) throws {
    var policy = try Article().policy()
    for name in ["hv4", "hv5"] {
      policy.hosts.append(NetworkPolicy.Host(name, policy: policy.hosts[2].policy))
    }
    for host in [0] + also {
      policy.hosts[host].policy.forwarding.lookupRecords.remove(at: Article.Index.b)
    }
    let missing = policy.check().filter { $0.rule == .undeliveredRecord }
    #expect(missing.count == 1 + also.count)
    for diagnostic in missing { #expect(diagnostic.explanation.hasSuffix("(\(holders))")) }
  }

  @Test func `a host without machines of a domain needs none of its policy`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[1].policy.forwarding.lookupRecords.removeAll {
      $0.virtualSubnetID == article.strangers
    }
    policy.hosts[1].policy.forwarding.customerRoutes.removeAll {
      $0.routingDomainID == article.stranger
    }
    policy.hosts.append(NetworkPolicy.Host("empty", policy: HostPolicy()))
    #expect(policy.check() == [])
  }

  @Test func `a wildcard is the gateway host's own, and what was learned is anyone's`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[0].policy.forwarding.lookupRecords.remove(at: Article.Index.wildcard)
    var learned = article.record(of: article.a)
    learned.customerAddress = try article.address(.clients, 99)
    learned.type = .dynamic
    policy.hosts[2].policy.forwarding.lookupRecords.append(learned)
    #expect(policy.check() == [])
  }

  @Test func `under 2012 a gateway may stand among the machines`() throws {
    var article = try Article()
    article.settings = Settings(.windowsServer2012)
    var policy = try article.policy()
    let neighbor = try article.neighborOfGateway()
    policy.tellAll { $0.lookupRecords.append(neighbor) }
    #expect(policy.check() == [])
    policy.settings.externalGateway = .ownSubnet
    #expect(policy.check().map(\.rule) == [.externalGatewaySubnet])
  }

  @Test func `a gateway's other addresses and other gateways keep it company`() throws {
    let article = try Article()
    var policy = try article.policy()
    var (alias, second) = (article.record(of: article.gateway), article.record(of: article.gateway))
    alias.customerAddress = try article.address(.edge, 251)
    second.customerAddress = try article.address(.edge, 252)
    second.macAddress = MACAddress(bits: 0x52)
    policy.tellAll {
      $0.lookupRecords += [alias, second]
      $0.customerRoutes.append(
        article.via(second.customerAddress, IPPrefix(host: article.outside)))
    }
    #expect(policy.check() == [])
  }

  @Test func `the provider address of a group's record need be on no host`() throws {
    let article = try Article()
    var policy = try article.policy()
    var group = article.record(of: article.a)
    (group.customerAddress, group.providerAddress) = (article.group, article.group)
    policy.tellAll { $0.lookupRecords.append(group) }
    #expect(policy.check() == [])
  }
}
