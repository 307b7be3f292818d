import HNVCore

/// Writes JSON (RFC 8259) as UTF-8 into one buffer, in the form of Foundation's `prettyPrinted`: a
/// value a line, two spaces a level.
///
/// Whoever calls it begins and ends objects and lists in turn, and begins each value in them.
struct JSONWriter: ~Copyable {
  /// What is written.
  private(set) var text = TextBuffer()

  /// The spaces before the values of the innermost object or list.
  private var indent = 0

  /// Whether the innermost object or list holds nothing yet.
  private var isEmpty = true

  mutating func beginObject() { begin(UInt8(ascii: "{")) }
  mutating func endObject() { end(UInt8(ascii: "}")) }
  mutating func beginList() { begin(UInt8(ascii: "[")) }
  mutating func endList() { end(UInt8(ascii: "]")) }

  private mutating func begin(_ bracket: UInt8) {
    text.append(bracket)
    indent += 2
    isEmpty = true
  }

  private mutating func end(_ bracket: UInt8) {
    indent -= 2
    if isEmpty { text.append(UInt8(ascii: "\n")) }
    beginLine()
    text.append(bracket)
    isEmpty = false
  }

  /// Begins the next value of a list.
  mutating func beginItem() {
    if !isEmpty { text.append(UInt8(ascii: ",")) }
    beginLine()
    isEmpty = false
  }

  private mutating func beginLine() {
    text.append(UInt8(ascii: "\n"))
    text.append(spaces: indent)
  }

  /// Begins the next value of an object, under a key as `prefix(forKey:)` has it.
  mutating func beginMember(_ prefix: [UInt8]) {
    beginItem()
    text.append(prefix)
  }

  /// A key and the colon behind it, to be written as often as needed.
  static func prefix(forKey key: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(key)
    writer.text.append(" : ")
    return writer.text.withBytes { Array($0) }
  }
}

// MARK: Values

extension JSONWriter {
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  mutating func writeNull() { text.append("null") }

  mutating func write(_ value: Bool) { text.append(value ? "true" : "false") }

  mutating func write(_ value: Int) {
    if value < 0 { text.append(UInt8(ascii: "-")) }
    write(UInt64(value.magnitude))
  }

  mutating func write(_ value: UInt64) { text.append(value) }

  /// Writes an address, which holds nothing to escape.
  mutating func write(_ address: some ASCIIText) {
    text.append(Self.quote)
    text.append(ascii: address)
    text.append(Self.quote)
  }

  mutating func write(_ string: String) {
    var string = string
    string.withUTF8 { write($0) }
  }

  mutating func write(_ words: Words) { words.withBytes { write($0) } }

  /// Writes a string, with escapes where JSON requires them (RFC 8259, section 7).
  private mutating func write(_ string: UnsafeBufferPointer<UInt8>) {
    text.append(Self.quote)
    // Most strings need no escape, and are copied as a whole.
    if Self.needsEscapes(string) { string.forEach { escape($0) } } else { text.append(string) }
    text.append(Self.quote)
  }

  private static func needsEscapes(_ string: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    // Without a branch for each byte, so that the processor takes many at a time.
    for byte in string {
      found |= (byte < 0x20 ? 1 : 0) | (byte == quote ? 1 : 0) | (byte == backslash ? 1 : 0)
    }
    return found != 0
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == quote || byte == backslash
  }

  /// Writes a byte of a string, escaped where it must be.
  private mutating func escape(_ byte: UInt8) {
    guard Self.isEscaped(byte) else { return text.append(byte) }
    text.append(Self.backslash)
    switch byte {
    case 0x08: text.append(UInt8(ascii: "b"))
    case 0x09: text.append(UInt8(ascii: "t"))
    case 0x0A: text.append(UInt8(ascii: "n"))
    case 0x0C: text.append(UInt8(ascii: "f"))
    case 0x0D: text.append(UInt8(ascii: "r"))
    case 0..<0x20:
      text.append("u00")
      text.append(Digits.hexadecimal(upperCase: UInt64(byte >> 4)))
      text.append(Digits.hexadecimal(upperCase: UInt64(byte)))
    default: text.append(byte)
    }
  }
}
