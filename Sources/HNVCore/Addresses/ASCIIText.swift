/// A value with a text in ASCII, which it writes where the text is to be, without a string of its
/// own.
package protocol ASCIIText: CustomStringConvertible {
  /// The most characters that a text has.
  static var longestText: Int { get }

  /// Writes the text behind what is there; there is room for `longestText` characters.
  func write(to text: inout OutputSpan<UInt8>)
}

extension String {
  /// The text of a value.
  init<Value: ASCIIText>(ascii value: Value) {
    self = unsafe String(unsafeUninitializedCapacity: Value.longestText) { room in
      var text = unsafe OutputSpan(buffer: room, initializedCount: 0)
      value.write(to: &text)
      return unsafe text.finalize(for: room)
    }
  }
}

extension Digits {
  /// The most digits that a number has.
  package static let longestDecimal = 20

  /// Writes a number in decimal.
  package static func write(_ number: UInt64, to text: inout OutputSpan<UInt8>) {
    if number >= 10 { write(number / 10, to: &text) }
    text.append(zero + UInt8(truncatingIfNeeded: number % 10))
  }
}
