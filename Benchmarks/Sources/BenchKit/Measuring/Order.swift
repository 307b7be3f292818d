/// How the operations of a measurement follow one another.
enum Order: String, CaseIterable {
  /// Each waits for the answer of the one before: what one packet feels.
  case dependent
  /// One call each, and none waits for another: what a loop over packets reaches.
  case independent
  /// Many in one call.
  case batched

  /// How many a batch has.
  static let batchCount = 64
}
