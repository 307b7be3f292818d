import HNVCore

/// Reads numbers and byte ranges of untrusted data, never beyond its end.
struct CaptureCursor {
  private let bytes: [UInt8]
  private let file: String
  private let end: Int
  /// The rule that a range beyond the end breaks.
  private let rule: DiagnosticRule

  /// The number of bytes before the next one, from the start of the file.
  private(set) var offset = 0

  /// Whether a number's most significant byte comes first.
  var isBigEndian = false

  /// Reads a whole file.
  init(_ bytes: [UInt8], named file: String) {
    self.bytes = bytes
    self.file = file
    end = bytes.count
    rule = .captureCutOff
  }

  private init(_ outer: CaptureCursor, count: Int) {
    bytes = outer.bytes
    file = outer.file
    offset = outer.offset
    isBigEndian = outer.isBigEndian
    end = outer.offset + count
    rule = .captureLength
  }

  var isAtEnd: Bool { offset >= end }

  /// How many bytes are left.
  var count: Int { end - offset }

  /// A diagnostic at the next byte.
  func diagnostic(_ rule: DiagnosticRule, _ explanation: String, fix: String? = nil) -> Diagnostic {
    Diagnostic(rule, value: "byte \(offset)", explanation, fix: fix, at: Place(file: file))
  }

  /// Moves over a range, whose length may be any number in the file.
  private mutating func advance(_ count: some BinaryInteger, _ what: String) throws(Diagnostic)
    -> Int
  {
    guard count <= self.count else {
      throw diagnostic(rule, "\(what) has \(count) bytes, and \(self.count) are left")
    }
    let start = offset
    offset += Int(count)
    return start
  }

  mutating func number<Number: FixedWidthInteger>(
    _ type: Number.Type = Number.self, _ what: String
  ) throws(Diagnostic) -> Number {
    let count = Number.bitWidth / 8
    let start = try advance(count, what)
    var number: Number = 0
    for index in 0..<count {
      let byte = bytes[start + (isBigEndian ? index : count - 1 - index)]
      number = number << 8 | Number(truncatingIfNeeded: byte)
    }
    return number
  }

  mutating func bytes(_ count: some BinaryInteger, _ what: String) throws(Diagnostic) -> [UInt8] {
    let start = try advance(count, what)
    return Array(bytes[start..<offset])
  }

  /// Reads a range, and skips the padding to the next multiple of four from its start.
  mutating func padded(_ count: some BinaryInteger, _ what: String) throws(Diagnostic) -> [UInt8] {
    let range = try bytes(count, what)
    _ = try advance((4 - range.count % 4) % 4, "the padding of \(what)")
    return range
  }

  /// A cursor over the next bytes alone; this one moves behind them.
  mutating func part(_ count: some BinaryInteger, _ what: String) throws(Diagnostic)
    -> CaptureCursor
  {
    let start = self
    return CaptureCursor(start, count: try advance(count, what).distance(to: offset))
  }
}
