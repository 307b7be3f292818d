import HNVCore
import Testing

/// The filter of a port against an oracle that goes through all rules and all past packets.
struct PortFilterOracleTests {
  static let seeds = UInt64(0)..<60

  @Test(arguments: seeds)
  func `the lists let pass what an oracle lets pass`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let world = RandomPort(&random)
    let filter = PortFilter(world.port, settings: world.settings)
    for _ in 0..<60 {
      let direction = AccessRule.Direction.allCases.randomElement(using: &random) ?? .inbound
      let frame = world.frame(&random)
      let verdict = try #require(
        filter.decide(frame, direction, connections: ConnectionTable(), at: 0))
      let expected = world.passes(frame, direction, hasState: false)
      #expect(verdict.passes == expected, "\(frame) \(direction)")
      try expectHonesty(of: verdict, filter, frame, direction)
    }
  }

  /// The deciding rule and the beaten ones are all those that match, each once.
  private func expectHonesty(
    of verdict: PortFilter.Verdict, _ filter: PortFilter, _ frame: EthernetFrame,
    _ direction: AccessRule.Direction
  ) throws {
    let notChosen = filter.notChosen(by: verdict.ground, frame, direction).map(\.ground)
    var matching: Set<PortFilter.Ground> = []
    for (index, rule) in filter.rules(direction).enumerated() {
      if let packet = frame.packet, rule.matches(packet) { matching.insert(.extended(index)) }
    }
    for (index, entry) in filter.port.basicRules.enumerated()
    where entry.direction == direction && entry.action != .meter && entry.matches(frame) {
      matching.insert(.basic(index))
    }
    let named = verdict.ground == .nothing ? notChosen : notChosen + [verdict.ground]
    #expect(Set(named) == matching)
    #expect(named.count == matching.count)
    #expect((verdict.ground == .nothing) == matching.isEmpty)
  }

  @Test(arguments: seeds)
  func `a state lives as long as the packets say`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let world = RandomPort(&random)
    let filter = PortFilter(world.port, settings: world.settings)
    var (state, now) = (HostState(), UInt64(0))
    /// Every packet that opened or renewed a flow.
    var past: [(flow: RandomPort.Flow, time: UInt64, timeout: UInt64)] = []
    for _ in 0..<150 {
      now += UInt64.random(in: 0...1_500_000_000, using: &random)
      let direction = AccessRule.Direction.allCases.randomElement(using: &random) ?? .inbound
      let frame = world.frame(&random)
      let flow = world.flow(frame, direction)
      let last = past.last { $0.flow == flow }
      let alive = last.flatMap { now - $0.time < $0.timeout ? $0 : nil }
      let verdict = try #require(
        filter.decide(frame, direction, connections: state.connections, at: now))
      let passes = world.passes(frame, direction, hasState: alive != nil)
      #expect(verdict.passes == passes)
      let opening = world.opening(frame, direction)
      let timeout = alive?.timeout ?? opening.map { UInt64($0.idleSessionTimeout) * 1_000_000_000 }
      #expect((verdict.connection != nil) == (passes && timeout != nil))
      if passes, let flow, let timeout { past.append((flow, now, timeout)) }
      var changes = StateChanges()
      changes.receiver = verdict.connection
      state.apply(changes, at: now)
    }
  }
}
