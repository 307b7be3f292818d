import Testing

@testable import HNVSim

@Suite("Sizes of facts")
struct FactSizeTests {
  /// What an existential holds without an allocation.
  @Test("What stations note costs no allocation")
  func stations() {
    #expect(MemoryLayout<FrameFact>.size <= 24)
    #expect(MemoryLayout<WireFact>.size <= 24)
    #expect(MemoryLayout<NeighborFact>.size <= 24)
    #expect(MemoryLayout<NeighborQuestionFact>.size <= 24)
    #expect(MemoryLayout<ForwardingFact>.size <= 24)
    #expect(MemoryLayout<DeliveryFact>.size <= 24)
    #expect(MemoryLayout<GroupFact>.size <= 24)
  }
}
