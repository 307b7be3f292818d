/// Code that is fed with broken bytes, and the law it has to keep.
///
/// A new target is a type with these members and a place in `Main.targets`.
protocol FuzzTarget {
  /// The word that reports use.
  var name: String { get }

  /// Sound inputs to begin with.
  var samples: [[UInt8]] { get }

  /// Changes an input as only who knows its format can; the general edits are `Mutation`'s.
  func edit(_ input: inout [UInt8], _ random: inout SplitMix64)

  /// Feeds the code.
  func verdict(on input: [UInt8]) -> Verdict
}

/// What became of one input.
enum Verdict {
  /// The law is kept. The text names the path the input took, coarsely: an input with a path that
  /// none had before is kept, to be changed further.
  case kept(path: String)
  /// The law is broken, and how.
  case broken(String)
}
