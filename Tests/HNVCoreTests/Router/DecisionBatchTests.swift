import HNVCore
import Testing

/// Many decisions in one call against one call each, on networks full of flaws.
struct DecisionBatchTests {
  @Test(arguments: IPFamily.allCases, UInt64(100)..<112)
  func `a batch decides as its frames are decided on one by one`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    var batch = DecisionBatch()
    for router in InstantNetwork(network.policy).hosts where !router.ports.isEmpty {
      // Fewer than are read ahead at once, and more; the batch is used again.
      for count in [0, 1, 15, 16, 50] {
        let frames = try (0..<count).map { _ in
          let port = Int.random(in: 0..<router.ports.count, using: &random)
          let frame = try network.frame(from: router.ports[port], &random)
          return DecisionBatch.Sending(FlowKey(frame), from: port)
        }
        batch.decide(frames[...], by: router, state: HostState(), at: 7)
        #expect(
          batch.outcomes
            == frames.map {
              router.decide($0.key, from: $0.port, state: HostState(), at: 7)
            })
        // A part of an array keeps its places.
        batch.decide(frames[(count / 2)...], by: router, state: HostState(), at: 7)
        #expect(batch.outcomes.count == count - count / 2)
      }
    }
  }
}
