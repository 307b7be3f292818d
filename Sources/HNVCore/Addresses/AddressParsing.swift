/// The text that an address parser reads, and the rule that its diagnostics name.
///
/// Parsers work on slices of `bytes`. A slice keeps the indices of the whole text, and everything
/// before the first flaw is ASCII, so an index is also the count of characters before it.
struct Reading {
  let text: String
  let rule: DiagnosticRule

  /// The bytes of the text.
  var bytes: ArraySlice<UInt8> { Array(text.utf8)[...] }

  /// A diagnostic in the text as a whole; without `fix` it takes the rule's general one.
  func diagnostic(_ explanation: String, fix: String? = nil) -> Diagnostic {
    Diagnostic(rule, value: Excerpt.of(text), explanation, fix: fix)
  }

  /// A diagnostic for an unexpected byte at the beginning of a slice.
  func stray(_ rest: ArraySlice<UInt8>, insteadOf expected: String) -> Diagnostic {
    let character = Excerpt.character(rest)
    return diagnostic(
      "\(character) at character \(rest.startIndex + 1) is not \(expected)",
      fix: Excerpt.isRemovable(rest.first) ? "leave out \(character)" : nil)
  }

  /// Refuses a missing address, and one with a prefix length.
  func requireAddress(_ part: ArraySlice<UInt8>) throws(Diagnostic) {
    if part.isEmpty { throw diagnostic("the address is missing") }
    if part.contains(UInt8(ascii: "/")) {
      throw diagnostic(
        "this is a prefix; expected an address", fix: "leave out '/' and the length")
    }
  }

  /// Refuses anything but a decimal number, whatever its size.
  func requireDecimal(_ part: ArraySlice<UInt8>, _ noun: String) throws(Diagnostic) {
    if let index = part.firstIndex(where: { !Digits.isDecimal($0) }) {
      throw stray(part[index...], insteadOf: "a decimal digit")
    }
    if part.isEmpty {
      throw diagnostic("the \(noun) at character \(part.startIndex + 1) is missing")
    }
    guard part.first == Digits.zero, part.count > 1 else { return }
    let significant = part.drop { $0 == Digits.zero }
    throw diagnostic(
      "the \(noun) \(Excerpt.part(part)) has a leading zero, which some readers take for octal",
      fix: "write \(significant.isEmpty ? "0" : Excerpt.of(significant))")
  }
}

/// Reads numbers strictly: without signs, spaces or leading zeros.
///
/// The standard library's `UInt8("+1")` is 1 and `UInt8("01")` is 1 too. In addresses and prefix
/// lengths both are slips, and the second is octal to some readers (RFC 6943 section 3.1.1).
package enum Digits {
  /// The number that a decimal text stands for.
  ///
  /// The text is one or more of the digits 0 to 9; a leading zero is allowed only in "0" itself.
  ///
  /// - Parameters:
  ///   - text: The whole text of the number, without signs or spaces.
  ///   - limit: The largest number that is accepted.
  /// - Returns: The number, or `nil` where the text is not one or the number is above the limit.
  /// - Complexity: O(*n*) in the length of the text.
  package static func decimal(_ text: String, upTo limit: UInt64) -> UInt64? {
    decimal(text.utf8, upTo: limit)
  }

  /// The number that decimal digits in ASCII stand for, by the same rules.
  static func decimal(_ bytes: some Collection<UInt8>, upTo limit: UInt64) -> UInt64? {
    if bytes.isEmpty || (bytes.first == zero && bytes.count > 1) { return nil }
    var number: UInt64 = 0
    for byte in bytes {
      guard isDecimal(byte) else { return nil }
      let (tens, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, carries) = tens.addingReportingOverflow(UInt64(byte - zero))
      if overflows || carries || sum > limit { return nil }
      number = sum
    }
    return number
  }

  /// Whether a byte is a decimal digit in ASCII.
  static func isDecimal(_ byte: UInt8) -> Bool { byte >= zero && byte <= zero + 9 }

  /// The value of one hexadecimal digit in either case; `nil` where the byte is none.
  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    if isDecimal(byte) { return byte - zero }
    // Letters of the two cases differ in this one bit.
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f")
      ? lower - UInt8(ascii: "a") + 10 : nil
  }

  /// The digit of a number below 10.
  static func decimal(_ number: UInt32) -> UInt8 { zero + UInt8(truncatingIfNeeded: number) }

  /// The digit of a number's lowest four bits.
  package static func hexadecimal(upperCase number: UInt64) -> UInt8 {
    let digit = UInt8(number & 0xf)
    return digit < 10 ? zero + digit : UInt8(ascii: "A") + digit - 10
  }

  /// The digit of a number's lowest four bits.
  static func hexadecimal(lowerCase number: UInt64) -> UInt8 {
    let digit = UInt8(number & 0xf)
    return digit < 10 ? zero + digit : UInt8(ascii: "a") + digit - 10
  }

  static let zero = UInt8(ascii: "0")
}

/// Quotes untrusted text in diagnostics: shortened, and without control characters.
enum Excerpt {
  /// The longest text that is repeated in full; counted in Unicode scalars, because a single
  /// character can hold any number of them.
  static let limit = 80

  /// The text, cut after `limit` scalars.
  static func of(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }

  /// A slice of ASCII as text, cut after `limit` bytes.
  static func of(_ ascii: ArraySlice<UInt8>) -> String {
    String(decoding: ascii.prefix(limit), as: UTF8.self) + (ascii.count > limit ? "…" : "")
  }

  /// A slice of ASCII and where it begins, such as "256 at character 4".
  static func part(_ ascii: ArraySlice<UInt8>) -> String {
    "\(of(ascii)) at character \(ascii.startIndex + 1)"
  }

  /// The character that a slice of UTF-8 begins with, by a name that is safe to print.
  static func character(_ rest: ArraySlice<UInt8>) -> String {
    // Four bytes are the longest form of one scalar in UTF-8.
    guard let scalar = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.first
    else { return "the end" }
    if scalar == " " { return "the space" }
    if scalar.value > 0x20 && scalar.value < 0x7f { return "'\(scalar)'" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// Whether a character is probably a slip, so that the fix is to leave it out.
  static func isRemovable(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte == UInt8(ascii: "+") || byte == 0x20 || (byte >= 0x09 && byte <= 0x0d)
  }
}
