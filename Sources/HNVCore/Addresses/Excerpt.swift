/// Text from outside, made fit for a report: short, and without what a terminal would obey.
enum Excerpt {
  /// The longest text that is repeated in full; counted in Unicode scalars, because a single
  /// character can hold any number of them.
  static let limit = 80

  /// The text as it was written, cut where it is longer than anyone would read.
  static func of(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }

  /// A slice of ASCII as text, cut likewise.
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

  /// Whether a character got in by accident, so that leaving it out is what was meant.
  static func isRemovable(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte == UInt8(ascii: "+") || byte == 0x20 || (byte >= 0x09 && byte <= 0x0d)
  }
}
