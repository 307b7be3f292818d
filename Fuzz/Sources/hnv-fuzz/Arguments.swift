/// What the command line asks for.
struct Arguments {
  var seconds: UInt64 = 60
  var seed = UInt64.random(in: 0...UInt64(UInt32.max))
  /// How often each lab is run in place of fuzzing, to see whether memory grows.
  var labRuns: Int?

  static let usage = "usage: hnv-fuzz [--seconds N] [--seed N] | --lab-runs N"

  /// `nil` for what is no such command line.
  init?(_ words: [String]) {
    var words = words[...]
    while let option = words.popFirst() {
      guard let number = words.popFirst().flatMap({ UInt64($0) }) else { return nil }
      switch option {
      case "--seconds" where number <= 1_000_000: seconds = number
      case "--seed": seed = number
      case "--lab-runs" where 1...1_000_000 ~= number: labRuns = Int(number)
      default: return nil
      }
    }
  }
}
