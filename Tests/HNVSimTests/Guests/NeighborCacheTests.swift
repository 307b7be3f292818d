import HNVCore
import Testing

@testable import HNVSim

/// ARP and ND, as a guest's own stack does them.
@Suite struct NeighborCacheTests {
  /// A sends to B at each of the times; B's address is the family's.
  private func traces(
    _ family: IPFamily, at times: [VirtualTime], to destination: String? = nil,
    _ change: (inout Lab) -> Void = { _ in }
  ) throws -> [Trace] {
    var experiment = Experiment(try SmallLab.fabric([family], change))
    for time in times {
      try experiment.send(Question(from: "A", to: destination ?? "B"), at: time)
    }
    return experiment.run().compactMap(\.trace)
  }

  @Test func `of many neighbours each is found, forgotten and learned again`() {
    var cache = NeighborCache()
    let keys = (0..<40).map {
      NeighborKey(link: $0 % 2, address: .v4(IPv4Address(bits: UInt32($0 / 2))))
    }
    func macs() -> [UInt64?] {
      keys.map {
        guard case .reachable(let mac, _) = cache[$0] else { return nil }
        return mac.bits
      }
    }
    for (number, key) in keys.enumerated() {
      #expect(macs()[number] == nil)
      cache[key] = .reachable(MACAddress(bits: UInt64(number)), until: .zero)
      #expect(macs() == keys.indices.map { $0 <= number ? UInt64($0) : nil })
    }
    for number in [0, 15, 16, 39] { cache[keys[number]] = nil }
    #expect(macs().indices.filter { macs()[$0] == nil } == [0, 15, 16, 39])
    cache[keys[15]] = .reachable(MACAddress(bits: 99), until: .zero)
    #expect(macs()[15] == 99 && macs()[14] == 14)
    #expect(Set(cache.keys) == Set(keys))
  }

  @Test(arguments: IPFamily.allCases)
  func `an answer is believed for thirty seconds, and asked for again after that`(
    family: IPFamily
  ) throws {
    let last = VirtualTime(nanoseconds: 29_999_999_999)
    let traces = try traces(family, at: [.zero, .seconds(1), last, .seconds(30), .seconds(31)])
    // The guest and its host, which does the same on the underlay.
    for element in ["A", "hv1"] {
      #expect(traces.map { $0.questions(of: element).count } == [1, 0, 0, 1, 0])
    }
    #expect(traces.allSatisfy { $0.isAnswered })
    #expect(traces.compactMap(\.sent).count == 5)
    #expect(Set(traces.compactMap(\.sent?.frame)).count == 1)
  }

  @Test(arguments: IPFamily.allCases)
  func `nobody answers: three questions a second apart, then the packet is lost`(
    family: IPFamily
  ) throws {
    let missing = family == .v4 ? "10.0.1.99" : "fd00:1::99"
    let trace = try traces(family, at: [.seconds(7)], to: missing)[0]
    #expect(trace.disposition == .neighborUnreachable)
    #expect(trace.resolution.map { $0.hops[0].time } == [.seconds(7), .seconds(8), .seconds(9)])
    #expect(trace.resolution.allSatisfy { $0.answer == nil && $0.machine == "A" })
    #expect(trace.sent == nil)
    // The host says why it stayed silent.
    let silent = try #require(trace.resolution[0].hops.last)
    #expect(silent.element == "hv1")
    #expect(silent.steps.last?.action == .dropped)
  }

  @Test(arguments: IPFamily.allCases)
  func `packets wait together behind one question, and leave together`(
    family: IPFamily
  ) throws {
    let missing = family == .v4 ? "10.0.1.99" : "fd00:1::99"
    let times: [VirtualTime] = [.zero, .zero, .seconds(2)]
    let lost = try traces(family, at: times, to: missing)
    #expect(lost.map(\.disposition) == Array(repeating: .neighborUnreachable, count: 3))
    // The first asked for all three; the others show the question whose answer they waited for.
    #expect(lost.map(\.resolution.count) == [3, 1, 1])
    #expect(lost[1].resolution == [lost[0].resolution[0]])
    #expect(lost[2].resolution == [lost[0].resolution[1]])
    let found = try traces(family, at: [.zero, .zero, .zero])
    #expect(found.map(\.resolution) == Array(repeating: found[0].resolution, count: 3))
    #expect(found[0].resolution.map(\.machine) == ["A", "hv1"])
    #expect(found.allSatisfy { $0.isAnswered })
  }

  @Test func `a record that arrives between two questions still serves the packet`() throws {
    var experiment = Experiment(
      try SmallLab.fabric { $0.withhold(record: "10.0.1.12", from: "hv1") })
    try experiment.send(Question(from: "A", to: "B"))
    try experiment.deliver(
      record: "10.0.1.12", to: ["hv1"], at: VirtualTime(nanoseconds: 1_500_000_000))
    let trace = try #require(experiment.run().first?.trace)
    #expect(trace.isAnswered)
    let asked = trace.resolution.filter { $0.machine == "A" }
    #expect(asked.map { $0.answer != nil } == [false, false, true])
    // The packet waited in A until then.
    #expect(trace.hops.map(\.time) == [.zero] + Array(repeating: .seconds(2), count: 4))
  }

  @Test func `after an unanswered question the next packet asks again`() throws {
    let traces = try traces(.v4, at: [.zero, .seconds(10)], to: "10.0.1.99")
    #expect(traces.map(\.resolution.count) == [3, 3])
  }

  @Test func `a machine that stops forgets whom it knew and what it was about to send`() throws {
    var experiment = Experiment(
      try SmallLab.fabric { $0.set("hostRestart", "policyKept") })
    try experiment.send(Question(from: "A", to: "10.0.1.99"))
    try experiment.stop("hv1", at: VirtualTime(nanoseconds: 500_000_000))
    try experiment.start("hv1", at: .seconds(5))
    try experiment.send(Question(from: "A", to: "10.0.1.99"), at: .seconds(6))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(6))
    try experiment.stop("A", at: .seconds(7))
    try experiment.start("A", at: .seconds(8))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(8))
    let traces = experiment.run().compactMap(\.trace)
    #expect(
      traces.map(\.disposition) == [.elementDown, .elementDown, .accepted, .accepted])
    #expect(traces.map { $0.questions(of: "A").count } == [1, 1, 1, 1])
    // hv1 itself was stopped before it had asked; A's stop leaves it what it knows.
    #expect(traces.map { $0.questions(of: "hv1").count } == [0, 0, 1, 0])
    #expect(traces[0].decision?.element == "A")
  }
}
