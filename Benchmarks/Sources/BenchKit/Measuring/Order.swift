/// How the operations of a measurement follow one another.
enum Order: String, CaseIterable {
  /// Each waits for the answer of the one before: what one packet feels.
  case dependent
  /// One call each, and none waits for another: what a loop over packets reaches.
  case independent
  /// Many in one call.
  case batched

  /// How many lookups are timed together.
  ///
  /// In a table of so many entries that it does not fit the caches by their choice, there are so
  /// many that they do not either; in a debug build, which is run for its answers, there are few.
  static func lookupCount(_ size: Int) -> Int {
    #if DEBUG
      1 << 12
    #else
      size < 60_000 ? 1 << 16 : 1 << 20
    #endif
  }

  /// How many a batch has.
  static let batchCount = 64
}
