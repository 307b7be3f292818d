/// What a piece of text is, which decides its colour.
package enum TextRole: Hashable, Sendable {
  /// The packet arrived.
  case success
  /// The packet was dropped.
  case failure
  /// The name of an element.
  case name
  /// What can be skipped.
  case aside
}

/// What stands before and behind pieces of text, to colour them.
package struct Paint: Sendable {
  /// What begins a piece.
  let before: @Sendable (TextRole) -> String
  /// What ends a piece.
  let after: String

  /// Colours pieces by what begins and ends them.
  package init(before: @escaping @Sendable (TextRole) -> String, after: String) {
    self.before = before
    self.after = after
  }

  /// No colour.
  package static let none = Paint(before: { _ in "" }, after: "")

  /// A piece in the colour of its role.
  func callAsFunction(_ role: TextRole, _ text: String) -> String {
    text.isEmpty ? text : before(role) + text + after
  }
}

/// Lines of text in one buffer.
struct TextLines: ~Copyable {
  /// The text so far.
  var text = TextBuffer()
  /// What colours pieces.
  let paint: Paint
  /// The spaces before every line that is not empty.
  var margin = 0
  private var isFirst = true

  init(paint: Paint) { self.paint = paint }

  /// Begins a line that stays empty.
  mutating func beginEmpty() {
    if !isFirst { text.append(UInt8(ascii: "\n")) }
    isFirst = false
  }

  /// Begins a line, so many spaces from the margin.
  mutating func begin(_ indent: Int = 0) {
    beginEmpty()
    text.append(spaces: margin + indent)
  }

  /// Appends a piece in the colour of its role.
  mutating func append(_ role: TextRole, _ piece: (inout TextBuffer) -> Void) {
    text.append(paint.before(role))
    piece(&text)
    text.append(paint.after)
  }

  /// Appends a name.
  mutating func append(name: String) { append(.name) { $0.append(name) } }
}
