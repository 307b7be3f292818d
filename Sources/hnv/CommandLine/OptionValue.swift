import HNVCore

extension Option {
  /// Reads the text that was given as the option's value.
  ///
  /// - Throws: What is wrong with the text: empty, not in digits, out of range, or no choice.
  func value(from text: String) throws(Diagnostic) -> Value {
    if case .flag = kind { throw .unexpectedValue(text, of: self) }
    if text.isEmpty { throw .missingValue(of: self, instead: "what is given is empty") }
    return switch kind {
    case .flag: .present
    case .text: .text(text)
    case .number(let range): .number(try number(from: text, in: range))
    case .choice(let choices): .text(try choice(from: text, of: choices))
    }
  }

  private func number(
    from text: String, in range: ClosedRange<UInt64>
  ) throws(Diagnostic) -> UInt64 {
    // UInt64(_:) alone would also take a sign.
    guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
      throw .notDigits(text, of: self, range)
    }
    guard let number = UInt64(text), range.contains(number) else {
      throw .outOfRange(text, of: self, range)
    }
    return number
  }

  private func choice(from text: String, of choices: [String]) throws(Diagnostic) -> String {
    guard choices.contains(text) else { throw .unknownChoice(text, of: self, choices) }
    return text
  }
}
