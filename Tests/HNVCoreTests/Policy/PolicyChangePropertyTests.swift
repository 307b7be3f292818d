import HNVCore
import Testing

/// Whatever is asked for, a network without errors stays one.
struct PolicyChangePropertyTests {
  @Test(arguments: IPFamily.allCases, UInt64(0)..<3)
  func `a network is changed to one without errors, or stays as it was`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let article = try Article(family)
    var policy = try article.policy()
    var (accepted, rejected) = (0, 0)
    for _ in 0..<30 {
      let before = policy
      let changes = try (0..<Int.random(in: 1...2, using: &random)).map { _ in
        try randomChange(article, policy, &random)
      }
      do {
        let findings = try policy.apply(changes)
        accepted += 1
        #expect(policy.check() == findings)
        #expect(findings.allSatisfy { $0.rule.severity == .finding })
      } catch {
        rejected += 1
        #expect(policy == before)
        #expect(!error.all.isEmpty && error.errors == error.all)
      }
    }
    #expect(accepted > 1 && rejected > 1)
  }

  private func randomChange(
    _ article: Article, _ policy: NetworkPolicy, _ random: inout SplitMix64
  ) throws -> PolicyChange {
    let host = policy.hosts[Int.random(in: 0..<3, using: &random)]
    let forwarding = host.policy.forwarding
    var record = article.record(of: article.machines[Int.random(in: 0..<5, using: &random)])
    if Bool.random(using: &random) {
      record.customerAddress = try article.address(.clients, Int.random(in: 1..<4, using: &random))
      record.macAddress = MACAddress(bits: UInt64.random(in: 0..<4, using: &random))
    }
    let port = VMPort(
      vmName: "", macAddress: record.macAddress, virtualSubnetID: record.virtualSubnetID)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return .newLookupRecord(record, on: host.name)
    case 1: return .removeLookupRecord(record.key, on: host.name)
    case 2:
      let provider = Article.provider(Int.random(in: 0..<4, using: &random))
      return .setProviderAddress(of: record.key, to: provider, on: host.name)
    case 3:
      let prefix = try article.prefix(
        around: record.customerAddress,
        length: article.family.bitWidth - Int.random(in: 0..<6, using: &random))
      return .newCustomerRoute(article.onLink(record.virtualSubnetID, prefix), on: host.name)
    case 4:
      let route = forwarding.customerRoutes.randomElement(using: &random)
      return .removeCustomerRoute(
        (route ?? article.via(article.outside, .everything(article.family))).key, on: host.name)
    case 5: return .connect(port, on: host.name)
    default: return .disconnect(port.macAddress, record.virtualSubnetID, on: host.name)
    }
  }
}
