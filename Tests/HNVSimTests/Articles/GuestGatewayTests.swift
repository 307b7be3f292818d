import HNVCore
import HNVSim
import Testing

/// The second experiment: HNV forwards by destination address alone.
@Suite struct GuestGatewayTests {
  @Test(arguments: ["A", "B"])
  func `whatever gateway a guest knows, its packet goes to 10.0.2.250`(from: String) throws {
    let fabric = try LabFiles.fabric("guest-gateway-ignored")
    let trace = try fabric.trace(from: from, to: "internet")
    #expect(trace.isAnswered)
    #expect(trace.through == ["GW"])
    #expect(!trace.hops.map(\.element).contains("V"))
    let host = from == "A" ? "hv1" : "hv2"
    let hop = try #require(trace.hops.first { $0.element == host })
    let resolved = try #require(hop.steps.first { $0.action == .resolved })
    #expect(resolved.detail.hasPrefix("10.0.2.250 matches lookup record 10.0.2.250 (GW)"))
  }

  @Test func `the frame is addressed to V, and the trace says that its MAC is ignored`() throws {
    let fabric = try LabFiles.fabric("guest-gateway-ignored")
    let trace = try fabric.trace(from: "A", to: "internet")
    let mac = try fabric.trace(from: "V", to: "B").sent?.sourceMAC
    #expect(try #require(trace.sent).destinationMAC == mac)
    let routed = try #require(trace.hops[1].steps.first { $0.action == .routed })
    #expect(routed.detail.contains("destination MAC (V's) ignored"))
    // B uses .1, which is no machine; there is nothing to say.
    let other = try fabric.trace(from: "B", to: "internet")
    #expect(!other.hops[1].steps.contains { $0.detail.contains("ignored") })
  }

  @Test(arguments: ["internet", "X", "8.8.8.8"])
  func `without a machine at the gateway's address nothing leaves A`(to: String) throws {
    let trace = try LabFiles.fabric("guest-gateway-missing").trace(from: "A", to: to)
    #expect(trace.disposition == .neighborUnreachable)
    #expect(trace.sent == nil)
    #expect(trace.delivered == nil)
    #expect(trace.reply == nil)
    #expect(trace.hops.map(\.element) == ["A"])
    #expect(trace.resolution.count == 3)
    for question in trace.resolution {
      #expect("\(question.target)" == "10.0.1.250")
      #expect(question.answer == nil)
      #expect(question.answeredBy == nil)
    }
    let decision = try #require(trace.decision)
    #expect(decision.element == "A")
    #expect(decision.step.detail.contains("10.0.1.250"))
    #expect(try #require(decision.step.fix).contains("10.0.1.250"))
  }

  @Test func `A still reaches its own subnet without a gateway`() throws {
    let fabric = try LabFiles.fabric("guest-gateway-missing")
    #expect(try fabric.reach(from: "A", to: "B").isReachable)
    #expect(fabric.warnings.map(\.rule) == [.gatewayUnowned])
  }
}
