import HNVCore
import HNVSim
import Testing

/// Machines that forward, those that do not, and the networks beyond them.
@Suite struct ForwardingMachineTests {
  private func fabric(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    try SmallLab.fabric { lab in
      lab.addGateway()
      change(&lab)
    }
  }

  @Test func `a forwarding machine tells the sender that the TTL ran out`() throws {
    // One for the change of subnet; the second ends at GW.
    let trace = try fabric().trace(Question(from: "A", to: "internet", timeToLive: 2))
    #expect(trace.disposition == .timeToLiveExceeded)
    #expect(trace.decision?.element == "GW")
    let reply = try #require(trace.reply)
    #expect(reply.packet.text == "ICMP time exceeded")
    #expect(reply.sender == "GW")
    #expect("\(reply.packet.source)" == "10.0.2.250")
    #expect(reply.disposition == .accepted)
    #expect(reply.delivered?.machine == "A")
    #expect(try fabric().reach(Question(from: "A", to: "internet", timeToLive: 3)).isReachable)
  }

  @Test func `the hosts' router drops silently`() throws {
    let trace = try fabric().trace(Question(from: "A", to: "X", timeToLive: 1))
    #expect(trace.disposition == .timeToLiveExceeded)
    #expect(trace.decision?.element == "hv1")
    #expect(trace.replies.isEmpty)
  }

  @Test func `a machine that does not forward keeps what is not its own`() throws {
    let trace = try SmallLab.fabric { lab in
      lab.networks[0].route(to: "0.0.0.0/0", via: "10.1.2.11")
    }.trace(from: "A", to: "8.8.8.8")
    #expect(trace.disposition == .notForwarding)
    #expect(trace.decision?.element == "X")
    #expect(trace.through.isEmpty)
    #expect(trace.delivered == nil)
  }

  @Test func `the outside begins exchanges of its own`() throws {
    let trace = try fabric().trace(from: "internet", to: "X")
    #expect(trace.isAnswered)
    #expect(trace.through == ["GW"])
    #expect("\(trace.packet.source)" == "198.51.100.10")
    #expect(trace.delivered?.machine == "X")
    #expect(trace.delivered?.timeToLive == 126)
    #expect(trace.reply?.disposition == .exitsNetwork)
    #expect(trace.reply?.through == ["GW"])
  }

  @Test func `an outside network takes what it reaches and nothing else`() throws {
    let fabric = try fabric { lab in
      lab.outside[0].reaches = [SmallLab.written("198.51.100.0/24")]
    }
    #expect(try fabric.trace(from: "A", to: "198.51.100.77").disposition == .exitsNetwork)
    let trace = try fabric.trace(from: "A", to: "8.8.8.8")
    #expect(trace.disposition == .noRoute)
    #expect(trace.decision?.element == "internet")
    #expect(trace.through == ["GW"])
  }

  @Test func `a gateway whose default leads back is a loop, found before and met on the way`()
    throws
  {
    let fabric = try SmallLab.fabric { $0.addGateway(default: "10.0.2.1") }
    #expect(fabric.warnings.map(\.rule) == [.forwardingLoop])
    #expect(fabric.warnings[0].explanation.contains("route 0.0.0.0/0 via 10.0.2.1 of GW sends"))
    let trace = try fabric.trace(from: "A", to: "internet")
    #expect(trace.disposition == .loop)
    #expect(Set(trace.through) == ["GW"])
    // One for the change of subnet; the last that GW gets it cannot forward.
    #expect(trace.through.count == 126)
    #expect(trace.decision?.element == "GW")
    #expect(try #require(trace.decision?.step.fix).contains("loops through GW"))
    let loggedEvent = trace.rendered(.outcome).prefix { $0 != "\n" }
    #expect(loggedEvent == "LOOP  A -> 198.51.100.10 through GW (126 times): ICMP echo request")
    // What runs out before it has come back is no loop.
    let short = try fabric.trace(Question(from: "A", to: "internet", timeToLive: 2))
    #expect(short.disposition == .timeToLiveExceeded)
  }

  @Test func `a gateway that leads out is no loop`() throws {
    #expect(try fabric().warnings.isEmpty)
    #expect(try fabric().reach(from: "A", to: "internet").isReachable)
  }
}
