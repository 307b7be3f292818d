import HNVCore
import Testing

/// What is said of a lookup afterwards, against lists of everything that covers a destination.
struct ExplainPropertyTests {
  @Test(arguments: IPFamily.allCases, UInt64(100)..<108)
  func `the match and the beaten are all that covers the destination`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    for host in network.policy.hosts {
      let golden = GoldenRouter(host: host.policy, settings: network.policy.settings)
      let router = DistributedRouter(
        host.policy.forwarding, settings: network.policy.settings)
      for domain in [RandomNetwork.domain(0), RandomNetwork.domain(1)] {
        for _ in 0..<10 {
          let destination = network.randomAddress(&random)
          let match = router.entry(for: destination, in: domain)
          #expect(match == golden.best(for: destination, in: domain))
          guard let match else { continue }
          let losers = router.notChosen(by: match, for: destination, in: domain).map(\.entry)
          #expect(Set(losers).count == losers.count)
          #expect(
            Set(losers).union([match])
              == Set(
                golden.resolvingRecords(destination, in: domain).map { .record($0) }
                  + golden.coveringRoutes(destination, in: domain).map { .route($0) }))
          #expect(!losers.contains(match))
          let lengths = losers.map { router.prefix(of: $0).length }
          #expect(lengths == lengths.sorted(by: >))
        }
      }
    }
  }

  @Test(arguments: IPFamily.allCases, UInt64(200)..<210)
  func `a miss is near unless the domain has no entry of the family`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    let other = try Article(family == .v4 ? .v6 : .v4)
    for host in network.policy.hosts {
      // Default routes cover everything; without them there is something to miss.
      var forwarding = host.policy.forwarding
      forwarding.customerRoutes.removeAll { $0.destinationPrefix.length == 0 }
      let router = DistributedRouter(forwarding, settings: network.policy.settings)
      for domain in router.routingDomains {
        for destination in [network.article.outside, network.randomAddress(&random)]
        where router.entry(for: destination, in: domain) == nil {
          #expect(
            (router.nearestMiss(for: destination, in: domain) == nil)
              == router.entries(in: domain).isEmpty)
        }
        #expect(router.nearestMiss(for: other.outside, in: domain) == nil)
      }
    }
  }
}
