import HNVCore

// MARK: Blanks

extension JSON5Reader {
  /// Moves past white space and comments (JSON5 1.0.0, sections 7 and 8).
  mutating func skipBlanks() throws(Diagnostic) {
    while true {
      switch next {
      case 0x09...0x0D, 0x20: position += 1
      case "/": try skipComment()
      case 0x80...: guard skipWideBlank() else { return }
      default: return
      }
    }
  }

  // Asking Unicode for properties costs the caller something even where it never gets to ask.
  @inline(never)
  private mutating func skipWideBlank() -> Bool {
    let (scalar, length) = UTF8Text.scalar(at: position, in: text)
    guard Self.isBlank(scalar) else { return false }
    position += length
    return true
  }

  private mutating func skipComment() throws(Diagnostic) {
    let start = place()
    switch position + 1 < text.count ? text[position + 1] : 0 {
    case "/": skipLineComment()
    case "*":
      position += 2
      while !isAtEnd {
        if take("*") {
          if take("/") { return }
        } else {
          position += 1
        }
      }
      throw Diagnostic(
        .json5Syntax, value: "/*", "this comment is never closed", fix: "close it with */",
        at: start)
    default: throw expected("a comment", fix: "begin a comment with // and text with a quote")
    }
  }

  private mutating func skipLineComment() {
    while !isAtEnd, !isAtLineEnd { position += 1 }
  }

  private var isAtLineEnd: Bool {
    switch next {
    case "\n", "\r": true
    // Only U+2028 and U+2029 begin with these two bytes and end with 0xA8 or 0xA9.
    case 0xE2: text[position + 1] == 0x80 && text[position + 2] | 1 == 0xA9
    default: false
    }
  }

  /// Whether a character beyond ASCII is white space.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{2028}", "\u{2029}", "\u{FEFF}": true
    default: scalar.properties.generalCategory == .spaceSeparator
    }
  }
}

// MARK: Numbers and literals

extension JSON5Reader {
  /// Reads what is written without quotes: a number, `true`, `false` or `null`.
  mutating func readWord() throws(Diagnostic) -> JSON5Value.Kind {
    let start = position
    while !isAtWordEnd { position += 1 }
    let word = text[start..<position]
    guard let first = word.first else { throw expectedValue() }
    switch first {
    case "t" where word.elementsEqual("true".utf8): return .bool(true)
    case "f" where word.elementsEqual("false".utf8): return .bool(false)
    case "n" where word.elementsEqual("null".utf8): return .null
    default:
      guard Self.isNumber(word) else {
        position = start
        throw expectedValue()
      }
      return .number(String(decoding: word, as: UTF8.self))
    }
  }

  private var isAtWordEnd: Bool {
    switch next {
    case 0, 0x09...0x0D, 0x20: true
    case ",", ":", ";", "]", "}", "[", "{", "/", "\"", "'": true
    case 0xC2...: isAtWideBlank
    default: false
    }
  }

  private var isAtWideBlank: Bool { Self.isBlank(UTF8Text.scalar(at: position, in: text).0) }

  /// Whether a word is a number (JSON5 1.0.0, section 6, and ECMAScript 5.1, section 7.8.3).
  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    switch rest.first {
    case 0x2B, 0x2D: rest.removeFirst()
    default: break
    }
    let digits = rest.prefix(while: \.isDecimalDigit)
    switch rest.dropFirst(digits.count).first {
    case nil: return !digits.isEmpty && !hasLeadingZero(digits)
    case 0x78, 0x58:
      return digits.elementsEqual("0".utf8) && isHex(rest.dropFirst(2))
    default:
      return isDecimal(digits, rest.dropFirst(digits.count))
        || rest.elementsEqual("Infinity".utf8) || rest.elementsEqual("NaN".utf8)
    }
  }

  private static func hasLeadingZero(_ digits: ArraySlice<UInt8>) -> Bool {
    digits.count > 1 && digits.first == 0x30
  }

  private static func isHex(_ digits: ArraySlice<UInt8>) -> Bool {
    !digits.isEmpty && digits.allSatisfy { $0.hexDigitValue != nil }
  }

  /// Whether whole digits and what follows them, a fraction, an exponent or both, are a number.
  private static func isDecimal(_ whole: ArraySlice<UInt8>, _ tail: ArraySlice<UInt8>) -> Bool {
    var rest = tail
    var hasDigits = !whole.isEmpty
    if rest.first == 0x2E {
      let fraction = rest.dropFirst().prefix(while: \.isDecimalDigit)
      hasDigits = hasDigits || !fraction.isEmpty
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard hasDigits, !hasLeadingZero(whole) else { return false }
    return rest.isEmpty || isExponent(rest)
  }

  private static func isExponent(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == 0x65 || text.first == 0x45 else { return false }
    var digits = text.dropFirst()
    if digits.first == 0x2B || digits.first == 0x2D { digits.removeFirst() }
    return !digits.isEmpty && digits.allSatisfy(\.isDecimalDigit)
  }
}

// MARK: Keys

extension JSON5Reader {
  /// Reads an object's key: a string, or an identifier (ECMAScript 5.1, section 7.6).
  mutating func readKey() throws(Diagnostic) -> String {
    switch next {
    case "\"", "'": return try readString()
    default: return try readIdentifier()
    }
  }

  private mutating func readIdentifier() throws(Diagnostic) -> String {
    let start = position
    if !next.isDecimalDigit {
      while Self.isPlainIdentifierPart(next) { position += 1 }
    }
    let name = String(decoding: text[start..<position], as: UTF8.self)
    if next >= 0x80 || next == 0x5C { return try readWideIdentifier(after: name) }
    guard !name.isEmpty else { throw expectedKey() }
    return name
  }

  /// Reads on where an identifier holds characters beyond ASCII, or escapes.
  @inline(never)
  private mutating func readWideIdentifier(after start: String) throws(Diagnostic) -> String {
    var name = start
    while next >= 0x80 || next == 0x5C || Self.isPlainIdentifierPart(next) {
      let before = position
      let scalar = try readIdentifierScalar()
      guard Self.isIdentifierPart(scalar, isFirst: name.isEmpty) else {
        position = before
        break
      }
      name.unicodeScalars.append(scalar)
    }
    guard !name.isEmpty else { throw expectedKey() }
    return name
  }

  private mutating func readIdentifierScalar() throws(Diagnostic) -> Unicode.Scalar {
    let start = position
    if take("\\") {
      guard take("u") else { throw badEscape(from: start) }
      return try readCodePoint(of: start)
    }
    let (scalar, length) = UTF8Text.scalar(at: position, in: text)
    position += length
    return scalar
  }

  /// Whether a byte is one of the ASCII characters within an identifier.
  private static func isPlainIdentifierPart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, "$", "_": true
    default: false
    }
  }

  private static func isIdentifierPart(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      true
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation:
      !isFirst || scalar == "_"
    // The zero-width joiners, which some scripts spell words with.
    default: scalar == "$" || !isFirst && (scalar == "\u{200C}" || scalar == "\u{200D}")
    }
  }
}

// MARK: Strings

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
    guard high < 0xDC00, take("\\"), take("u") else { throw badEscape(from: escape) }
    let low = try readHexDigits(4, of: escape)
    guard 0xDC00..<0xE000 ~= low,
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw badEscape(from: escape) }
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

// MARK: Characters

/// Bytes of UTF-8 text are compared with the characters they stand for, so that a grammar reads
/// like its specification.
extension Unicode.Scalar {
  /// Whether a byte is this ASCII character.
  static func ~= (character: Unicode.Scalar, byte: UInt8) -> Bool {
    character.value == UInt32(byte)
  }
}

extension UInt8 {
  /// Whether the byte is one of `0` to `9`.
  var isDecimalDigit: Bool { self &- 0x30 < 10 }

  /// The value of a hexadecimal digit; `nil` where the byte is none.
  var hexDigitValue: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self) - 0x30
    case 0x41...0x46: UInt32(self) - 0x41 + 10
    case 0x61...0x66: UInt32(self) - 0x61 + 10
    default: nil
    }
  }
}
