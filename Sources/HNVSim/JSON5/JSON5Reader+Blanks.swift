import HNVCore

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
      throw unclosedComment(from: start)
    default: throw strayCharacter()
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
