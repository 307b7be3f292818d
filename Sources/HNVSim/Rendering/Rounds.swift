/// The rounds of a packet that circles: elements that it passes again and again in one order.
struct Rounds: Hashable {
  /// The first element of the first round, by its position on the way.
  let start: Int
  /// The elements of a round.
  let length: Int
  /// How many rounds are complete.
  let count: Int

  /// The positions of the rounds after the first.
  var repeated: Range<Int> { start + length..<start + length * count }

  /// The most elements before a round, and within one, that are looked for.
  private static let reach = 16

  /// Finds the first stretch that a way goes through three times and more; `nil` for none.
  init?(in way: [String]) {
    for start in 0..<min(Self.reach, way.count) {
      for length in 1...Self.reach {
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

  private static func count(of length: Int, from start: Int, in way: [String]) -> Int {
    var end = start + length
    while end < way.count, way[end] == way[end - length] { end += 1 }
    return (end - start) / length
  }
}
