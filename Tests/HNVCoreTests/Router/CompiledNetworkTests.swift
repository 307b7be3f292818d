import Testing

@testable import HNVCore

/// Small steps against their slow twin: the whole network, checked and compiled again.
struct CompiledNetworkTests {
  @Test(arguments: IPFamily.allCases, UInt64(0)..<12)
  func `the check of a change finds what a full check finds, and the routers obey`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let article = try Article(family)
    var network = try CompiledNetwork(article.policy())
    #expect(network.isSeparable)
    var (accepted, rejected) = (0, 0)
    for _ in 0..<25 {
      var expected = network.policy
      var updates = try (0..<Int.random(in: 1...2, using: &random)).map { _ in
        try article.randomUpdate(of: expected, &random)
      }
      // Every other time nothing that renumbers entries, so that a part alone is checked.
      if Bool.random(using: &random) { updates.removeAll { renumbers($0.change) } }
      let before = network
      var error: Diagnostics?
      do {
        try expected.apply(updates)
        accepted += 1
      } catch let diagnostics {
        error = diagnostics
        rejected += 1
      }
      do {
        try network.apply(updates)
        #expect(error == nil)
      } catch let diagnostics {
        #expect(Set(diagnostics.all) == Set(error?.all ?? []))
        #expect(network.policy == before.policy && network.warnings == before.warnings)
      }
      #expect(network.policy == expected)
      let warnings = expected.check()
      #expect(network.warnings.count == warnings.count)
      #expect(Set(network.warnings).symmetricDifference(warnings).isEmpty)
      try expectSameDecisions(network, CompiledNetwork(expected, warnings: warnings), article)
    }
    #expect(accepted > 2 && rejected > 2)
  }

  @Test func `networks full of flaws are judged alike, in part or whole`() throws {
    var (networks, changes) = (0, 0)
    for seed in UInt64(0)..<8 {
      var random = SplitMix64(seed: seed)
      var policy = try RandomNetwork(.v4, &random).policy
      policy.settings.policyChecks = .lenient
      for host in policy.hosts.indices {
        policy.hosts[host].policy.forwarding.lookupRecords.removeAll {
          $0.rule == .nat || $0.isUnusable
        }
      }
      guard var network = try? CompiledNetwork(policy) else { continue }
      networks += 1
      for _ in 0..<10 {
        let host = network.policy.hosts[Int.random(in: 0..<3, using: &random)]
        guard let record = host.policy.forwarding.lookupRecords.randomElement(using: &random)
        else { continue }
        let provider = Article.provider(Int.random(in: 0..<3, using: &random))
        let update = PolicyUpdate(
          .setProviderAddress(of: record.key, to: provider), on: [host.name])
        var expected = network.policy
        guard (try? expected.apply([update])) != nil else { continue }
        try network.apply([update])
        changes += 1
        #expect(
          Set(network.warnings).symmetricDifference(expected.check()).isEmpty, "seed \(seed)")
      }
    }
    // The seeds are fixed: fewer would mean that networks or changes are refused unchecked.
    #expect((networks, changes) == (2, 20))
  }

  @Test func `hosts that are told the same share one router before and after`() throws {
    let article = try Article()
    var network = try CompiledNetwork(article.policy())
    let first = network.routers[0].router
    #expect(network.routers.allSatisfy { $0.router === first })
    let key = article.record(of: article.b).key
    let move = PolicyChange.setProviderAddress(of: key, to: Article.provider(2))
    try network.apply([PolicyUpdate(move, on: network.policy.hosts.map(\.name))])
    let second = network.routers[0].router
    #expect(second !== first)
    #expect(network.routers.allSatisfy { $0.router === second })
    try network.apply([
      PolicyUpdate(.setProviderAddress(of: key, to: Article.provider(1)), on: ["hv2"])
    ])
    #expect(network.routers[1].router !== second)
    #expect(network.routers[0].router === second && network.routers[2].router === second)
    try network.apply([PolicyUpdate(move, on: ["hv2"])])
    #expect(network.routers.allSatisfy { $0.router === network.routers[0].router })
  }

  @Test func `a new record or route is put into the tables that are there`() throws {
    let article = try Article()
    var network = try CompiledNetwork(article.policy())
    let before = network.routers[0].router
    var newcomer = article.record(of: article.a)
    newcomer.customerAddress = try article.address(.clients, 77)
    newcomer.macAddress = MACAddress(bits: 0x77)
    let route = article.via(article.gateway.address, IPPrefix(host: article.outside), metric: 3)
    let hosts = network.policy.hosts.map(\.name)
    try network.apply([
      PolicyUpdate(.newLookupRecord(newcomer), on: hosts),
      PolicyUpdate(.newCustomerRoute(route), on: hosts),
    ])
    let after = network.routers[2].router
    #expect(network.routers.allSatisfy { $0.router === after })
    // What was compiled from scratch would not descend from what was there.
    #expect(after.hasSubnets(of: before))
    #expect(!DistributedRouter(after.policy).hasSubnets(of: before))
    #expect(after.record(for: newcomer.customerAddress, in: newcomer.virtualSubnetID) != nil)
    #expect(before.record(for: newcomer.customerAddress, in: newcomer.virtualSubnetID) == nil)
    #expect(
      after.entry(for: article.outside, in: article.tenant)
        == .route(after.policy.customerRoutes.count - 1))
  }

  @Test func `where records translate, all is checked`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords[Article.Index.x].rule = .nat }
    #expect(!CompiledNetwork(policy, warnings: []).isSeparable)
    #expect(CompiledNetwork(try article.policy(), warnings: []).isSeparable)
  }

  @Test func `a network with errors is not compiled`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords[Article.Index.a].customerAddress = article.outside }
    let thrown = #expect(throws: Diagnostics.self) { try CompiledNetwork(policy) }
    #expect(thrown?.all == policy.check().filter { $0.severity == .error })
  }

  private func renumbers(_ change: PolicyChange) -> Bool {
    switch change {
    case .removeLookupRecord, .removeCustomerRoute: true
    default: false
    }
  }

  /// What is found for every address that the policy names, in every domain and virtual subnet.
  private func expectSameTables(_ one: DistributedRouter, _ other: DistributedRouter) {
    #expect(one.policy == other.policy)
    #expect(one.domainIDs == other.domainIDs && one.routeNumbers == other.routeNumbers)
    let records = one.policy.lookupRecords
    let addresses =
      records.map(\.customerAddress) + one.policy.customerRoutes.map(\.destinationPrefix.first)
    for address in Set(addresses) {
      for domain in one.domainIDs {
        #expect(one.entry(for: address, in: domain) == other.entry(for: address, in: domain))
      }
      for subnet in Set(records.map(\.virtualSubnetID)) {
        #expect(one.record(for: address, in: subnet) == other.record(for: address, in: subnet))
      }
    }
    for record in records {
      let (mac, subnet) = (record.macAddress, record.virtualSubnetID)
      #expect(one.record(for: mac, in: subnet) == other.record(for: mac, in: subnet))
    }
  }

  private func expectSameDecisions(
    _ one: CompiledNetwork, _ other: CompiledNetwork, _ article: Article
  ) throws {
    for (one, other) in zip(one.routers, other.routers) {
      #expect(one.ports == other.ports)
      expectSameTables(one.router, other.router)
      for (port, sender) in one.ports.enumerated() {
        for receiver in article.machines {
          let source = article.machines.first { $0.macAddress == sender.macAddress }
          let frame = try EthernetFrame.carrying(
            from: source?.address ?? article.a.address, sender.macAddress, to: receiver.address,
            receiver.macAddress, .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
          #expect(one.decide(frame, from: port) == other.decide(frame, from: port))
        }
      }
    }
  }
}
