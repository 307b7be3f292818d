import HNVCore
import Testing

@testable import HNVSim

@Suite struct DispositionTests {
  /// How messages of ARP and ND, packets to many and fragments end, and no whole packet to one
  /// receiver.
  static let ofNoWholePacket: Set<Disposition> = [
    .answered, .absorbed, .replicated, .reassembled, .ignored,
  ]

  @Test(arguments: Disposition.allCases.filter { !ofNoWholePacket.contains($0) })
  func `a network brings it about, and the trace says why`(disposition: Disposition) throws {
    let trace = try #require(try DispositionExamples.trace(endingIn: disposition))
    #expect(trace.disposition == disposition)
    let decision = try #require(trace.decision)
    #expect(!decision.step.detail.isEmpty)
    #expect(decision.element == trace.hops.last?.element)
    switch disposition.class {
    case .success:
      #expect(trace.delivered != nil)
      #expect(decision.step.action == .accepted)
      #expect(trace.failure == nil)
    case .failure:
      // Where nothing listens the packet has arrived all the same.
      let hasArrived = [.portClosed, .protocolUnreachable].contains(disposition)
      #expect((trace.delivered != nil) == hasArrived)
      #expect(decision.step.action == .dropped || decision.step.action == .denied)
      #expect(!(try #require(decision.step.fix)).isEmpty)
      #expect(!trace.isAnswered)
    case .analysis:
      #expect(trace.delivered == nil)
      #expect(decision.step.action == .gaveUp)
      #expect(trace.rendered(.outcome).contains("gave up at \(decision.element)"))
    }
  }

  @Test func `an ARP request that is answered ends so, and its answer too`() throws {
    let fabric = try SmallLab.fabric()
    let simulation = Simulation(fabric.network, keepingSteps: false)
    _ = simulation.send(try Question(from: "A", to: "B").testPacket(in: fabric.network.intent))
    simulation.run()
    let resolutions = simulation.journal.journeys.filter { $0.purpose == .resolution }
    // A asks for B, and B, to answer, for A; on the underlay their hosts do the same.
    #expect(resolutions.count == 8)
    #expect(resolutions.allSatisfy { $0.ending?.disposition == .answered })
  }

  @Test func `names are what scripts rely on`() {
    #expect(Disposition.timeToLiveExceeded.description == "TTL_EXCEEDED")
    #expect(Disposition.exceedsMTU.description == "EXCEEDS_MTU")
    #expect(Set(Disposition.allCases.map(\.rawValue)).count == Disposition.allCases.count)
    for disposition in Disposition.allCases {
      #expect(disposition.rawValue.allSatisfy { $0.isUppercase || $0 == "_" })
    }
  }

  @Test func `a packet that did not reach a machine or the outside has not succeeded`() {
    // Written out here, so that a disposition changes its class only on purpose.
    let successes: Set<Disposition> = [
      .accepted, .exitsNetwork, .answered, .replicated, .absorbed, .reassembled, .ignored,
    ]
    #expect(Set(Disposition.allCases.filter(\.isSuccess)) == successes)
    #expect(Disposition.allCases.filter { $0.class == .analysis } == [.notModelled, .gaveUp])
  }
}
