import HNVCore
import HNVSim
import Testing

/// What a move costs, by what hosts tell one another ([MS-NVGREE]).
struct LiveMigrationTests {
  /// What becomes of a stream to a machine that moves.
  ///
  /// A on hv1 sends to B every 10 ms from 5 ms on; at 100 ms B goes from hv2 to hv3, which alone
  /// knows of it at once. hv2 hears of it when `redirected` says so, hv1 at 500 ms.
  private func losses(
    redirected: UInt64?, _ change: (inout Lab) -> Void = { _ in }
  ) throws -> StreamReport {
    let fabric = try SmallLab.fabric { lab in
      lab.underlay.latency = SmallLab.written("1ms")
      change(&lab)
    }
    func milliseconds(_ count: UInt64) -> VirtualTime {
      VirtualTime(nanoseconds: count * 1_000_000)
    }
    var experiment = Experiment(fabric)
    try experiment.send(
      Question(from: "A", to: "B"), at: milliseconds(5), every: milliseconds(10), times: 60)
    try experiment.move("B", to: "hv3", at: milliseconds(100))
    try experiment.deliver(record: "10.0.1.12", to: ["hv3"], at: milliseconds(100))
    if let redirected {
      try experiment.deliver(record: "10.0.1.12", to: ["hv2"], at: milliseconds(redirected))
    }
    try experiment.deliver(record: "10.0.1.12", at: milliseconds(500))
    return try #require(StreamReport.reports(on: experiment.run()).first)
  }

  @Test func `without a word between hosts all is lost until the record arrives`() throws {
    // The packets of 105 to 495 ms.
    let report = try losses(redirected: 200) { $0.set("controlMessages", "none") }
    #expect(report.sent == 60 && report.lost == 40)
    #expect(report.losses.map(\.element) == ["hv2"])
    #expect(report.losses.map(\.disposition) == [.noPort])
  }

  @Test func `a redirect ends the loss one packet after the old host knows`() throws {
    // The packets of 105 to 205 ms: the last of them is answered by REDIRECT.
    #expect(try losses(redirected: 200).lost == 11)
  }

  @Test func `an unreachable ends it when the policy is refreshed`() throws {
    // UNREACHABLE is back before 115 ms, and 200 ms later hv1 has the record: 105 to 305 ms.
    let report = try losses(redirected: nil) {
      $0.hnv.policyRefresh = SmallLab.written("200ms")
    }
    #expect(report.lost == 21)
  }

  @Test func `where nobody refreshes policy an unreachable changes nothing`() throws {
    #expect(try losses(redirected: nil).lost == 40)
  }
}
