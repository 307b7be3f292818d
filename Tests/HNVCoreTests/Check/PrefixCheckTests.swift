import HNVCore
import Testing

/// Overlaps are found by a table; a comparison of all pairs says which ones there are.
struct PrefixCheckTests {
  @Test(arguments: IPFamily.allCases, UInt64(0)..<20)
  func `the routes blamed for an overlap are those that overlap an earlier one`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let article = try Article(family)
    let routes = try randomRoutes(article, &random)
    let policy = NetworkPolicy(hosts: [
      .init("hv1", policy: HostPolicy(forwarding: ForwardingPolicy(customerRoutes: routes)))
    ])
    let blamed = policy.check().filter { $0.rule == .overlappingPrefixes }.map(\.subject)
    #expect(
      Set(blamed)
        == Set(
          overlapping(routes).map { .entry(.customerRoute, index: $0, host: "hv1") }))
  }

  private func overlapping(_ routes: [CustomerRoute]) -> [Int] {
    routes.indices.filter { index in
      routes[..<index].contains { earlier in
        earlier.routingDomainID == routes[index].routingDomainID
          && earlier.virtualSubnetID != routes[index].virtualSubnetID
          && earlier.destinationPrefix.first <= routes[index].destinationPrefix.last
          && routes[index].destinationPrefix.first <= earlier.destinationPrefix.last
      }
    }
  }

  /// Subnets of two domains, crowded into the last bits of one prefix; none is declared twice.
  private func randomRoutes(
    _ article: Article, _ random: inout SplitMix64
  ) throws -> [CustomerRoute] {
    var keys: Set<CustomerRoute.Key> = []
    return try (0..<30).compactMap { _ in
      let number = Int.random(in: 0..<64, using: &random)
      let length = article.family.bitWidth - Int.random(in: 0...5, using: &random)
      let address = try article.address(.clients, number)
      let route = article.onLink(
        try VirtualSubnetID(UInt64.random(in: 5000..<5020, using: &random)),
        try #require(IPPrefix(containing: address, length: length)),
        in: Bool.random(using: &random) ? article.tenant : article.stranger)
      return keys.insert(route.key).inserted ? route : nil
    }
  }
}
