import HNVCore
import Testing

/// The compiled router against an oracle that goes through the lists, on networks full of flaws.
struct OracleTests {
  static let seeds = UInt64(0)..<16
  static let framesPerHost = 40

  @Test(.disabled("the oracle has yet to learn the new rules"), arguments: IPFamily.allCases, seeds)
  func `a frame that a machine sends is decided as the rules say`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    for (host, router) in zip(network.policy.hosts, Fabric(network.policy).hosts) {
      let golden = GoldenRouter(host: host.policy, settings: network.policy.settings)
      for _ in 0..<Self.framesPerHost where !router.ports.isEmpty {
        let port = Int.random(in: 0..<router.ports.count, using: &random)
        let frame = try network.frame(from: router.ports[port], &random)
        #expect(router.decide(frame, from: port).decision == golden.decide(frame, from: port))
      }
    }
  }

  @Test(.disabled("the oracle has yet to learn the new rules"), arguments: IPFamily.allCases, seeds)
  func `a frame that a host receives is decided as the rules say`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    for (host, router) in zip(network.policy.hosts, Fabric(network.policy).hosts) {
      let golden = GoldenRouter(host: host.policy, settings: network.policy.settings)
      for _ in 0..<Self.framesPerHost where !router.ports.isEmpty {
        let port = Int.random(in: 0..<router.ports.count, using: &random)
        let frame = try network.frame(from: router.ports[port], &random)
        let subnet = network.machines[Int.random(in: 0..<18, using: &random)].subnet
        let provider = Article.provider(Int.random(in: 0..<3, using: &random))
        #expect(
          router.receive(frame, in: subnet, at: provider).decision
            == golden.receive(frame, in: subnet, at: provider))
      }
    }
  }

  @Test(.disabled("the oracle has yet to learn the new rules"))
  func `the random networks lead to every kind of decision`() throws {
    var kinds: Set<String> = []
    for seed in Self.seeds {
      for family in IPFamily.allCases {
        var random = SplitMix64(seed: seed)
        let network = try RandomNetwork(family, &random)
        for host in network.policy.hosts {
          let golden = GoldenRouter(host: host.policy, settings: network.policy.settings)
          for port in host.policy.ports.indices {
            let frame = try network.frame(from: host.policy.ports[port], &random)
            let subnet = network.machines[0].subnet
            kinds.insert(golden.decide(frame, from: port).kind)
            kinds.insert(golden.receive(frame, in: subnet, at: Article.provider(0)).kind)
          }
        }
      }
    }
    #expect(kinds == Decision.kinds)
  }

  @Test(arguments: IPFamily.allCases, seeds)
  func `no decision leads into another routing domain`(family: IPFamily, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    for router in Fabric(network.policy).hosts {
      for (port, sender) in router.ports.enumerated() {
        guard let subnet = sender.virtualSubnetID else { continue }
        let domain = router.router.virtualSubnets[subnet]?.routingDomainID
        for _ in 0..<10 {
          let frame = try network.frame(from: sender, &random)
          let target: VirtualSubnetID?
          switch router.decide(frame, from: port).decision {
          case .deliver(let port, _): target = router.ports[port].virtualSubnetID
          case .encapsulate(let tunnel, _): target = tunnel.virtualSubnetID
          case .translate, .replicate, .answer, .answerEcho, .absorb, .bypass, .refuse: continue
          }
          let reached = try #require(target)
          #expect(router.router.virtualSubnets[reached]?.routingDomainID == domain)
        }
      }
    }
  }
}

extension Decision {
  static let kinds: Set<String> = [
    "deliver", "encapsulate", "answer", "bypass", "unknownVirtualSubnet", "denied",
    "spoofedMAC", "invalidSource", "notIP", "groupDestination", "noRoute", "noRecord",
    "unsupportedRule",
    "gatewayAddress", "foreignMAC", "timeToLiveExceeded", "noPort", "foreignProviderAddress",
    "notOurProviderAddress", "noRecordAtReceiver", "neighborUnknown",
  ]

  /// The name of the case, or of the refusal's.
  fileprivate var kind: String {
    switch self {
    case .refuse(let refusal): String("\(refusal)".prefix { $0 != "(" })
    default: String("\(self)".prefix { $0 != "(" })
    }
  }
}
