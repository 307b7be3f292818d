import HNVCore
import Testing

@testable import HNVSim

/// What goes wrong on the underlay: seen by a packet, and where that can be, without one.
@Suite struct UnderlayDiagnosticTests {
  private func rules(_ fabric: Fabric) -> [DiagnosticRule] { fabric.warnings.map(\.rule) }

  @Test(arguments: IPFamily.allCases)
  func `a provider address in another VLAN is out of reach, and the trace says in which`(
    family: IPFamily
  ) throws {
    let racks = RackLab(family: family)
    let fabric = try racks.fabric { $0.provide("hv2", racks.rack(1, 12), vlanID: 120) }
    #expect(rules(fabric) == [.providerVLAN])
    let trace = try fabric.trace(from: "A", to: "B")
    #expect(trace.disposition == .providerUnreachable)
    let decision = try #require(trace.decision)
    #expect(decision.element == "hv1")
    #expect(decision.step.detail.contains("VLAN 110"))
    #expect(decision.step.detail.contains("hv2 has it in VLAN 120"))
    #expect(try #require(decision.step.fix).contains("VLAN"))
    // Three questions, all in hv1's own VLAN, which hv2 never hears.
    let asked = trace.resolution.filter { $0.machine == "hv1" }
    #expect(asked.count == 3)
    #expect(asked.allSatisfy { $0.answer == nil && $0.hops.last?.element == "underlay" })
    #expect(try fabric.reach(from: "A", to: "C").isReachable)
  }

  @Test func `a VLAN that no network has is carried by no port`() throws {
    let fabric = try RackLab().fabric { $0.provide("hv1", "172.16.1.11", vlanID: 999) }
    let trace = try fabric.trace(from: "A", to: "B")
    #expect(trace.disposition == .providerUnreachable)
    #expect(try #require(trace.decision).step.detail.contains("carries no frames of VLAN 999"))
  }

  @Test func `without networks every VLAN is carried, each for itself`() throws {
    let same = try SmallLab.fabric { lab in
      lab.provide("hv1", "172.16.0.11", vlanID: 7)
      lab.provide("hv2", "172.16.0.12", vlanID: 7)
    }
    #expect(same.warnings.isEmpty)
    #expect(try same.reach(from: "A", to: "B").isReachable)
    let other = try SmallLab.fabric { $0.provide("hv1", "172.16.0.11", vlanID: 7) }
    #expect(try other.trace(from: "A", to: "B").disposition == .providerUnreachable)
  }

  @Test(arguments: IPFamily.allCases)
  func `without a provider route nothing leaves the rack`(family: IPFamily) throws {
    let racks = RackLab(family: family)
    let elsewhere = family == .v4 ? "172.18.0.0/16" : "fd18::/64"
    let fabric = try racks.fabric { $0.route("hv1", to: elsewhere, via: racks.rack(1, 1)) }
    #expect(rules(fabric) == [.unroutedProviderAddress])
    let trace = try fabric.trace(from: "A", to: "C")
    #expect(trace.disposition == .providerUnreachable)
    let decision = try #require(trace.decision)
    #expect(decision.element == "hv1")
    #expect(decision.step.detail.contains("no provider route"))
    #expect(decision.step.lookup?.match == nil)
    #expect(decision.step.lookup?.nearest.isEmpty == false)
    #expect(try fabric.reach(from: "A", to: "B").isReachable)
    // C's packet arrives; it is the answer that has no way.
    let back = try fabric.trace(from: "C", to: "A")
    #expect(back.disposition == .accepted)
    #expect(back.reply?.disposition == .providerUnreachable)
  }

  @Test func `the longest prefix decides among provider routes, then the lowest metric`() throws {
    func firstRouter(_ routes: (inout Lab) -> Void) throws -> String? {
      let fabric = try RackLab().fabric { lab in
        lab.underlay.router("beside", "172.16.1.2", "172.16.0.3")
        routes(&lab)
      }
      let trace = try fabric.trace(from: "A", to: "C")
      #expect(trace.isAnswered)
      return trace.hops.map(\.element).first { $0 == "tor1" || $0 == "beside" }
    }
    #expect(
      try firstRouter {
        $0.route("hv1", to: "0.0.0.0/0", via: "172.16.1.1", metric: 20)
        $0.route("hv1", to: "0.0.0.0/0", via: "172.16.1.2", metric: 10)
      } == "beside")
    #expect(
      try firstRouter {
        $0.route("hv1", to: "0.0.0.0/0", via: "172.16.1.2", metric: 10)
        $0.route("hv1", to: "172.16.2.0/24", via: "172.16.1.1", metric: 20)
      } == "tor1")
  }

  @Test func `a next hop on no link of the host is of no use`() throws {
    let fabric = try RackLab().fabric { $0.route("hv1", to: "0.0.0.0/0", via: "172.16.2.1") }
    // The check uses the route's prefix alone for the one rule, and its next hop for the other.
    #expect(rules(fabric) == [.providerNextHop])
    let trace = try fabric.trace(from: "A", to: "C")
    #expect(trace.disposition == .providerUnreachable)
    let nearest = try #require(trace.decision?.step.lookup?.nearest)
    #expect(nearest.contains { $0.contains("172.16.2.1") })
  }

  /// OpenStack's driver installs 0.0.0.0/0 with the next hop 0.0.0.0.
  @Test func `an on-link provider route asks for the destination itself`() throws {
    let fabric = try RackLab().fabric { $0.route("hv1", to: "0.0.0.0/0", via: "0.0.0.0") }
    let trace = try fabric.trace(from: "A", to: "C")
    #expect(trace.disposition == .providerUnreachable)
    #expect(trace.questions(of: "hv1") == Array(repeating: "172.16.2.13", count: 3))
  }

  @Test func `networks that no router joins are found, and packets between them lost`() throws {
    let fabric = try RackLab().fabric { $0.underlay.routers.removeLast() }
    #expect(Set(rules(fabric)) == [.underlaySplit, .unroutedProviderAddress])
    let warning = try #require(fabric.warnings.first { $0.rule == .underlaySplit })
    #expect(warning.value == "rack2")
    let trace = try fabric.trace(from: "A", to: "C")
    #expect(trace.disposition == .providerUnreachable)
    #expect(trace.decision?.element == "tor1")
    // hv3 has no router to send to.
    #expect(try fabric.trace(from: "C", to: "A").decision?.element == "hv3")
  }

  @Test func `a record of a provider address that nobody has is lost in front of the last segment`()
    throws
  {
    let fabric = try RackLab().fabric { lab in
      lab.hnv.deviations = [
        HNVSection.Deviation(
          host: RackLab.written("hv1"), withholdRecords: [RackLab.written("10.0.1.13")],
          addRecords: [
            HNVSection.Record(
              customerAddress: RackLab.written("10.0.1.13"), subnet: RackLab.written("front"),
              macAddress: RackLab.written("00155D000003"),
              providerAddress: RackLab.written("172.16.2.99"))
          ])
      ]
    }
    let trace = try fabric.trace(from: "A", to: "C")
    #expect(trace.disposition == .providerUnreachable)
    #expect(trace.decision?.element == "tor2")
    #expect(trace.questions(of: "tor2") == Array(repeating: "172.16.2.99", count: 3))
  }

  @Test func `a router that stops is missed at once by who has it in mind, and then by all`()
    throws
  {
    var experiment = Experiment(try RackLab().fabric())
    try experiment.send(Question(from: "A", to: "C"))
    try experiment.stop("tor1", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "C"), at: .seconds(2))
    try experiment.send(Question(from: "A", to: "C"), at: .seconds(60))
    try experiment.start("tor1", at: .seconds(70))
    try experiment.send(Question(from: "A", to: "C"), at: .seconds(71))
    let traces = experiment.run().compactMap(\.trace)
    #expect(
      traces.map(\.disposition) == [.accepted, .elementDown, .providerUnreachable, .accepted])
    #expect(traces[1].decision?.element == "tor1")
    #expect(traces[2].decision?.element == "hv1")
    #expect(try #require(traces[2].decision).step.detail.contains("tor1 is stopped"))
    #expect(traces[3].isAnswered)
  }

  @Test(arguments: ["hv1", "tor1", "tor2", "hv3"])
  func `the links to the underlay can be cut and restored`(element: String) throws {
    var experiment = Experiment(try RackLab().fabric())
    try experiment.send(Question(from: "A", to: "C"))
    try experiment.cut(element, from: "underlay", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "C"), at: .seconds(2))
    try experiment.restore("underlay", to: element, at: .seconds(3))
    try experiment.send(Question(from: "A", to: "C"), at: .seconds(4))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.isAnswered) == [true, false, true])
    #expect(traces[1].disposition == .linkDown)
  }

  @Test
  func `routers that send to one another use up the outer TTL, and the host hears it`()
    throws
  {
    let fabric = try RackLab().fabric { lab in
      lab.underlay.routers[0].route(to: "0.0.0.0/0", via: "172.16.0.2")
      lab.underlay.routers[1].route(to: "172.16.9.0/24", via: "172.16.0.1")
      lab.underlay.routers[1].route(to: "172.16.1.0/24", via: "172.16.0.1")
      lab.hnv.deviations = [
        HNVSection.Deviation(
          host: RackLab.written("hv1"), withholdRecords: [RackLab.written("10.0.1.13")],
          addRecords: [
            HNVSection.Record(
              customerAddress: RackLab.written("10.0.1.13"), subnet: RackLab.written("front"),
              macAddress: RackLab.written("00155D000003"),
              providerAddress: RackLab.written("172.16.9.9"))
          ])
      ]
    }
    let trace = try fabric.trace(from: "A", to: "C")
    #expect(trace.disposition == .timeToLiveExceeded)
    // hv1, and 128 routers in turn; the last drops it.
    #expect(trace.hops.count { $0.element.hasPrefix("tor") } == 128)
    let error = try #require(trace.reply)
    #expect(error.packet.text == "ICMP time exceeded")
    #expect(error.disposition == .accepted)
    #expect(error.delivered?.machine == "hv1")
    #expect(error.hops.last?.element == "hv1")
  }

  @Test func `each provider address has its own MAC address and VLAN, and may be asked for`() throws
  {
    let fabric = try RackLab().fabric { lab in
      // hv2 has its first address in a VLAN of its own, and a second one in the rack.
      lab.underlay.network("storage", "172.16.5.0/24", vlan: 500)
      lab.provide("hv2", "172.16.5.12")
      lab.provide("hv2", "172.16.1.22", macAddress: "02-00-00-00-00-22")
      lab.hnv.deviations = [
        HNVSection.Deviation(
          host: RackLab.written("hv1"), withholdRecords: [RackLab.written("10.0.1.12")],
          addRecords: [
            HNVSection.Record(
              customerAddress: RackLab.written("10.0.1.12"), subnet: RackLab.written("front"),
              macAddress: RackLab.written("00155D000002"),
              providerAddress: RackLab.written("172.16.1.22"))
          ])
      ]
    }
    let trace = try fabric.trace(from: "A", to: "10.0.1.12")
    #expect(trace.disposition == .accepted)
    let asked = try #require(trace.resolution.first { $0.machine == "hv1" })
    #expect(asked.answer == MACAddress(bits: 0x0200_0000_0022))
    #expect(asked.answeredBy == "hv2")
    // The answer leaves from the address in B's record, whose VLAN has no router.
    #expect(trace.reply?.disposition == .providerUnreachable)
  }

  @Test func `a packet is not addressed to a host or a router`() throws {
    let fabric = try RackLab().fabric()
    for (from, to) in [("A", "tor1"), ("tor1", "A")] {
      #expect {
        try fabric.trace(from: from, to: to)
      } throws: {
        ($0 as? Diagnostics)?.all.contains {
          $0.rule == .unknownName && $0.explanation.contains("router of the underlay")
        } ?? false
      }
    }
  }
}
