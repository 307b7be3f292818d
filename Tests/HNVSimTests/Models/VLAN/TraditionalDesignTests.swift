import HNVCore
import HNVSim
import Testing

/// The article's two designs for a traditional network.
@Suite struct TraditionalDesignTests {
  private func trace(
    _ from: String, _ to: String, _ change: (inout Lab) -> Void = { _ in }
  ) throws -> Trace {
    try TraditionalLab.fabric(change).trace(TraditionalLab.question(from, to))
  }

  /// The network without the router's default route, and with GW as A's gateway.
  private func firewallForGateway(_ lab: inout Lab) {
    lab.networks[0].routes = []
    lab.change("A") { $0.gateways = [SmallLab.written("10.0.1.250")] }
  }

  @Test(arguments: [("A", "B"), ("A", "C"), ("B", "GW")])
  func `within a subnet a frame arrives byte for byte as it was sent`(
    from: String, to: String
  ) throws {
    let trace = try trace(from, to)
    #expect(trace.isAnswered)
    #expect(trace.delivered?.timeToLive == 64)
    #expect(try #require(trace.sent).frame == #require(trace.delivered).frame)
    let answer = try #require(trace.reply)
    #expect(try #require(answer.sent).frame == #require(answer.delivered).frame)
    // The target itself answers the question for its MAC address.
    #expect(trace.resolution.first?.answeredBy == to)
    #expect(trace.resolution.first?.answer == trace.delivered?.destinationMAC)
  }

  @Test func `between subnets both MAC addresses change, and the TTL is one less`() throws {
    let trace = try trace("B", "X")
    let (sent, delivered) = (try #require(trace.sent), try #require(trace.delivered))
    #expect(trace.isAnswered && trace.through.isEmpty)
    #expect(delivered.timeToLive == 63)
    #expect(sent.destinationMAC != delivered.destinationMAC)
    #expect(sent.sourceMAC != delivered.sourceMAC)
    // X knows its own interface of the router by the address that its frame came from.
    #expect(trace.reply?.sent?.destinationMAC == delivered.sourceMAC)
    #expect(trace.resolution.map(\.machine) == ["B", "switch"])
    #expect(trace.resolution.map(\.answeredBy) == ["switch", "X"])
  }

  @Test func `the better design: a hairpin at the router, and a way back that skips it`() throws {
    let trace = try trace("A", "internet")
    #expect(trace.isAnswered && trace.through == ["GW"])
    #expect(trace.hops.map(\.element) == ["A", "hv1", "switch", "hv3", "GW", "internet"])
    // At GW 63, behind it 62.
    #expect(trace.delivered?.timeToLive == 62)
    let answer = try #require(trace.reply)
    #expect(answer.hops.map(\.element) == ["internet", "GW", "hv3", "switch", "hv1", "A"])
    #expect(answer.actions(at: "switch") == [.forwarded])
    #expect(trace.actions(at: "switch").contains(.routed))
    // GW's MAC address, not the router's: the frame was bridged.
    let gateway = trace.resolution.first { $0.machine == "switch" && $0.answeredBy == "GW" }
    #expect(answer.delivered?.sourceMAC == gateway?.answer)
  }

  @Test(arguments: [("A", 1), ("B", 1), ("X", 0)])
  func `the router tells A and B of the gateway, and never X`(from: String, count: Int) throws {
    let trace = try trace(from, "internet")
    #expect(trace.isAnswered && trace.through == ["GW"])
    #expect(trace.redirects.count == count)
    #expect(trace.redirects.allSatisfy { $0.delivered?.machine == from && $0.sender == "switch" })
    // X's packet has passed the router once, as A's has.
    #expect(trace.delivered?.timeToLive == 62)
  }

  @Test func `who takes the advice sends to the gateway directly, who does not goes on`() throws {
    let questions = Array(repeating: TraditionalLab.question("A", "internet"), count: 2)
    let obeying = try TraditionalLab.fabric().traces(questions)
    #expect(obeying.map { $0.delivered?.timeToLive } == [62, 63])
    #expect(obeying.map(\.redirects.count) == [1, 0])
    #expect(obeying.map(\.isAnswered) == [true, true])
    let stubborn = try TraditionalLab.fabric { lab in
      lab.change("A") { $0.acceptsRedirects = false }
    }.traces(questions)
    #expect(stubborn.map { $0.delivered?.timeToLive } == [62, 62])
    #expect(stubborn.map(\.redirects.count) == [1, 1])
  }

  @Test func `X is answered by way of the router, which GW needs a route for`() throws {
    let trace = try trace("X", "internet")
    #expect(trace.reply?.actions(at: "switch").contains(.routed) == true)
    let lost = try TraditionalLab.fabric { lab in
      lab.change("GW") { $0.routes.removeAll { $0.to.text == "10.1.2.0/24" } }
    }
    #expect(try lost.trace(from: "X", to: "internet").isAnswered == false)
    #expect(lost.warnings.map(\.rule) == [.noWayBack])
    #expect(lost.warnings[0].explanation.contains("out of the network (0.0.0.0/0 via "))
  }

  @Test func `the bad design: A gets out by its own gateway, B and X do not`() throws {
    let fabric = try TraditionalLab.fabric(firewallForGateway)
    let out = try fabric.trace(TraditionalLab.question("A", "internet"))
    #expect(out.isAnswered && out.through == ["GW"])
    // 64 at GW, without the router on the way.
    #expect(out.delivered?.timeToLive == 63)
    #expect(out.redirects.isEmpty && !out.actions(at: "switch").contains(.routed))
    #expect(try fabric.trace(TraditionalLab.question("A", "B")).delivered?.timeToLive == 64)
    #expect(try fabric.trace(TraditionalLab.question("B", "X")).delivered?.timeToLive == 63)
    for sender in ["B", "X"] {
      let lost = try fabric.trace(from: sender, to: "internet")
      #expect(lost.disposition == .noRoute)
      #expect(lost.decision?.element == "switch")
      #expect(lost.reply?.delivered?.machine == sender)
      #expect(try #require(lost.decision?.step.fix).contains("to the network"))
    }
  }

  @Test func `in the bad design a default route on the router lets B out`() throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.change("A") { $0.gateways = [SmallLab.written("10.0.1.250")] }
    }
    let trace = try fabric.trace(from: "B", to: "internet")
    #expect(trace.isAnswered && trace.through == ["GW"])
  }

  @Test func `under HNV A's gateway makes no difference, and GW has to move`() throws {
    let bad = try Fabric(TraditionalLab.lab(firewallForGateway), under: HNVModel())
    let results = try ["A", "B"].map { try bad.trace(from: $0, to: "internet").disposition }
    #expect(results == [.noRoute, .noRoute])
    #expect(try bad.trace(from: "A", to: "X").through.isEmpty)
    let better = Fabric.check(TraditionalLab.lab(), under: HNVModel())
    #expect(better.map(\.rule) == [.externalGatewaySubnet])
    let moved = try LabFiles.fabric("complex-routing")
    #expect(try moved.reach(from: "A", to: "internet").through == ["GW"])
  }

  @Test(arguments: ["traditional", "traditional-firewall-gateway"])
  func `the labs come out as they expect, under both models`(name: String) throws {
    let run = LabRun(try LabFiles.lab(name))
    #expect(run.model == "vlan" && run.others.map(\.model) == ["hnv"])
    #expect(run.isAsExpected)
  }

  @Test(arguments: ["traditional", "traditional-firewall-gateway"])
  func `what a lab expects of redirects can be broken`(name: String) throws {
    var lab = try LabFiles.lab(name)
    for index in lab.expectations.indices { lab.expectations[index].isRedirected?.toggle() }
    let broken = LabRun(lab).results.filter { !$0.passed }
    #expect(broken.count == lab.expectations.count { $0.isRedirected != nil })
    #expect(broken.allSatisfy { $0.actual.hasSuffix("redirected") })
  }
}
