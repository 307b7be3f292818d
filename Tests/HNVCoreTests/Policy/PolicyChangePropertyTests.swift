import HNVCore
import Testing

/// Whatever is asked for, a network without errors stays one.
struct PolicyChangePropertyTests {
  @Test(arguments: IPFamily.allCases, UInt64(0)..<3)
  func `a network is changed to one without errors, or stays as it was`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let article = try Article(family)
    var policy = try article.policy()
    var (accepted, rejected) = (0, 0)
    for _ in 0..<30 {
      let before = policy
      let updates = try (0..<Int.random(in: 1...2, using: &random)).map { _ in
        try article.randomUpdate(of: policy, &random)
      }
      do {
        let warnings = try policy.apply(updates)
        accepted += 1
        #expect(policy.check() == warnings)
        #expect(warnings.allSatisfy { $0.rule.severity == .warning })
      } catch {
        rejected += 1
        #expect(policy == before)
        #expect(!error.all.isEmpty && error.errors == error.all)
      }
    }
    #expect(accepted > 1 && rejected > 1)
  }
}
