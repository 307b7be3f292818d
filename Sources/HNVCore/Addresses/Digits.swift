/// Numbers read strictly: what a person wrote is either exactly a number or refused.
///
/// The standard library's `UInt8("+1")` is 1 and `UInt8("01")` is 1 too. In addresses and prefix
/// lengths both are slips, and the second is octal to some readers (RFC 6943 section 3.1.1).
public enum Digits: Sendable {
  /// The number that a decimal text stands for.
  ///
  /// The text is one or more of the digits 0 to 9; a leading zero is allowed only in "0" itself.
  ///
  /// - Parameters:
  ///   - text: The whole text of the number, without signs or spaces.
  ///   - limit: The largest number that is accepted.
  /// - Returns: The number, or `nil` where the text is not one or the number is above the limit.
  /// - Complexity: O(*n*) in the length of the text.
  public static func decimal(_ text: String, upTo limit: UInt64) -> UInt64? {
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
  static func decimal(_ number: UInt32) -> UInt8 { zero + UInt8(number) }

  /// The digit of a number's lowest four bits.
  static func hexadecimal(upperCase number: UInt64) -> UInt8 {
    let digit = UInt8(number & 0xf)
    return digit < 10 ? zero + digit : UInt8(ascii: "A") + digit - 10
  }

  static let zero = UInt8(ascii: "0")
}
