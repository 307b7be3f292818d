import HNVCore

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
