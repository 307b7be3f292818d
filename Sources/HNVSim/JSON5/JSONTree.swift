/// A JSON document to be written, its members in the order given.
package indirect enum JSONTree: Sendable {
  /// A key and its value.
  package typealias Member = (key: String, value: JSONTree)

  /// A string.
  case string(String)
  /// A whole number.
  case number(UInt64)
  /// `true` or `false`.
  case bool(Bool)
  /// A list.
  case list([JSONTree])
  /// An object, whose keys are all different.
  case object([Member])

  /// The document as text, one value a line and two spaces a level, without a line end at the end.
  package func rendered() -> String {
    var text = ""
    write(to: &text, indent: "\n")
    return text
  }

  private func write(to text: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .string(let string): Self.write(string, to: &text)
    case .number(let number): text += "\(number)"
    case .bool(let value): text += value ? "true" : "false"
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        text += (index == 0 ? "" : ",") + inner
        item.write(to: &text, indent: inner)
      }
      text += items.isEmpty ? "]" : indent + "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        text += (index == 0 ? "" : ",") + inner
        Self.write(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: inner)
      }
      text += members.isEmpty ? "}" : indent + "}"
    }
  }

  /// Writes a string with the escapes that JSON requires (RFC 8259, section 7).
  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
