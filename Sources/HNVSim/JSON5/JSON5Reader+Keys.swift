import HNVCore

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
    guard !name.isEmpty else { throw missingKey() }
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
    guard !name.isEmpty else { throw missingKey() }
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
