/// The rounds of a packet in a loop: a sequence of elements that it passes several times.
struct Rounds: Hashable {
  /// The index of the first round's first element.
  let start: Int
  /// The number of elements in a round.
  let length: Int
  /// The number of complete rounds.
  let count: Int

  /// The indices of the rounds after the first.
  var repeated: Range<Int> { start + length..<start + length * count }

  /// The limit on elements before a round, and within one, which bounds the search.
  private static let reach = 16

  /// Finds the first sequence that repeats at least three times; `nil` for none.
  init?(in way: [some Equatable]) {
    for start in 0..<min(Self.reach, way.count) {
      for length in 1...Self.reach where start + 3 * length <= way.count {
        let count = Self.count(of: length, from: start, in: way)
        guard count > 2 else { continue }
        self.start = start
        self.length = length
        self.count = count
        return
      }
    }
    return nil
  }

  private static func count(
    of length: Int, from start: Int, in way: [some Equatable]
  ) -> Int {
    var end = start + length
    while end < way.count, way[end] == way[end - length] { end += 1 }
    return (end - start) / length
  }
}
