import HNVCore

/// What the reader needs to know about UTF-8, with the well-formed sequences of the Unicode
/// Standard, table 3-7.
enum UTF8Text {
  /// How many bytes at the start are a byte order mark: 3, or 0 where there is none.
  static func markLength(of bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The offset of the first byte that no text holds: a NUL, or one that is not well-formed UTF-8.
  ///
  /// - Complexity: O(bytes).
  static func firstFlaw(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset < bytes.count {
      // Nearly every byte is ASCII, so that this test alone decides how long the pass takes.
      if bytes[offset] &- 1 < 0x7F {
        offset += 1
        continue
      }
      let length = sequenceLength(at: offset, in: bytes)
      if length == 0 { return offset }
      offset += length
    }
    return nil
  }

  /// How many bytes the character beyond ASCII at an offset takes; 0 where there is none.
  private static func sequenceLength(at offset: Int, in bytes: [UInt8]) -> Int {
    switch bytes[offset] {
    case 0xC2...0xDF: continues(at: offset, in: bytes, 0x80...0xBF, length: 2)
    case 0xE0: continues(at: offset, in: bytes, 0xA0...0xBF, length: 3)
    case 0xED: continues(at: offset, in: bytes, 0x80...0x9F, length: 3)
    case 0xE1...0xEF: continues(at: offset, in: bytes, 0x80...0xBF, length: 3)
    case 0xF0: continues(at: offset, in: bytes, 0x90...0xBF, length: 4)
    case 0xF1...0xF3: continues(at: offset, in: bytes, 0x80...0xBF, length: 4)
    case 0xF4: continues(at: offset, in: bytes, 0x80...0x8F, length: 4)
    default: 0
    }
  }

  /// The length, if the second byte is within its range and the others are continuation bytes.
  private static func continues(
    at offset: Int, in bytes: [UInt8], _ second: ClosedRange<UInt8>, length: Int
  ) -> Int {
    guard bytes.count - offset >= length, second.contains(bytes[offset + 1]) else { return 0 }
    let rest = bytes[offset + 2..<offset + length]
    return rest.allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
  }

  /// The character at an offset of a text without flaws, and how many bytes it takes.
  static func scalar(at offset: Int, in text: [UInt8]) -> (Unicode.Scalar, length: Int) {
    let lead = text[offset]
    guard lead >= 0x80 else { return (Unicode.Scalar(lead), 1) }
    let length = (~lead).leadingZeroBitCount
    var code = UInt32(lead & (0x7F >> length))
    for index in offset + 1..<offset + length { code = code << 6 | UInt32(text[index] & 0x3F) }
    return (Unicode.Scalar(code) ?? "\u{FFFD}", length)
  }
}

/// Turns offsets into lines and columns, forwards only, so that all places of a text together
/// cost one pass over it.
///
/// A line ends with `\n`, `\r\n` or `\r`, as editors have it; U+2028 and U+2029, which end a line
/// for JSON5 alone, do not. A column counts Unicode scalars.
struct PlaceCursor {
  private let file: String
  private var offset: Int
  private var line: UInt32 = 1
  private var column: UInt32 = 1

  /// Starts at the first character after a byte order mark, if the text has one.
  init(file: String, startingAt offset: Int) {
    self.file = file
    self.offset = offset
  }

  /// The place of the character at an offset, which lies at or behind the one asked for before.
  mutating func place(at target: Int, in text: [UInt8]) -> Place {
    // Locals, for the loop would store properties at every byte.
    var (line, column) = (line, column)
    let end = max(offset, min(target, text.count))
    for index in offset..<end {
      let byte = text[index]
      if byte == 0x0A || byte == 0x0D && !(index + 1 < text.count && text[index + 1] == 0x0A) {
        line &+= 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column &+= 1
      }
    }
    (self.line, self.column, offset) = (line, column, end)
    return Place(file: file, line: line, column: column)
  }
}
