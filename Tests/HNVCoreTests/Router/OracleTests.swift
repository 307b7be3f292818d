import HNVCore
import Testing

/// The compiled router against an oracle that goes through the lists, on networks full of flaws.
struct OracleTests {
  static let seeds = UInt64(0)..<24
  static let framesPerHost = 20

  /// Asks something of each host of a random network, with a random port of it.
  private func askHosts(
    _ family: IPFamily, _ seed: UInt64, times: Int = framesPerHost,
    changing change: (inout Settings) -> Void = { _ in },
    _ question: (HostRouter, GoldenRouter, RandomNetwork, Int, inout SplitMix64) throws -> Void
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random, changing: change)
    for (host, router) in zip(network.policy.hosts, InstantNetwork(network.policy).hosts) {
      let golden = GoldenRouter(host: host.policy, settings: network.policy.settings)
      for _ in 0..<times where !router.ports.isEmpty {
        let port = Int.random(in: 0..<router.ports.count, using: &random)
        try question(router, golden, network, port, &random)
      }
    }
  }

  @Test(arguments: IPFamily.allCases, seeds)
  func `a frame that a machine sends is decided as the rules say`(
    family: IPFamily, seed: UInt64
  ) throws {
    try askHosts(family, seed) { router, golden, network, port, random in
      let frame = try network.frame(from: router.ports[port], &random)
      #expect(
        router.decide(frame, from: port).withoutGrounds == golden.decide(frame, from: port))
    }
  }

  @Test(arguments: IPFamily.allCases, seeds)
  func `so is one under settings that let most packets take the fast path`(
    family: IPFamily, seed: UInt64
  ) throws {
    try askHosts(family, seed, times: 60, changing: FastPathTests.allowFastPath) {
      router, golden, network, port, random in
      let frame = try network.frame(from: router.ports[port], &random)
      #expect(
        router.decide(frame, from: port).withoutGrounds == golden.decide(frame, from: port))
    }
  }

  @Test(arguments: IPFamily.allCases, seeds)
  func `a frame that a host receives is decided as the rules say`(
    family: IPFamily, seed: UInt64
  ) throws {
    try askHosts(family, seed) { router, golden, network, port, random in
      let frame = try network.frame(from: router.ports[port], &random)
      let wire = network.wire(&random)
      #expect(
        router.receive(frame, in: wire.subnet, from: wire.sender, at: wire.receiver).withoutGrounds
          == golden.receive(frame, in: wire.subnet, from: wire.sender, at: wire.receiver))
    }
  }

  @Test(arguments: IPFamily.allCases, seeds)
  func `a packet without a tunnel is decided as the rules say`(
    family: IPFamily, seed: UInt64
  ) throws {
    try askHosts(family, seed) { router, golden, network, _, random in
      let frame = try network.translatedPacket(&random)
      let packet = try #require(frame.packet)
      let (outcome, restored) = router.receiveTranslated(frame, packet)
      #expect((outcome.withoutGrounds, restored) == golden.receiveTranslated(frame, packet))
    }
  }

  @Test func `the random networks lead to every kind of outcome`() throws {
    var kinds: Set<String> = []
    for seed in Self.seeds {
      for family in IPFamily.allCases {
        try askHosts(family, seed, times: 20) { _, golden, network, port, random in
          let frame = try network.frame(from: golden.host.ports[port], &random)
          let wire = network.wire(&random)
          kinds.formUnion(golden.decide(frame, from: port).kinds)
          kinds.formUnion(
            golden.receive(frame, in: wire.subnet, from: wire.sender, at: wire.receiver).kinds)
          let bare = try network.translatedPacket(&random)
          let answer = golden.receiveTranslated(bare, try #require(bare.packet))
          kinds.formUnion(answer.outcome.kinds)
        }
      }
    }
    #expect(Outcome.kinds.subtracting(kinds) == [])
    #expect(kinds.subtracting(Outcome.kinds) == [])
  }
}

extension RandomNetwork {
  /// What the outer header of a received packet might say.
  func wire(
    _ random: inout SplitMix64
  ) -> (subnet: VirtualSubnetID, sender: IPAddress, receiver: IPAddress) {
    let machine = machines[Int.random(in: 0..<machines.count, using: &random)]
    let sender = Article.provider(Int.random(in: 0..<3, using: &random))
    let receiver = Article.provider(Int.random(in: 0..<3, using: &random))
    return (machine.subnet, sender, random.hits(1, in: 5) ? Self.providerGroup : receiver)
  }
}

extension Outcome {
  static let kinds: Set<String> = [
    "deliver", "encapsulate", "translate", "replicate", "answer", "answerEcho", "absorb", "bypass",
    "unknownVirtualSubnet", "denied", "spoofedMAC", "invalidSource", "notIP", "taggedInside",
    "routerAdvertisement", "noReceivers", "noRoute", "noRecord", "untranslated", "familiesDiffer",
    "gatewayAddress", "foreignMAC", "timeToLiveExceeded", "packetTooBig", "noPort", "moved",
    "unknownSource", "untranslatable", "foreignProviderAddress", "notOurProviderAddress",
    "noRecordAtReceiver", "neighborUnknown", "learned", "redirect", "unreachable",
  ]

  /// The names of the decision's case, or of the refusal's, and of what remains.
  var kinds: [String] {
    func name(_ value: some Any) -> String { String("\(value)".prefix { $0 != "(" }) }
    var kinds = [name(decision)]
    if case .refuse(let refusal) = decision { kinds = [name(refusal)] }
    if changes.learned != nil { kinds.append("learned") }
    if let notice = changes.notice { kinds.append(name(notice)) }
    return kinds
  }
}
