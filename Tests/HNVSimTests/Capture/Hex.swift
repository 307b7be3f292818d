/// The bytes that a text of hexadecimal digits spells; blanks, and what follows `;`, do not count.
func hex(_ text: String) -> [UInt8] {
  let lines = text.split(separator: "\n").map { $0.prefix { $0 != ";" } }
  let digits = lines.joined().compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map {
    UInt8(digits[$0] << 4 | digits[$0 + 1])
  }
}
