import Testing

@testable import HNVSim

/// What hosts note while they forward.
@Suite struct HNVFactTests {
  /// A larger fact would be allocated at every step of every packet.
  @Test func `what every packet leaves behind takes no allocation`() {
    let limit = 3 * MemoryLayout<Int>.size
    #expect(MemoryLayout<HNVDecisionFact>.size <= limit)
    #expect(MemoryLayout<HNVPortFact>.size <= limit)
    #expect(MemoryLayout<HNVSwitchFact>.size <= limit)
    #expect(MemoryLayout<HNVUnderlayFact>.size <= limit)
  }

  /// The trace is read when the host that forwarded the packet has lost its records again.
  @Test func `a fact says what was true when it was noted`() throws {
    let fabric = try SmallLab.fabric()
    var experiment = Experiment(fabric)
    try experiment.send(Question(from: "A", to: "B"))
    try experiment.withhold(record: "10.0.1.12", at: .seconds(1))
    #expect(try experiment.run().first?.trace == fabric.trace(from: "A", to: "B"))
  }
}
