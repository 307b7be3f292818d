import HNVCore
import Testing

@testable import HNVSim

/// When one NAT instance notices that the other is gone, and what follows.
@Suite struct NATFailoverTests {
  private func pair(
    pings: UInt64 = 3, timeout: UInt64 = 1, interval: UInt64 = 2, apiDelay: UInt64 = 5
  ) -> NATFailover {
    NATFailover(
      instances: [0, 1], pings: pings, timeout: .seconds(timeout), interval: .seconds(interval),
      apiDelay: .seconds(apiDelay))
  }

  /// Goes through the rounds one ping after the other, in tenths of seconds.
  private func slowDetection(_ pair: NATFailover, stop: UInt64, start: UInt64) -> UInt64 {
    var now = start
    while true {
      let pings = (0..<pair.pings).map { now + 10 * $0 }
      let answered = pings.map { $0 < stop }
      let last = pings[pings.count - 1]
      let timeout = pair.timeout.nanoseconds / 100_000_000
      let end = answered[answered.count - 1] ? last : last + timeout
      if !answered.contains(true) { return end }
      now = end + pair.interval.nanoseconds / 100_000_000
    }
  }

  @Test(arguments: [1, 2, 3, 5] as [UInt64], [1, 2, 7] as [UInt64])
  func `detection takes as long as the rounds of pings do`(pings: UInt64, interval: UInt64) {
    for timeout in [1, 4] as [UInt64] {
      let pair = pair(pings: pings, timeout: timeout, interval: interval)
      for start in stride(from: 0, through: 60, by: 13) as StrideThrough<UInt64> {
        for stop in stride(from: 0, through: 300, by: 3) as StrideThrough<UInt64> {
          let expected = slowDetection(pair, stop: stop, start: start)
          let got = pair.detection(
            ofStopAt: VirtualTime(nanoseconds: stop * 100_000_000),
            roundsFrom: VirtualTime(nanoseconds: start * 100_000_000))
          #expect(got.nanoseconds == expected * 100_000_000, "stop \(stop), start \(start)")
        }
      }
    }
  }

  @Test func `the survivor takes over, and a starting instance takes its own back`() {
    let state = VPCState([pair()])
    #expect(state.holder(of: 0, at: .seconds(100)) == 0)
    state.note(.machine(0), isRunning: false, at: .seconds(8))
    // The round that begins at 8s gets no answer, and is over at 11s.
    #expect(state.holder(of: 0, at: VirtualTime(nanoseconds: 15_999_999_999)) == 0)
    #expect(state.holder(of: 0, at: .seconds(16)) == 1)
    #expect(state.holder(of: 1, at: .seconds(16)) == 1)
    state.note(.machine(0), isRunning: true, at: .seconds(20))
    #expect(state.holder(of: 0, at: .seconds(24)) == 1)
    #expect(state.holder(of: 0, at: .seconds(25)) == 0)
  }

  @Test func `an instance that is back before it is missed keeps its routes`() {
    let state = VPCState([pair()])
    state.note(.machine(0), isRunning: false, at: .seconds(8))
    state.note(.machine(0), isRunning: true, at: .seconds(10))
    #expect((8...40).allSatisfy { state.holder(of: 0, at: .seconds($0)) == 0 })
  }

  @Test func `of two that stop nobody takes over, and the first to start takes both`() {
    let state = VPCState([pair()])
    state.note(.machine(0), isRunning: false, at: .seconds(8))
    state.note(.machine(1), isRunning: false, at: .seconds(9))
    #expect(state.holder(of: 0, at: .seconds(60)) == 0)
    state.note(.machine(1), isRunning: true, at: .seconds(60))
    // Its first round is over at 63s.
    #expect(state.holder(of: 0, at: .seconds(67)) == 0)
    #expect(state.holder(of: 0, at: .seconds(68)) == 1)
  }

  @Test func `a pair is two machines`() throws {
    var lab = try LabFiles.lab("nat-pair")
    lab.vpc.natFailover[0].instances.removeLast()
    #expect(throws: Diagnostics.self) { try Fabric(lab) }
  }

  @Test func `a stopped host stops its instance`() throws {
    let fabric = try LabFiles.fabric("nat-pair")
    var experiment = Experiment(fabric)
    try experiment.stop("hv2", at: .seconds(8))
    try experiment.send(Question(from: "A", to: "internet"), at: .seconds(15))
    try experiment.send(Question(from: "A", to: "internet"), at: .seconds(16))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.isAnswered) == [false, true])
    #expect(traces.last?.through == ["N2"])
  }
}
