import Testing

@testable import HNVSim

/// A fact of at most 24 bytes is noted without an allocation.
struct SwitchFactSizeTests {
  private static let sizes: [String: Int] = [
    "AccessListFact": MemoryLayout<AccessListFact>.size,
    "BridgeFact<Cable>": MemoryLayout<BridgeFact<Cable>>.size,
    "BridgeFact<LayerThreeSwitch.Port>": MemoryLayout<BridgeFact<LayerThreeSwitch.Port>>.size,
    "PortFact": MemoryLayout<PortFact>.size,
    "SegmentFact": MemoryLayout<SegmentFact>.size,
    "UnderlayFact": MemoryLayout<UnderlayFact>.size,
    "UnderlayStackFact": MemoryLayout<UnderlayStackFact>.size,
    "VLANFact": MemoryLayout<VLANFact>.size,
    "VTEPFact": MemoryLayout<VTEPFact>.size,
  ]

  @Test(arguments: sizes.keys.sorted())
  func `facts that every packet takes fit into their row`(fact: String) {
    #expect(Self.sizes[fact, default: 0] <= 24)
  }
}
