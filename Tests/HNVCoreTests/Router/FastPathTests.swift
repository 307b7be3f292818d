import Testing

@testable import HNVCore

/// What is decided on the fast path, beside the slow path.
@Suite struct FastPathTests {
  /// Frames of random networks, as their machines send them, with the router and the port.
  private func frames(
    _ family: IPFamily, _ seed: UInt64, changing change: (inout Settings) -> Void = allowFastPath,
    _ look: (HostRouter, Int, FlowKey) -> Void
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random, changing: change)
    var policy = network.policy
    if seed % 2 == 1 { Self.changePorts(of: &policy, &random) }
    for router in InstantNetwork(policy).hosts where !router.ports.isEmpty {
      for _ in 0..<100 {
        let port = Int.random(in: 0..<router.ports.count, using: &random)
        let frame = try network.frame(from: router.ports[port], &random)
        look(router, port, FlowKey(frame))
      }
    }
  }

  /// The settings without which no packet takes the fast path, as Windows Server 2012 R2 and 2016
  /// have them.
  static func allowFastPath(_ settings: inout Settings) {
    let usual = Settings()
    settings.sameHost = usual.sameHost
    settings.externalRouter = usual.externalRouter
    settings.sourceProviderAddress = usual.sourceProviderAddress
    settings.sourceMAC = usual.sourceMAC
    settings.timeToLive = usual.timeToLive
    settings.icmpErrors = usual.icmpErrors
  }

  /// Gives some ports what keeps packets that pass them off the fast path: stateful rules, guards
  /// and basic lists.
  static func changePorts(of policy: inout NetworkPolicy, _ random: inout SplitMix64) {
    for host in policy.hosts.indices {
      for port in policy.hosts[host].policy.ports.indices {
        var changed = policy.hosts[host].policy.ports[port]
        for rule in changed.accessRules.indices where random.hits(1, in: 2) {
          changed.accessRules[rule].isStateful = changed.accessRules[rule].action == .allow
        }
        changed.dhcpGuard = random.hits(1, in: 6)
        changed.routerGuard = random.hits(1, in: 6)
        if random.hits(1, in: 4) {
          changed.basicRules = [
            BasicAccessRule(
              random.hits(1, in: 2) ? .deny : .allow, random.hits(1, in: 2) ? .inbound : .outbound,
              .local, .anyIP)
          ]
        }
        policy.hosts[host].policy.ports[port] = changed
      }
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `where flows are open no packet takes the fast path`(family: IPFamily) throws {
    var opened = 0
    for seed in UInt64(0)..<12 {
      try frames(family, 2 * seed + 1) { router, port, frame in
        var state = HostState()
        let outcome = router.slowPath(frame, from: port, state: state, at: 0)
        state.apply(outcome.changes, at: 0)
        guard !state.connections.isEmpty else { return }
        opened += 1
        #expect(router.fastMatch(frame, from: port, state: state) == nil)
      }
    }
    #expect(opened > 0)
  }

  @Test(arguments: IPFamily.allCases, OracleTests.seeds)
  func `the fast path decides as the slow path does, on the same grounds`(
    family: IPFamily, seed: UInt64
  ) throws {
    try frames(family, seed) { router, port, frame in
      guard let match = router.fastMatch(frame, from: port, state: HostState()) else { return }
      let slow = router.slowPath(frame, from: port, state: HostState(), at: 0)
      #expect(router.outcome(frame, match) == slow)
    }
  }

  @Test
  func `the fast path delivers and encapsulates, within and between subnets`()
    throws
  {
    var kinds: Set<String> = []
    for seed in OracleTests.seeds {
      for family in IPFamily.allCases {
        try frames(family, seed) { router, port, frame in
          let match = router.fastMatch(frame, from: port, state: HostState())
          switch match.map({ router.outcome(frame, $0).decision }) {
          case .deliver(_, let rewrite): kinds.insert("here, \(rewrite.timeToLiveCost)")
          case .encapsulate(_, let rewrite): kinds.insert("there, \(rewrite.timeToLiveCost)")
          case nil: kinds.insert("slow path")
          default: kinds.insert("never")
          }
        }
      }
    }
    #expect(kinds == ["here, 0", "here, 1", "there, 0", "there, 1", "slow path"])
  }

  /// The settings that the fast path depends on: under another value no packet takes it.
  private static let decisive: Set = [
    "sameHost", "externalRouter", "sourceProviderAddress", "sourceMAC", "timeToLive", "icmpErrors",
  ]

  @Test func `the fast path is closed by these settings, and by no others`() {
    var closing: Set<String> = []
    for setting in Settings.descriptions {
      for value in setting.values {
        var settings = Settings()
        #expect(setting.write(&settings, value))
        if !settings.allowFastPath { closing.insert(setting.name) }
      }
    }
    #expect(Settings().allowFastPath)
    #expect(closing == Self.decisive)
    #expect(Settings.descriptions.count > 30)
  }

  @Test(arguments: IPFamily.allCases)
  func `under every value of the other settings both paths decide alike`(family: IPFamily) throws {
    for setting in Settings.descriptions where !Self.decisive.contains(setting.name) {
      for value in setting.values {
        var compared = 0
        for seed in UInt64(0)..<3 {
          try frames(
            family, seed,
            changing: { settings in
              settings = Settings()
              _ = setting.write(&settings, value)
            }
          ) { router, port, frame in
            guard let match = router.fastMatch(frame, from: port, state: HostState()) else {
              return
            }
            let slow = router.slowPath(frame, from: port, state: HostState(), at: 0)
            #expect(router.outcome(frame, match) == slow, "\(setting.name)=\(value)")
            compared += 1
          }
        }
        #expect(compared > 0, "\(setting.name)=\(value)")
      }
    }
  }
}
