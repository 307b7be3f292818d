package import HNVCore

/// What is wrong with a file as a whole.
extension JSON5Reader {
  /// The diagnostic of a file larger than `sizeLimit`, so that it can be refused before it is loaded.
  package static func tooLarge(size: Int, named file: String) -> Diagnostic? {
    guard size > sizeLimit else { return nil }
    return Diagnostic(
      .tooLarge, value: "\(size) bytes",
      "the file has \(size) bytes, and at most \(sizeLimit) are read",
      at: Place(file: file, line: 1, column: 1))
  }

  /// The diagnostic of bytes that are not UTF-8 text.
  static func binary(_ bytes: [UInt8], named file: String) -> Diagnostic? {
    guard let flaw = UTF8Text.firstFlaw(in: bytes) else { return nil }
    var cursor = PlaceCursor(file: file, startingAt: UTF8Text.markLength(of: bytes))
    let digits = String(bytes[flaw], radix: 16, uppercase: true)
    let byte = (digits.count == 1 ? "0x0" : "0x") + digits
    // Windows tools write UTF-16 with a byte order mark, Out-File of Windows PowerShell for one.
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    return Diagnostic(
      .binaryFile, value: byte,
      isUTF16
        ? "this file is written in UTF-16" : "the byte \(byte) does not occur in UTF-8 text here",
      at: cursor.place(at: flaw, in: bytes))
  }

  /// The diagnostic of a text without a value.
  mutating func empty() -> Diagnostic {
    Diagnostic(
      .emptyFile, value: "",
      text.isEmpty ? "the file is empty" : "the file holds nothing but blanks and comments",
      at: place())
  }

  /// The diagnostic of a bracket beyond `depthLimit`.
  mutating func tooDeep() -> Diagnostic {
    Diagnostic(
      .tooDeep, value: excerpt(from: position),
      "this bracket is nested inside \(openings.count) others, the most there can be", at: place())
  }

  /// The diagnostic of a key that the object already has.
  static func doubled(_ first: JSON5Value.Member, at place: Place) -> Diagnostic {
    Diagnostic(
      .duplicateKey, value: first.key,
      "\(quoted(first.key)) is already written in line \(first.keyPlace.line), "
        + "column \(first.keyPlace.column)",
      at: place)
  }
}
