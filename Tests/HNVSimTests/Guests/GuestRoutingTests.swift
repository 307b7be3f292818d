import HNVCore
import HNVSim
import Testing

/// What a guest puts on the wire follows from its own configuration, right or wrong.
@Suite struct GuestRoutingTests {
  @Test(arguments: IPFamily.allCases)
  func `a guest without a gateway has no route beyond its subnet`(family: IPFamily) throws {
    let fabric = try SmallLab.fabric([family]) { $0.change("A") { $0.gateways = [] } }
    let trace = try fabric.trace(from: "A", to: "X")
    #expect(trace.disposition == .noRoute)
    #expect(trace.sent == nil)
    #expect(trace.resolution.isEmpty)
    let decision = try #require(trace.decision)
    #expect(decision.element == "A")
    let lookup = try #require(decision.step.lookup)
    #expect(lookup.table == "routes of A")
    #expect(lookup.match == nil)
    // What came nearest is its one connected prefix.
    #expect(lookup.nearest == [family == .v4 ? "10.0.1.0/24 on-link" : "fd00:1::/64 on-link"])
    #expect(try fabric.reach(from: "A", to: "B").isReachable)
  }

  @Test func `a gateway off the guest's link is a warning, and is never used`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.change("A") { $0.gateways = [SmallLab.written("10.9.9.1")] }
    }
    #expect(fabric.warnings.map(\.rule) == [.gatewayOffLink])
    let trace = try fabric.trace(from: "A", to: "X")
    #expect(trace.disposition == .noRoute)
    let nearest = try #require(trace.decision?.step.lookup).nearest
    #expect(nearest == ["0.0.0.0/0 via 10.9.9.1, which is on none of its links"])
  }

  @Test func `a guest with too wide a mask asks for a peer in another subnet, in vain`() throws {
    let change: (inout Lab) -> Void = { lab in
      lab.change("A") { $0.interfaces[0].addresses = [SmallLab.written("10.0.1.11/8")] }
    }
    let trace = try SmallLab.fabric([.v4], change).trace(from: "A", to: "X")
    #expect(trace.disposition == .neighborUnreachable)
    #expect(trace.resolution.map { "\($0.target)" } == Array(repeating: "10.1.2.11", count: 3))
    // Where hosts answer for the whole routing domain, the wrong mask does no harm.
    let wide = try SmallLab.fabric { lab in
      change(&lab)
      lab.hnv.settings = [
        HNVSection.Named(SmallLab.written("neighborProxy"), SmallLab.written("routingDomain"))
      ]
    }
    #expect(try wide.reach(from: "A", to: "X").isReachable)
  }

  @Test func `a guest with too narrow a mask sends by its gateway, and the frame arrives`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.change("A") { $0.interfaces[0].addresses = [SmallLab.written("10.0.1.2/29")] }
    }
    let trace = try fabric.trace(from: "A", to: "B")
    #expect(trace.questions(of: "A") == ["10.0.1.1"])
    let sent = try #require(trace.sent)
    let delivered = try #require(trace.delivered)
    #expect(sent.destinationMAC != delivered.destinationMAC)
    // Rewritten, but not routed: the subnet is the same.
    #expect(delivered.timeToLive == sent.timeToLive)
    #expect(trace.hops[1].steps.contains { $0.setting == "foreignMAC=rewritten" })
  }

  @Test func `the longest prefix wins in the guest, and the trace says what it beat`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.change("A") { machine in
        machine.route(to: "10.1.0.0/16", via: "10.0.1.12")
        machine.route(to: "10.1.2.0/24", via: "10.0.1.1")
      }
    }
    let trace = try fabric.trace(from: "A", to: "X")
    let lookup = try #require(trace.hops[0].steps.first { $0.action == .routed }?.lookup)
    #expect(lookup.match == "10.1.2.0/24 via 10.0.1.1")
    #expect(
      lookup.notChosen.map(\.entry) == ["10.1.0.0/16 via 10.0.1.12", "0.0.0.0/0 via 10.0.1.1"])
    #expect(lookup.notChosen.map(\.why).allSatisfy { $0.hasSuffix("is shorter") })
  }

  @Test func `a guest sends what fits, and no more`() throws {
    let fabric = try SmallLab.fabric()
    // 1500 less NVGRE's 42 bytes and the header that is carried along: 1458 for the packet.
    for (size, isSent) in [(1430, true), (1431, false)] {
      let trace = try fabric.trace(Question(from: "A", to: "B", size: size))
      #expect(trace.disposition == (isSent ? .accepted : .exceedsMTU))
      #expect((trace.sent != nil) == isSent)
    }
  }

  @Test func `a guest that is told a larger MTU finds out at the underlay`() throws {
    let fabric = try SmallLab.fabric { $0.change("A") { $0.mtu = 1500 } }
    let trace = try fabric.trace(Question(from: "A", to: "B", size: 1472))
    #expect(trace.disposition == .underlayMTU)
    let decision = try #require(trace.decision)
    #expect(decision.element == "underlay")
    #expect(try #require(decision.step.fix).contains("by 42"))
  }

  @Test func `a machine does not send to itself`() throws {
    let fabric = try SmallLab.fabric()
    for to in ["A", "10.0.1.11"] {
      #expect {
        try fabric.trace(from: "A", to: to)
      } throws: {
        ($0 as? Diagnostics)?.all.map(\.rule) == [.packetForm]
      }
    }
  }
}
