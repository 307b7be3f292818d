import HNVCore
import HNVSim
import Testing

/// The fourth and the sixth experiment: what keeps packets away, and what does not.
@Suite struct SecurityTests {
  @Test func `routing alone does not keep B from the outside`() throws {
    let fabric = try LabFiles.fabric("complex-routing")
    #expect(try fabric.reach(from: "B", to: "internet").isReachable)
  }

  @Test func `an access rule on B's port does`() throws {
    let fabric = try LabFiles.fabric("precious-security")
    let trace = try fabric.trace(from: "B", to: "internet")
    #expect(trace.disposition == .deniedOut)
    #expect(trace.delivered == nil)
    let decision = try #require(trace.decision)
    #expect(decision.element == "hv2")
    #expect(decision.step.action == .denied)
    #expect(decision.step.detail.hasPrefix("rule 3 of B"))
    #expect(try fabric.reach(from: "A", to: "internet").isReachable)
  }

  @Test(arguments: ["A", "X"])
  func `one rule acts the same on a peer in B's subnet and in another`(to: String) throws {
    let fabric = try LabFiles.fabric("precious-security")
    let telnet = Question(from: "B", to: to, ipProtocol: .tcp, destinationPort: 23)
    let trace = try fabric.trace(telnet)
    #expect(trace.disposition == .deniedOut)
    #expect(trace.hops.map(\.element) == ["B", "hv2"])
    #expect(try #require(trace.decision).step.detail.hasPrefix("rule 1 of B"))
    let shell = Question(from: "B", to: to, ipProtocol: .tcp, destinationPort: 22)
    #expect(try fabric.reach(shell).isReachable)
    // The rule is on B's port, and outbound: others open what sessions they like.
    let back = Question(from: to, to: "B", ipProtocol: .tcp, destinationPort: 23)
    #expect(try fabric.trace(back).disposition == .accepted)
  }

  @Test(arguments: [("A", "X"), ("X", "A")])
  func `within one routing domain the host routes pass the firewall by`(
    from: String, to: String
  ) throws {
    let trace = try LabFiles.fabric("security-stack-one-domain").trace(from: from, to: to)
    #expect(trace.isAnswered)
    #expect(trace.through.isEmpty)
    #expect(!trace.hops.map(\.element).contains("FW"))
    // Both have the firewall for their gateway, and ask for nothing else.
    #expect(trace.questions(of: from) == [from == "A" ? "10.0.1.250" : "10.1.2.250"])
  }

  @Test(arguments: [("A", "X"), ("X", "A")])
  func `between two routing domains the firewall is on the path`(
    from: String, to: String
  ) throws {
    let trace = try LabFiles.fabric("security-stack-two-domains").trace(from: from, to: to)
    #expect(trace.isAnswered)
    #expect(trace.through == ["FW"])
    #expect(trace.reply?.through == ["FW"])
    // A change of subnet in each domain, and the firewall between them.
    #expect(trace.delivered?.timeToLive == 125)
  }

  @Test func `the firewall decides what passes`() throws {
    let fabric = try LabFiles.fabric("security-stack-two-domains")
    let telnet = Question(from: "A", to: "X", ipProtocol: .tcp, destinationPort: 23)
    let trace = try fabric.trace(telnet)
    #expect(trace.disposition == .deniedIn)
    #expect(trace.decision?.element == "hv2")
    #expect(try fabric.reach(from: "A", to: "X").isReachable)
  }
}
