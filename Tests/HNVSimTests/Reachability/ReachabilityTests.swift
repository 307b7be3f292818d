import HNVCore
import HNVSim
import Testing

/// A verdict is its trace in short.
@Suite struct ReachabilityTests {
  @Test(arguments: 1...6, Stack.allCases)
  func `a verdict agrees with its trace, whatever hosts were not told`(
    seed: Int, stack: Stack
  ) throws {
    let scenario = Scenario(seed: UInt64(seed), stack)
    var generator = SplitMix64(seed: UInt64(seed))
    var lab = scenario.lab
    for machine in scenario.machines where Bool.random(using: &generator) {
      let host = Int.random(in: 0..<scenario.hosts, using: &generator)
      let family = stack.families.randomElement(using: &generator) ?? .v4
      lab.withhold(record: scenario.address(of: machine, family), from: "host\(host)")
    }
    let fabric = try Fabric(lab)
    for (from, to) in scenario.pairs {
      for family in stack.families {
        let question = Question(from: from.name, to: scenario.address(of: to, family))
        let verdict = try fabric.reach(question)
        let trace = try fabric.trace(question)
        #expect(verdict.explanation == (verdict.isReachable ? nil : trace))
        #expect(verdict.disposition == trace.disposition)
        #expect(verdict.replyDisposition == trace.reply?.disposition)
        #expect(verdict.isReachable == isAnswered(trace))
        #expect(verdict.loss?.element == trace.failure?.decision?.element)
        #expect(verdict.loss?.disposition == trace.failure?.disposition)
        #expect(verdict.through == trace.through)
      }
    }
  }

  /// Whether the frame, and the answer to it, were delivered to the two ends: read from the frames,
  /// and not from any verdict.
  private func isAnswered(_ trace: Trace) -> Bool {
    guard let arrived = trace.delivered?.frame.packet, let reply = trace.reply,
      let back = reply.delivered, let answer = back.frame.packet
    else { return false }
    guard back.machine == trace.sender, reply.sender == trace.delivered?.machine,
      answer.source == arrived.destination, answer.destination == arrived.source
    else { return false }
    switch answer.transport {
    case .icmp(.echoReply), .icmpv6(.echoReply): return true
    default: return false
    }
  }

  @Test(arguments: ["undelivered-record", "precious-security", "guest-gateway-missing"])
  func `a verdict that fails says what happened, where, and what would fix it`(
    name: String
  ) throws {
    let fabric = try LabFiles.fabric(name)
    var failures = 0
    for question in try fabric.pairs() {
      let verdict = try fabric.reach(question)
      guard !verdict.isReachable else { continue }
      failures += 1
      let lost = try #require(verdict.explanation?.failure)
      let decision = try #require(lost.decision)
      #expect(verdict.description.contains(lost.disposition.rawValue))
      #expect(
        verdict.description.contains("dropped at \(decision.element): \(decision.step.detail)"))
      #expect(verdict.description.contains(try #require(decision.step.fix)))
    }
    #expect(failures > 0)
  }

  @Test func `the matrix has every machine to every other and to the outside`() throws {
    let fabric = try Fabric(ArticleLab.lab)
    let pairs = try fabric.pairs()
    // Five machines: to four others and the outside.
    #expect(pairs.count == 25)
    #expect(Set(pairs).count == 25)
    #expect(pairs.allSatisfy { $0.from != $0.to && $0.from != "internet" })
    #expect(try fabric.pairs(from: "A").map(\.to) == ["B", "C", "X", "GW", "internet"])
    #expect(try fabric.pairs(to: "A").map(\.from) == ["B", "C", "X", "GW"])
    #expect(try fabric.pairs(from: "A", to: "X") == [Question(from: "A", to: "X")])
    #expect(throws: Diagnostics.self) { try fabric.pairs(from: "Q") }
    #expect(throws: Diagnostics.self) { try fabric.pairs(to: "Q") }
  }

  @Test func `machines without a family in common are no pair`() throws {
    let lab = SmallLab.lab([.v4, .v6]) { lab in
      lab.change("A") { $0.interfaces[0].addresses.removeLast() }
      lab.change("B") { $0.interfaces[0].addresses.removeFirst() }
    }
    let fabric = try Fabric(lab)
    let pairs = try fabric.pairs().map { "\($0.from)\($0.to)" }
    #expect(Set(pairs) == ["AX", "XA", "BX", "XB"])
    for question in try fabric.pairs() {
      #expect(try fabric.reach(question).isReachable)
    }
  }

  @Test(arguments: [
    (Lab.Packet.Outcome.reachable, "X", true), (.unreachable, "X", false),
    (.exactly(.accepted), "X", true), (.exactly(.noRecord), "X", false),
    (.reachable, "B", false), (.unreachable, "B", true),
    (.exactly(.neighborUnreachable), "B", true), (.exactly(.accepted), "B", false),
  ])
  func `a verdict and a run judge an expectation alike`(
    outcome: Lab.Packet.Outcome, to: String, holds: Bool
  ) throws {
    // Towards B the host has no record; towards X nothing is amiss.
    let lab = SmallLab.lab { lab in
      lab.withhold(record: "10.0.1.12", from: "hv1")
      switch outcome {
      case .reachable: lab.expect("A", reaches: to)
      case .unreachable: lab.expect("A", doesNotReach: to)
      case .exactly(let ending): lab.expect("A", doesNotReach: to, outcome: ending)
      }
    }
    let fabric = try Fabric(lab)
    #expect(fabric.isAsExpected(try fabric.reach(from: "A", to: to)) == holds)
    #expect(LabRun(lab).results.map(\.passed) == [holds])
  }

  @Test func `an error that comes back does not make a loss an arrival`() throws {
    let question = Question(from: "A", to: "internet", timeToLive: 2)
    let fabric = try SmallLab.fabric { $0.addGateway() }
    let verdict = try fabric.reach(question)
    #expect(verdict.disposition == .timeToLiveExceeded)
    #expect(verdict.replyDisposition == .accepted)
    #expect(!verdict.isReachable)
  }
}

extension Lab.Packet {
  /// What a test expects of a packet.
  enum Outcome: Sendable {
    case reachable
    case unreachable
    case exactly(Disposition)
  }
}
