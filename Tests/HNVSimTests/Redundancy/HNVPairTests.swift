import HNVCore
import Testing

@testable import HNVSim

/// Why VRRP does not do under HNV what it does on a wire.
struct HNVPairTests {
  /// `front` has A, and two gateways that share 10.0.1.250; `change` sees the lab last.
  private static func lab(
    usesVirtualMAC: Bool = true, _ change: (inout Lab) -> Void = { _ in }
  ) -> Lab {
    SmallLab.lab { lab in
      for (index, priority) in [200, 100].enumerated() {
        lab.gateway("GW\(index + 1)", on: index == 0 ? "hv2" : "hv3") { machine in
          machine.interface(in: "front", "10.0.1.\(index + 2)")
          machine.virtualRouter(
            1, "10.0.1.250", priority: UInt64(priority), accepts: true,
            usesVirtualMAC: usesVirtualMAC)
        }
      }
      change(&lab)
    }
  }

  private static func allowSpoofing(_ lab: inout Lab) {
    lab.hnv.ports = ["GW1", "GW2"].map { name in
      HNVSection.Port(
        machine: SmallLab.written(name), macAddressSpoofing: SmallLab.written("On"))
    }
  }

  /// Who thinks at the end that it is active, after ten seconds.
  private static func active(_ lab: Lab) throws -> (Set<String>, Listening) {
    let run = Listening(try Fabric(lab))
    run.run(until: .seconds(10))
    let late = run.advertisements.filter { $0.0.time > .seconds(8) }
    return (Set(late.map(\.0.sender)), run)
  }

  @Test func `frames from the virtual MAC address are dropped as spoofed, and both are active`()
    throws
  {
    let (active, run) = try Self.active(Self.lab())
    #expect(active == ["GW1", "GW2"])
    #expect(run.endings(of: "GW1") == [.spoofedMAC] && run.endings(of: "GW2") == [.spoofedMAC])
  }

  @Test func `with MacAddressSpoofing On they match no record, and both are active`() throws {
    // Microsoft's simple sample script for 2012: packets of a machine whose addresses are not as in
    // its records "will not be processed correctly".
    let (active, run) = try Self.active(Self.lab(Self.allowSpoofing))
    #expect(active == ["GW1", "GW2"])
    #expect(run.endings(of: "GW1") == [.invalidSource])
  }

  @Test func `with the adapters' own MAC addresses hosts copy advertisements, and one is active`()
    throws
  {
    // ipSpace, December 2013: 2012 R2 sends packets to groups to each host of the virtual subnet.
    let (active, run) = try Self.active(Self.lab(usesVirtualMAC: false))
    #expect(active == ["GW1"])
    #expect(run.endings(of: "GW1") == [.replicated])
  }

  @Test func `under 2012 advertisements do not leave the host, and both are active`() throws {
    let (active, run) = try Self.active(
      Self.lab(usesVirtualMAC: false) { $0.hnv.release = SmallLab.written("2012") })
    #expect(active == ["GW1", "GW2"])
    // B is on GW1's host, and has not joined the group.
    #expect(run.endings(of: "GW1") == [.ignored])
  }

  @Test(arguments: [true, false])
  func `the host answers for the shared address, with the MAC address of its record`(
    isSpoofingAllowed: Bool
  ) throws {
    let fabric = try Fabric(
      Self.lab { lab in if isSpoofingAllowed { Self.allowSpoofing(&lab) } })
    let trace = try fabric.trace(from: "A", to: "10.0.1.250")
    let resolution = try #require(trace.resolution.first)
    let own = try #require(
      fabric.network.intent.machines.first { $0.name == "GW1" }?.interfaces.first?.macAddress)
    #expect(resolution.answeredBy == "hv1" && resolution.answer == own)
    #expect(trace.delivered?.machine == "GW1" && trace.delivered?.destinationMAC == own)
  }

  /// A's stream to the shared address: 10 packets a second for 12 s, GW1's host stops at 2 s.
  private static func stream(
    _ lab: Lab, _ change: (inout Experiment) throws -> Void = { _ in }
  ) throws -> StreamReport {
    var experiment = Experiment(try Fabric(lab))
    try experiment.send(
      Question(from: "A", to: "10.0.1.250"), every: PairLab.milliseconds(100), times: 120)
    try experiment.stop("hv2", at: .seconds(2))
    try change(&experiment)
    return try #require(StreamReport.reports(on: experiment.run()).first)
  }

  @Test func `whoever is active, packets follow the record until somebody changes it`() throws {
    let lab = Self.lab(usesVirtualMAC: false)
    let report = try Self.stream(lab)
    // 2 s to 11.9 s, to the end.
    #expect(report.lost == 100)
    #expect(report.outages.map(\.first) == [.seconds(2)])
    #expect(report.outages.map(\.end) == [nil])
    let fixed = try Self.stream(lab) {
      try $0.deliver(record: "10.0.1.250", at: .seconds(9))
    }
    #expect(fixed.lost == 70)
    #expect(fixed.outages.map(\.end) == [.seconds(9)])
    #expect(fixed.outages.map(\.duration) == [.seconds(7)])
  }

  @Test(arguments: [LearnedAgeing.fiveMinutes, .never])
  func `an address that hosts have learned leads to the old machine until it is forgotten`(
    ageing: LearnedAgeing
  ) throws {
    // GW2's gratuitous ARP teaches its own host alone; the sender's believes what GW1 answered.
    let lab = Self.lab(usesVirtualMAC: false) { lab in
      lab.set("learnedAgeing", ageing.rawValue)
      lab.hnv.recordsOf = ["GW1", "GW2"].map { name in
        lab.change(name) { $0.forwards = false }
        return HNVSection.RecordForm(
          machine: SmallLab.written(name), type: SmallLab.written("L2Only"))
      }
    }
    var experiment = Experiment(try Fabric(lab))
    try experiment.send(
      Question(from: "A", to: "10.0.1.250"), every: .seconds(1), times: 320)
    try experiment.stop("hv2", at: .seconds(2))
    let report = try #require(StreamReport.reports(on: experiment.run()).first)
    #expect(report.outages.map(\.first) == [.seconds(2)])
    #expect(report.outages.map(\.end) == [ageing == .never ? nil : .seconds(300)])
  }

  @Test func `a record that is delivered before the backup takes over does not suffice`() throws {
    // GW2 takes over at 1 s, when it last heard GW1, and its active-down interval.
    let report = try Self.stream(Self.lab(usesVirtualMAC: false)) {
      try $0.deliver(record: "10.0.1.250", at: .seconds(3))
    }
    let takeover = VirtualTime.seconds(1) + PairLab.activeDownInterval(100)
    let outage = try #require(report.outages.first)
    let end = try #require(outage.end)
    #expect(takeover <= end && end < takeover + PairLab.milliseconds(100))
    #expect(report.losses.map(\.disposition) == [.notForwarding, .elementDown])
  }
}
