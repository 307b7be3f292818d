/// How text is set off from other text on a terminal; the identity where colour is not wanted.
struct Style: Hashable, Sendable {
  /// What a piece of text is, which decides its looks.
  enum Role: Sendable {
    /// The title of a section.
    case heading
    /// A name that can be typed.
    case name
    /// Something that worked.
    case success
    /// Something that hurts and does not stop the work.
    case warning
    /// Something that stops the work.
    case error
    /// What the eye may skip.
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

  /// Leaves all text as it is.
  static let plain = Style(isColoured: false)

  /// Sets text off by its role.
  static let coloured = Style(isColoured: true)

  private init(isColoured: Bool) { self.isColoured = isColoured }

  /// Decides from the output and the environment; `nil` stands for a variable that is not set.
  ///
  /// Colour is only for a terminal that is not `dumb`, and NO_COLOR, when set to anything but the
  /// empty text, turns it off (no-color.org).
  init(isTerminal: Bool, noColor: String?, term: String?) {
    isColoured = isTerminal && (noColor ?? "").isEmpty && term != "dumb"
  }

  /// The text with what sets it off around it, for one line at most.
  func callAsFunction(_ role: Role, _ text: String) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[\(role.parameters)m\(text)\u{1B}[0m"
  }

  /// How many characters of a styled text are seen.
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
