/// The colours of text on a terminal, or none.
struct Style: Hashable, Sendable {
  /// The role of a piece of text, which decides its colour.
  enum Role: Sendable {
    /// The title of a section.
    case heading
    /// A name that can be typed.
    case name
    /// Something that worked.
    case success
    /// Something that causes trouble and does not stop the work.
    case warning
    /// Something that stops the work.
    case error
    /// What a reader may skip.
    case aside

    // The parameters of "select graphic rendition", ECMA-48, section 8.3.117. The eight colours
    // have no fixed shade, so that they fit the terminal's own theme.
    fileprivate var parameters: String {
      switch self {
      case .heading, .name: "1"
      case .success: "32"
      case .warning: "33"
      case .error: "1;31"
      case .aside: "2"
      }
    }
  }

  /// Whether text is changed at all.
  let isColoured: Bool

  static let plain = Style(isColoured: false)

  static let coloured = Style(isColoured: true)

  private init(isColoured: Bool) { self.isColoured = isColoured }

  /// Decides from the output and the environment; `nil` stands for a variable that is not set.
  ///
  /// Colour is only for a terminal that is not `dumb`, and NO_COLOR, when set to anything but the
  /// empty text, turns it off (no-color.org).
  init(isTerminal: Bool, noColor: String?, term: String?) {
    isColoured = isTerminal && (noColor ?? "").isEmpty && term != "dumb"
  }

  /// The text in the colour of its role; for one line at most.
  func callAsFunction(_ role: Role, _ text: String) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return Self.start(of: role) + text + Self.end
  }

  /// What begins text in the colour of a role.
  static func start(of role: Role) -> String { "\u{1B}[\(role.parameters)m" }

  /// What ends text in any colour.
  static let end = "\u{1B}[0m"

  /// The number of visible characters of a styled text.
  static func visibleWidth(of text: String) -> Int {
    var visible = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isEscaped = true }
      if !isEscaped { visible.append(scalar) }
      if scalar == "m" { isEscaped = false }
    }
    return String(visible).count
  }
}

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

  /// A text followed by spaces up to a width.
  static func padded(_ text: String, to width: Int) -> String {
    text + spaces(width - Style.visibleWidth(of: text))
  }

  static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

/// Rows in aligned columns.
enum TextTable {
  /// One line a row, each column as wide as its widest cell.
  static func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += TextLayout.padded(cell, to: widths[column]) + "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// Lists, ranges and counts as a sentence says them.
extension [String] {
  /// `a, b and c` for the conjunction `and`; empty for no words.
  func listed(with conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}

extension ClosedRange<UInt64> {
  /// `from 1 to 255`.
  var inWords: String { "from \(lowerBound) to \(upperBound)" }
}

extension Int {
  /// `1 error`, `2 errors`.
  func counted(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}

extension String {
  /// The text; in quotation marks where it is empty or has spaces.
  var visible: String {
    let hasSpaces = unicodeScalars.contains { $0.properties.generalCategory == .spaceSeparator }
    return isEmpty || hasSpaces ? "\"\(self)\"" : self
  }

  /// The text with the characters escaped that a terminal acts on instead of showing them.
  ///
  /// Lab files come from outside: an escape sequence in a name could recolour the report, and a
  /// direction override could reverse an address.
  var printable: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += scalar.escaped(asASCII: true)
      default:
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

/// Reports the progress of a long analysis: after two seconds, then every second.
struct Progress {
  private let total: Int
  private let unit: String
  private let complain: (String) -> Void
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private var done = 0

  init(total: Int, unit: String, complain: @escaping (String) -> Void) {
    self.total = total
    self.unit = unit
    self.complain = complain
    next = clock.now.advanced(by: .seconds(2))
  }

  mutating func advance() {
    done += 1
    // Asking the clock costs more than a short analysis.
    guard done.isMultiple(of: 16), clock.now >= next else { return }
    next = clock.now.advanced(by: .seconds(1))
    complain("\(done) of \(total) \(unit) …")
  }
}
