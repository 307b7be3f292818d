import Testing

@testable import HNVSim

/// A fact of at most 24 bytes is noted without an allocation.
struct SwitchFactSizeTests {
  private static let sizes: [String: Int] = [
    "AccessListFact": MemoryLayout<AccessListFact>.size,
    "AzureAnswerFact": MemoryLayout<AzureAnswerFact>.size,
    "AzureFact": MemoryLayout<AzureFact>.size,
    "AzureRouteFact": MemoryLayout<AzureRouteFact>.size,
    "BridgeFact<Cable>": MemoryLayout<BridgeFact<Cable>>.size,
    "BridgeFact<LayerThreeSwitch.Port>": MemoryLayout<BridgeFact<LayerThreeSwitch.Port>>.size,
    "CloudFact": MemoryLayout<CloudFact>.size,
    "EdgeFact": MemoryLayout<EdgeFact>.size,
    "NSXNextHopFact": MemoryLayout<NSXNextHopFact>.size,
    "NSXQuestionFact": MemoryLayout<NSXQuestionFact>.size,
    "NSXRouterFact": MemoryLayout<NSXRouterFact>.size,
    "NSXSwitchFact": MemoryLayout<NSXSwitchFact>.size,
    "OVNAccessFact": MemoryLayout<OVNAccessFact>.size,
    "OVNRouterFact": MemoryLayout<OVNRouterFact>.size,
    "OVNSwitchFact": MemoryLayout<OVNSwitchFact>.size,
    "OVNTunnelFact": MemoryLayout<OVNTunnelFact>.size,
    "PortFact": MemoryLayout<PortFact>.size,
    "SegmentFact": MemoryLayout<SegmentFact>.size,
    "UnderlayFact": MemoryLayout<UnderlayFact>.size,
    "UnderlayStackFact": MemoryLayout<UnderlayStackFact>.size,
    "VLANFact": MemoryLayout<VLANFact>.size,
    "VPCFact": MemoryLayout<VPCFact>.size,
    "VPCRouterFact": MemoryLayout<VPCRouterFact>.size,
    "VRouterArrivalFact": MemoryLayout<VRouterArrivalFact>.size,
    "VRouterBridgingFact": MemoryLayout<VRouterBridgingFact>.size,
    "VRouterDepartureFact": MemoryLayout<VRouterDepartureFact>.size,
    "VRouterNeighborFact": MemoryLayout<VRouterNeighborFact>.size,
    "VRouterRoutingFact": MemoryLayout<VRouterRoutingFact>.size,
    "VTEPFact": MemoryLayout<VTEPFact>.size,
  ]

  @Test(arguments: sizes.keys.sorted())
  func `facts that every packet takes fit into their row`(fact: String) {
    #expect(Self.sizes[fact, default: 0] <= 24)
  }
}
