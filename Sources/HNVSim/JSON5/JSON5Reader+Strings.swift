import HNVCore

extension JSON5Reader {
  /// Reads a string in single or double quotes (JSON5 1.0.0, section 5).
  mutating func readString() throws(Diagnostic) -> String {
    let start = position
    let opening = place()
    let quote = next
    position += 1
    var string = ""
    while true {
      let plain = position
      skipPlainText(before: quote)
      string += String(decoding: text[plain..<position], as: UTF8.self)
      switch next {
      case quote:
        position += 1
        return string
      case "\\":
        if let scalar = try readEscape() { string.unicodeScalars.append(scalar) }
      default:
        throw unclosedString(from: start, at: opening)
      }
    }
  }

  /// Moves to the next quote, backslash or line end; the one loop that sees most of a file.
  private mutating func skipPlainText(before quote: UInt8) {
    while position < text.count {
      let byte = text[position]
      if byte == quote || byte == 0x5C || byte == 0x0A || byte == 0x0D { return }
      position += 1
    }
  }

  /// Reads a backslash and what belongs to it; `nil` where they continue the string on a new line.
  private mutating func readEscape() throws(Diagnostic) -> Unicode.Scalar? {
    let escape = position
    position += 1
    guard !isAtEnd else { return nil }
    let (scalar, length) = UTF8Text.scalar(at: position, in: text)
    position += length
    switch scalar {
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{B}"
    case "0" where !next.isDecimalDigit: return "\0"
    case "0"..."9": throw badEscape(from: escape)
    case "x": return Unicode.Scalar(try readHexDigits(2, of: escape))
    case "u": return try readCodePoint(of: escape)
    case "\r":
      _ = take("\n")
      return nil
    case "\n", "\u{2028}", "\u{2029}": return nil
    default: return scalar
    }
  }

  /// Reads what follows `\u`: the digits of a character, or those of its two surrogates.
  mutating func readCodePoint(of escape: Int) throws(Diagnostic) -> Unicode.Scalar {
    let high = try readHexDigits(4, of: escape)
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, take("\\"), take("u") else { throw loneSurrogate(from: escape) }
    let low = try readHexDigits(4, of: escape)
    guard 0xDC00..<0xE000 ~= low,
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw loneSurrogate(from: escape) }
    return scalar
  }

  private mutating func readHexDigits(_ count: Int, of escape: Int) throws(Diagnostic) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = next.hexDigitValue else { throw badEscape(from: escape) }
      value = value << 4 | digit
      position += 1
    }
    return value
  }
}
