/// Text laid out in lines and columns.
enum TextLayout {
  /// The width that help and reports keep to, in characters.
  static let pageWidth = 80

  /// The words of a text, without what separates them.
  static func words(of text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// Words filled into lines that begin at `column`, except that the first begins at `start`.
  ///
  /// What is before the first line is the caller's. A word may contain spaces where it must not be
  /// broken; one that is too long for a line has a line of its own.
  static func hanging(
    _ words: [String], at column: Int, from start: Int? = nil, width: Int = pageWidth
  ) -> String {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    var room = width - (start ?? column)
    for word in words {
      let wordWidth = Style.visibleWidth(of: word)
      if lineWidth == 0 {
        (line, lineWidth) = (word, wordWidth)
      } else if lineWidth + 1 + wordWidth <= room {
        line += " " + word
        lineWidth += 1 + wordWidth
      } else {
        lines.append(line)
        (line, lineWidth) = (word, wordWidth)
        room = width - column
      }
    }
    return (lines + [line]).joined(separator: "\n" + spaces(column))
  }

  /// Paragraphs, separated by empty lines, each filled into lines.
  static func paragraphs(_ text: String, width: Int = pageWidth) -> String {
    text.split(separator: "\n\n")
      .map { hanging(words(of: String($0)), at: 0, width: width) }
      .joined(separator: "\n\n")
  }

  /// A row of two columns, the right one filled into lines that begin at `column`.
  ///
  /// A left side that reaches into the right column has a line of its own.
  static func row(
    _ left: String, _ right: String, at column: Int, width: Int = pageWidth
  ) -> String {
    let gap = column - 2 - Style.visibleWidth(of: left)
    let lead = gap >= 2 ? spaces(gap) : "\n" + spaces(column)
    return "  " + left + lead + hanging(words(of: right), at: column, width: width)
  }

  /// A text with spaces behind it, at least so wide.
  static func padded(_ text: String, to width: Int) -> String {
    text + spaces(width - Style.visibleWidth(of: text))
  }

  /// So many spaces.
  static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
