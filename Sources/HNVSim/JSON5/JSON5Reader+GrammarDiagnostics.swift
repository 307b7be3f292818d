import HNVCore

/// What is wrong where one token is expected and another one is found.
extension JSON5Reader {
  /// Where a value should begin.
  mutating func missingValue() -> Diagnostic {
    if let diagnostic = misplacedSign() { return diagnostic }
    switch next {
    case ",":
      return syntax(
        "a value is expected here, this is a comma",
        fix: "write the value that is missing, or remove the comma")
    case ":":
      return syntax(
        "a value is expected here, this is a colon",
        fix: "write keys and values in braces, and one colon between the two")
    case ";":
      return syntax(
        "a value is expected here, this is a semicolon", fix: "write the value and a comma")
    default:
      return syntax(
        "a value is expected here, this is a closing bracket",
        fix: "write the value that is missing")
    }
  }

  /// Where a value should begin and something without quotes stands.
  mutating func notAValue() -> Diagnostic {
    if let diagnostic = misplacedSign() { return diagnostic }
    let word = excerpt(from: position)
    let isKey = word.utf8.count + position < text.count && ":" ~= text[position + word.utf8.count]
    if isKey, openings.last?.closing != "}" {
      return syntax(
        "a value is expected here, this is a key", fix: "put keys and their values in braces")
    }
    if let literal = ["true", "false", "null"].first(where: { $0 == word.lowercased() }) {
      return syntax("\(quoted(word)) is not a value", fix: "write \(literal) in small letters")
    }
    if let truth = ["yes": "true", "on": "true", "no": "false", "off": "false"][word.lowercased()] {
      return syntax("\(quoted(word)) is not a value", fix: "write \(truth)")
    }
    guard ("0"..."9").contains(Unicode.Scalar(next)) || "+" ~= next || "-" ~= next else {
      return syntax(
        "\(quoted(word)) is not a value", fix: "put text in quotes: \(Self.requoted(word))")
    }
    return syntax(
      "\(quoted(word)) is not a number",
      fix: word.utf8.allSatisfy(\.isDecimalDigit)
        ? "remove the leading zeros, or put text in quotes: \(quoted(word))"
        : "put addresses and other text in quotes: \(quoted(word))")
  }

  /// Where a comma or the closing bracket should follow a value.
  mutating func missingComma() -> Diagnostic {
    if let diagnostic = misplacedSign() { return diagnostic }
    let found = excerpt(from: position)
    switch next {
    case ":":
      return syntax(
        "a comma is expected here, this is a colon",
        fix: "write keys and values in braces, and put text with colons in quotes")
    case ";":
      return syntax("a comma is expected here, this is a semicolon", fix: "write a comma")
    default:
      return syntax("a comma is missing before this", fix: "put a comma before \(found)")
    }
  }

  /// Where a key or the closing brace should begin.
  mutating func missingKey() -> Diagnostic {
    if let diagnostic = misplacedSign() { return diagnostic }
    switch next {
    case ",":
      return syntax("a key is expected here, this is a comma", fix: "remove the comma")
    case ":":
      return syntax(
        "a key is expected here, this is a colon", fix: "write the key that is missing")
    case "[", "{":
      return syntax(
        "a key is expected here, this is an opening bracket",
        fix: "write a key and a colon before it, or use square brackets around a list")
    default:
      let word = excerpt(from: position)
      return syntax(
        "\(quoted(word)) is not a key without quotes",
        fix: "put the key in quotes: \(Self.requoted(word))")
    }
  }

  /// Where a colon should follow a key.
  mutating func missingColon(after key: String) -> Diagnostic {
    switch next {
    case ",", "}":
      return syntax(
        "the key \(quoted(key)) has no value",
        fix: "write a colon and a value behind it, or use square brackets around a list")
    case "=":
      return syntax("a colon is expected here, this is an equals sign", fix: "write a colon")
    default:
      return misplacedSign()
        ?? syntax(
          "a colon is missing between the key \(quoted(key)) and this",
          fix: "write a colon, or put a key of several words or with signs in quotes")
    }
  }

  /// Behind the document's value.
  mutating func leftover() -> Diagnostic {
    if let diagnostic = misplacedSign() { return diagnostic }
    return syntax(
      "the document ends before this, for it holds one value",
      fix: "remove it, or put everything into one object")
  }

  /// A character that begins nothing.
  mutating func strayCharacter() -> Diagnostic {
    syntax(
      "a slash alone means nothing here", fix: "begin a comment with // and text with a quote")
  }

  /// The end of the file, a closing bracket or another language's comment, if that is what is
  /// found and should not be.
  private mutating func misplacedSign() -> Diagnostic? {
    switch (next, openings.last) {
    case ("#", _):
      return syntax("this sign means nothing here", fix: "begin a comment with //")
    case (0, let opening?):
      return syntax(
        "the bracket opened in \(Self.position(of: opening.place)) is never closed",
        fix: "close it with \(opening.closing)")
    case ("]", nil), ("}", nil):
      return syntax("this bracket closes none", fix: "remove it, or open one before")
    case ("]", let opening?), ("}", let opening?):
      guard !(opening.closing ~= next) else { return nil }
      return syntax(
        "this bracket does not close the one opened in \(Self.position(of: opening.place))",
        fix: "close that one first, with \(opening.closing)")
    default:
      return nil
    }
  }
}
