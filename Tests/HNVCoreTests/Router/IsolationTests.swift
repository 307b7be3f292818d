import HNVCore
import Testing

/// HNV carries nothing from one routing domain into another, whatever the records say.
struct IsolationTests {
  /// Asks a random host of a random network what becomes of a random frame.
  private func ask(
    _ family: IPFamily, _ seed: UInt64,
    _ check: (InstantNetwork, HostRouter, Int, EthernetFrame, Outcome) throws -> Void
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    let fabric = InstantNetwork(network.policy)
    for router in fabric.hosts {
      for _ in 0..<40 where !router.ports.isEmpty {
        let port = Int.random(in: 0..<router.ports.count, using: &random)
        let frame = try network.frame(from: router.ports[port], &random)
        try check(fabric, router, port, frame, router.decide(frame, from: port))
      }
    }
  }

  private func domain(_ router: HostRouter, _ subnet: VirtualSubnetID?) -> RoutingDomainID? {
    subnet.flatMap { router.router.virtualSubnets[$0]?.routingDomainID }
  }

  @Test(arguments: IPFamily.allCases, OracleTests.seeds)
  func `no decision, no copy and no answer leads into another routing domain`(
    family: IPFamily, seed: UInt64
  ) throws {
    try ask(family, seed) { _, router, port, _, outcome in
      let own = router.ports[port].virtualSubnetID
      let domain = domain(router, own)
      switch outcome.decision {
      case .deliver(let other, _):
        #expect(self.domain(router, router.ports[other].virtualSubnetID) == domain)
      case .encapsulate(let tunnel, _):
        #expect(self.domain(router, tunnel.virtualSubnetID) == domain)
      case .replicate:
        let copies = try #require(outcome.copies)
        #expect(copies.ports.allSatisfy { router.ports[$0].virtualSubnetID == own })
        #expect(copies.tunnels.allSatisfy { $0.virtualSubnetID == own })
      case .answer(let answer):
        #expect(
          router.router.policy.lookupRecords.contains {
            $0.macAddress == answer.macAddress && self.domain(router, $0.virtualSubnetID) == domain
          })
      case .translate, .answerEcho, .absorb, .bypass, .refuse: break
      }
      if let learned = outcome.changes.learned {
        #expect(router.router.policy.lookupRecords[learned.record].virtualSubnetID == own)
      }
    }
  }

  @Test(arguments: IPFamily.allCases, OracleTests.seeds)
  func `a tunnel ends in the virtual subnet that it bears`(family: IPFamily, seed: UInt64) throws {
    try ask(family, seed) { fabric, router, _, frame, outcome in
      guard case .encapsulate(let tunnel, let rewrite) = outcome.decision,
        let receiver = fabric.hosts.first(where: { $0.owns(tunnel.destination) })
      else { return }
      let received = receiver.receive(
        rewrite.applied(to: frame), in: tunnel.virtualSubnetID, from: tunnel.source,
        at: tunnel.destination)
      switch received.decision {
      case .deliver(let port, _):
        #expect(receiver.ports[port].virtualSubnetID == tunnel.virtualSubnetID)
      case .replicate:
        let copies = try #require(received.copies)
        #expect(
          copies.ports.allSatisfy {
            receiver.ports[$0].virtualSubnetID == tunnel.virtualSubnetID
          })
      default: break
      }
    }
  }

  /// Under the rule None nothing on the wire names the routing domain, so that no receiver could
  /// tell.
  @Test(arguments: IPFamily.allCases, OracleTests.seeds)
  func `a translated packet stays in the routing domain of its sender`(
    family: IPFamily, seed: UInt64
  ) throws {
    try ask(family, seed) { fabric, router, port, frame, outcome in
      guard case .translate(let translation, let rewrite) = outcome.decision,
        translation.source != nil,
        let receiver = fabric.hosts.first(where: { $0.owns(translation.nextHop) })
      else { return }
      let rewritten = rewrite.applied(to: frame)
      let packet = try #require(rewritten.packet)
      let (answer, _) = receiver.receiveTranslated(
        rewritten, translation.applied(to: packet))
      guard case .deliver(let other, _) = answer.decision else { return }
      #expect(
        domain(receiver, receiver.ports[other].virtualSubnetID)
          == domain(router, router.ports[port].virtualSubnetID))
    }
  }
}
