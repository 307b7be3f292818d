import HNVCore

/// What is wrong where one token is expected and another one is found.
extension JSON5Reader {
  /// Where a value should begin.
  mutating func missingValue() -> Fault {
    if let fault = misplacedSign() { return fault }
    switch next {
    case ",":
      return syntax(
        "a value is expected here, this is a comma",
        mend: "write the value that is missing, or remove the comma")
    case ":":
      return syntax(
        "a value is expected here, this is a colon",
        mend: "write keys and values in braces, and one colon between the two")
    case ";":
      return syntax(
        "a value is expected here, this is a semicolon", mend: "write the value and a comma")
    default:
      return syntax(
        "a value is expected here, this is a closing bracket",
        mend: "write the value that is missing")
    }
  }

  /// Where a value should begin and something without quotes stands.
  mutating func notAValue() -> Fault {
    if let fault = misplacedSign() { return fault }
    let word = excerpt(from: position)
    let isKey = word.utf8.count + position < text.count && ":" ~= text[position + word.utf8.count]
    if isKey, openings.last?.closing != "}" {
      return syntax(
        "a value is expected here, this is a key", mend: "put keys and their values in braces")
    }
    if let literal = ["true", "false", "null"].first(where: { $0 == word.lowercased() }) {
      return syntax("\(quoted(word)) is not a value", mend: "write \(literal) in small letters")
    }
    if let truth = ["yes": "true", "on": "true", "no": "false", "off": "false"][word.lowercased()] {
      return syntax("\(quoted(word)) is not a value", mend: "write \(truth)")
    }
    guard ("0"..."9").contains(Unicode.Scalar(next)) || "+" ~= next || "-" ~= next else {
      return syntax(
        "\(quoted(word)) is not a value", mend: "put text in quotes: \(Self.requoted(word))")
    }
    return syntax(
      "\(quoted(word)) is not a number",
      mend: word.utf8.allSatisfy(\.isDecimalDigit)
        ? "remove the leading zeros, or put text in quotes: \(quoted(word))"
        : "put addresses and other text in quotes: \(quoted(word))")
  }

  /// Where a comma or the closing bracket should follow a value.
  mutating func missingComma() -> Fault {
    if let fault = misplacedSign() { return fault }
    let found = excerpt(from: position)
    switch next {
    case ":":
      return syntax(
        "a comma is expected here, this is a colon",
        mend: "write keys and values in braces, and put text with colons in quotes")
    case ";":
      return syntax("a comma is expected here, this is a semicolon", mend: "write a comma")
    default:
      return syntax("a comma is missing before this", mend: "put a comma before \(found)")
    }
  }

  /// Where a key or the closing brace should begin.
  mutating func missingKey() -> Fault {
    if let fault = misplacedSign() { return fault }
    switch next {
    case ",":
      return syntax("a key is expected here, this is a comma", mend: "remove the comma")
    case ":":
      return syntax(
        "a key is expected here, this is a colon", mend: "write the key that is missing")
    case "[", "{":
      return syntax(
        "a key is expected here, this is an opening bracket",
        mend: "write a key and a colon before it, or use square brackets around a list")
    default:
      let word = excerpt(from: position)
      return syntax(
        "\(quoted(word)) is not a key without quotes",
        mend: "put the key in quotes: \(Self.requoted(word))")
    }
  }

  /// Where a colon should follow a key.
  mutating func missingColon(after key: String) -> Fault {
    switch next {
    case ",", "}":
      return syntax(
        "the key \(quoted(key)) has no value",
        mend: "write a colon and a value behind it, or use square brackets around a list")
    case "=":
      return syntax("a colon is expected here, this is an equals sign", mend: "write a colon")
    default:
      return misplacedSign()
        ?? syntax(
          "a colon is missing between the key \(quoted(key)) and this",
          mend: "write a colon, or put a key of several words or with signs in quotes")
    }
  }

  /// Behind the document's value.
  mutating func leftover() -> Fault {
    if let fault = misplacedSign() { return fault }
    return syntax(
      "the document ends before this, for it holds one value",
      mend: "remove it, or put everything into one object")
  }

  /// A character that begins nothing.
  mutating func strayCharacter() -> Fault {
    syntax(
      "a slash alone means nothing here", mend: "begin a comment with // and text with a quote")
  }

  /// The end of the file, a closing bracket or another language's comment, if that is what is
  /// found and should not be.
  private mutating func misplacedSign() -> Fault? {
    switch (next, openings.last) {
    case ("#", _):
      return syntax("this sign means nothing here", mend: "begin a comment with //")
    case (0, let opening?):
      return syntax(
        "the bracket opened in \(Self.position(of: opening.place)) is never closed",
        mend: "close it with \(opening.closing)")
    case ("]", nil), ("}", nil):
      return syntax("this bracket closes none", mend: "remove it, or open one before")
    case ("]", let opening?), ("}", let opening?):
      guard !(opening.closing ~= next) else { return nil }
      return syntax(
        "this bracket does not close the one opened in \(Self.position(of: opening.place))",
        mend: "close that one first, with \(opening.closing)")
    default:
      return nil
    }
  }
}
