/// The feeding of one target: its inputs follow from the seed alone, whatever the clock says.
struct Campaign {
  let target: any FuzzTarget
  private(set) var executions = 0
  private var paths: Set<String> = []
  private var corpus: [[UInt8]] = []
  private var random: SplitMix64

  /// A law that was broken.
  struct Violation: Error {
    let target: String
    let input: [UInt8]
    let explanation: String
  }

  /// Enough for every path that matters; a corpus without bounds would only grow slow.
  private static let largestCorpus = 4096

  /// Feeds the samples as they are.
  init(_ target: any FuzzTarget, seed: UInt64) throws(Violation) {
    self.target = target
    random = SplitMix64(seed: seed)
    for sample in target.samples { try feed(sample) }
  }

  /// Feeds changed inputs until the deadline.
  mutating func run(until deadline: ContinuousClock.Instant) throws(Violation) {
    while ContinuousClock.now < deadline {
      // The clock is slow beside a short input.
      for _ in 0..<32 {
        var input = known()
        let other = known()
        if random.once(in: 2) { Mutation.damage(&input, with: other, &random) }
        target.edit(&input, &random)
        try feed(input)
      }
    }
  }

  /// A sample, or an input whose path was new: the many of these shall not hide the few of those.
  private mutating func known() -> [UInt8] {
    let inputs = random.once(in: 3) ? target.samples : corpus
    return inputs.randomElement(using: &random) ?? []
  }

  private mutating func feed(_ input: [UInt8]) throws(Violation) {
    executions += 1
    LastInput.remember(input, of: target.name)
    switch target.verdict(on: input) {
    case .kept(let path):
      if corpus.count < Self.largestCorpus, paths.insert(path).inserted { corpus.append(input) }
    case .broken(let explanation):
      throw Violation(target: target.name, input: input, explanation: explanation)
    }
  }

  /// How far it has come.
  var summary: String { "\(target.name): \(executions) executions, \(corpus.count) paths" }
}
