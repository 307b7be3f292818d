/// Changes that mean something for any format.
enum Mutation {
  /// Longer inputs only cost time.
  private static let limit = 1 << 14

  /// One to four changes at random places; `other` is an input to take pieces of.
  static func damage(_ input: inout [UInt8], with other: [UInt8], _ random: inout SplitMix64) {
    for _ in 0...random.below(4) { change(&input, with: other, &random) }
    if input.count > limit { input.removeLast(input.count - limit) }
  }

  private static func change(
    _ input: inout [UInt8], with other: [UInt8], _ random: inout SplitMix64
  ) {
    guard !input.isEmpty else {
      input = piece(of: other, &random)
      return
    }
    let place = random.below(input.count)
    switch random.below(8) {
    case 0: input[place] ^= 1 << random.below(8)
    case 1: input[place] = random.byte()
    case 2: input[place] = [0, 1, 0x7f, 0x80, 0xfe, 0xff][random.below(6)]
    case 3: input[place] &+= random.once(in: 2) ? 1 : .max
    case 4: input.removeLast(input.count - place)
    case 5: input.removeSubrange(place..<min(input.count, place + 1 + random.below(16)))
    case 6: input.insert(contentsOf: piece(of: other, &random), at: place)
    default:
      let piece = piece(of: other, &random)
      input.replaceSubrange(place..<min(input.count, place + piece.count), with: piece)
    }
  }

  private static func piece(of other: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    guard !other.isEmpty else { return [random.byte()] }
    let start = random.below(other.count)
    return Array(other[start...].prefix(1 + random.below(random.once(in: 4) ? 256 : 16)))
  }
}
