import HNVCore

/// What is wrong within a string, a key or a comment.
extension JSON5Reader {
  /// A string that its line or the file ends before.
  mutating func unclosedString(from start: Int, at opening: Place) -> Diagnostic {
    Diagnostic(
      .json5Syntax, value: excerpt(from: start),
      isAtEnd
        ? "this string is never closed"
        : "this string is not closed before the end of line \(place().line)",
      fix: "close it with the quotation mark that opens it, \(quotationMark(at: start))",
      at: opening)
  }

  /// A comment that the file ends before.
  func unclosedComment(from opening: Place) -> Diagnostic {
    Diagnostic(
      .json5Syntax, value: "/*", "this comment is never closed", fix: "close it with */",
      at: opening)
  }

  /// A backslash that nothing meaningful follows.
  mutating func badEscape(from escape: Int) -> Diagnostic {
    position = escape
    return syntax(
      "this backslash and what follows stand for no character",
      fix: "write \\\\ for a backslash, \\x and two or \\u and four hexadecimal digits for others")
  }

  /// One half of a pair of surrogates.
  mutating func loneSurrogate(from escape: Int) -> Diagnostic {
    position = escape
    return syntax(
      "this is one half of a surrogate pair, which is no character",
      fix: "write both halves, the first from \\uD800 and the second from \\uDC00")
  }

  private func quotationMark(at offset: Int) -> Unicode.Scalar { Unicode.Scalar(text[offset]) }
}

extension JSON5Reader {
  /// A diagnostic of the grammar at the next character.
  mutating func syntax(_ explanation: String, fix: String) -> Diagnostic {
    Diagnostic(
      .json5Syntax, value: isAtEnd ? "end of file" : excerpt(from: position), explanation,
      fix: fix, at: place())
  }

  /// How a sentence names a place of the same file.
  static func position(of place: Place) -> String { "line \(place.line), column \(place.column)" }

  /// A word in quotes that the grammar knows, instead of the typographic ones of word processors.
  static func requoted(_ word: String) -> String {
    quoted(String(String.UnicodeScalarView(word.unicodeScalars.filter { !isTypographic($0) })))
  }

  private static func isTypographic(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{2018}"..."\u{201F}").contains(scalar)
  }

  /// What a person would take for one word or string, at most 40 characters of it.
  ///
  /// Unlike a word of the grammar it goes on over slashes and colons, to show addresses whole.
  func excerpt(from start: Int) -> String {
    var excerpt = String.UnicodeScalarView()
    var offset = start
    while offset < text.count, excerpt.count < 40 {
      let (scalar, length) = UTF8Text.scalar(at: offset, in: text)
      if let first = excerpt.first, Self.ends(at: scalar, first) { break }
      excerpt.append(scalar)
      offset += length
    }
    // A colon at the end belongs to a key, two are an address.
    let word = String(excerpt)
    return word.count > 1 && word.hasSuffix(":") && !word.hasSuffix("::")
      ? String(word.dropLast()) : word
  }

  private static func ends(at scalar: Unicode.Scalar, _ first: Unicode.Scalar) -> Bool {
    switch (first, scalar) {
    case ("[", _), ("]", _), ("{", _), ("}", _), (",", _), (":", _): true
    case ("\"", _), ("'", _): scalar == "\n" || scalar == "\r"
    case (_, ","), (_, ";"), (_, "["), (_, "]"), (_, "{"), (_, "}"), (_, "\""), (_, "'"): true
    default: scalar.properties.isWhitespace || isBlank(scalar)
    }
  }
}

/// A word in the quotation marks of a report, at most 40 characters of it.
func quoted(_ word: String) -> String {
  let start = word.unicodeScalars.prefix(40)
  return "\"\(String(start))\(start.endIndex < word.endIndex ? "…" : "")\""
}
