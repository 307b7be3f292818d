import HNVCore

extension JSON5Reader {
  /// Reads what is written without quotes: a number, `true`, `false` or `null`.
  mutating func readWord() throws(Diagnostic) -> JSON5Value.Kind {
    let start = position
    while !isAtWordEnd { position += 1 }
    let word = text[start..<position]
    guard let first = word.first else { throw missingValue() }
    switch first {
    case "t" where word.elementsEqual("true".utf8): return .bool(true)
    case "f" where word.elementsEqual("false".utf8): return .bool(false)
    case "n" where word.elementsEqual("null".utf8): return .null
    default:
      guard Self.isNumber(word) else {
        position = start
        throw notAValue()
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
