package import HNVCore

// MARK: Syntax

extension JSON5Reader {
  /// What is wrong where a value should begin.
  mutating func expectedValue() -> Diagnostic {
    let word = excerpt(from: position)
    let end = position + word.utf8.count
    return switch next {
    case ",", ":", ";", "]", "}": expected("a value", fix: "write the value or remove \(word)")
    case _ where end < text.count && ":" ~= text[end] && openings.last?.closing != "}":
      expected("a value", fix: "put keys and their values in braces")
    case _ where Self.hasLeadingZeros(word):
      syntax(
        "\(quoted(word)) is not a number",
        fix: "remove the leading zeros, or put text in quotes: \(quoted(word))")
    default:
      expected(
        "a value",
        fix: ["true", "false", "null"].contains(word.lowercased())
          ? "write \(word.lowercased())" : "put text in quotes: \(Self.requoted(word))")
    }
  }

  /// Whether a word is decimal digits, and only its leading zeros keep it from being a number.
  private static func hasLeadingZeros(_ word: String) -> Bool {
    let digits = word.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return digits.count > 1 && digits.first == UInt8(ascii: "0")
      && digits.allSatisfy(\.isDecimalDigit)
  }

  /// What is wrong where a key or the closing brace should begin.
  mutating func expectedKey() -> Diagnostic {
    let word = excerpt(from: position)
    return switch next {
    case ",", ":", ";", "[", "{": expected("a key", fix: "write the key or remove \(word)")
    default: expected("a key", fix: "put the key in quotes: \(Self.requoted(word))")
    }
  }

  /// What is wrong where a colon should follow a key.
  mutating func expectedColon(after key: String) -> Diagnostic {
    expected(
      "a colon after the key \(quoted(key))",
      fix: "=" ~= next
        ? "write a colon in place of ="
        : "write a colon and a value; put a key of several words or with signs in quotes")
  }

  /// What is wrong where a comma or the closing bracket should follow a value.
  mutating func expectedComma() -> Diagnostic {
    let fix =
      switch next {
      case ":": "put text with a colon in quotes, and keys with their values in braces"
      case ";": "write a comma in place of ;"
      default: "put a comma before \(excerpt(from: position))"
      }
    return expected("a comma", fix: fix)
  }

  /// What is wrong at the next character, where something else should stand.
  ///
  /// A bracket that is never closed, or closed by another one, is what a person has to correct
  /// first, whatever the grammar expects there.
  mutating func expected(_ wanted: String, fix: String) -> Diagnostic {
    var (wanted, fix) = (wanted, fix)
    if let opening = openings.last, isAtEnd || isAtBracketOtherThan(opening.closing) {
      let (line, column) = (opening.place.line, opening.place.column)
      wanted = "\(opening.closing) for the bracket opened in line \(line), column \(column)"
      fix = "close that bracket first, with \(opening.closing)"
    } else if "#" ~= next {
      fix = "begin a comment with //"
    }
    let found = isAtEnd ? "the end of the file" : quoted(excerpt(from: position))
    return syntax("expected \(wanted), found \(found)", fix: fix)
  }

  private func isAtBracketOtherThan(_ closing: Unicode.Scalar) -> Bool {
    ("]" ~= next || "}" ~= next) && !(closing ~= next)
  }

  /// A string that its line or the file ends before.
  mutating func unclosedString(from start: Int, at opening: Place) -> Diagnostic {
    Diagnostic(
      .json5Syntax, value: excerpt(from: start),
      "this string is not closed before the end of line \(place().line)",
      fix: "close it with the quotation mark that opens it, \(Unicode.Scalar(text[start]))",
      at: opening)
  }

  /// A backslash that does not begin an escape, or one half of a surrogate pair.
  mutating func badEscape(from escape: Int) -> Diagnostic {
    position = escape
    return syntax(
      "this escape is not a character",
      fix: "write \\\\ for a backslash, and \\x with two or \\u with four hexadecimal digits for a"
        + " character, both halves of a surrogate pair together")
  }

  private mutating func syntax(_ explanation: String, fix: String) -> Diagnostic {
    Diagnostic(
      .json5Syntax, value: isAtEnd ? "end of file" : excerpt(from: position), explanation,
      fix: fix, at: place())
  }

  /// A word in quotes that the grammar knows, without the typographic ones of word processors.
  private static func requoted(_ word: String) -> String {
    quoted(word.filter { !"\u{2018}\u{2019}\u{201A}\u{201C}\u{201D}\u{201E}".contains($0) })
  }

  /// What a person would take for one word or string, at most 40 characters of it.
  ///
  /// Unlike a word of the grammar it goes on over slashes and colons, to show addresses whole.
  private func excerpt(from start: Int) -> String {
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

/// A word in quotation marks, at most 40 characters of it.
func quoted(_ word: String) -> String {
  let start = word.unicodeScalars.prefix(40)
  return "\"\(String(start))\(start.endIndex < word.endIndex ? "…" : "")\""
}

// MARK: The file as a whole

extension JSON5Reader {
  /// The diagnostic of a file larger than `sizeLimit`, so that it is refused before it is loaded.
  package static func tooLarge(size: Int, named file: String) -> Diagnostic? {
    guard size > sizeLimit else { return nil }
    return Diagnostic(
      .tooLarge, value: "\(size) bytes",
      "the file has \(size) bytes, and at most \(sizeLimit) are read",
      at: Place(file: file, line: 1, column: 1))
  }

  /// The diagnostic of bytes that are not UTF-8 text.
  static func binary(_ bytes: [UInt8], named file: String) -> Diagnostic? {
    guard let flaw = UTF8Text.firstFlaw(in: bytes) else { return nil }
    var cursor = PlaceCursor(file: file, startingAt: UTF8Text.markLength(of: bytes))
    let digits = String(bytes[flaw], radix: 16, uppercase: true)
    let byte = (digits.count == 1 ? "0x0" : "0x") + digits
    // Windows tools write UTF-16 with a byte order mark, Out-File of Windows PowerShell for one.
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    return Diagnostic(
      .binaryFile, value: byte,
      isUTF16 ? "this file is written in UTF-16" : "invalid UTF-8: byte \(byte)",
      at: cursor.place(at: flaw, in: bytes))
  }

  /// The diagnostic of a text without a value.
  mutating func empty() -> Diagnostic {
    Diagnostic(.emptyFile, value: "", "the file has no value", at: place())
  }

  /// The diagnostic of a bracket beyond `depthLimit`.
  mutating func tooDeep() -> Diagnostic {
    Diagnostic(
      .tooDeep, value: excerpt(from: position),
      "this bracket is inside \(openings.count) others, the most there can be", at: place())
  }
}

extension Diagnostic {
  /// The diagnostic of a key that the object already has.
  static func duplicateKey(_ first: JSON5Value.Member, at place: Place) -> Diagnostic {
    Diagnostic(
      .duplicateKey, value: first.key,
      "\(quoted(first.key)) is already written in line \(first.keyPlace.line), "
        + "column \(first.keyPlace.column)",
      at: place)
  }
}

/// Gathers diagnostics, up to a limit that keeps a broken file of any size from filling the memory.
struct DiagnosticList {
  /// How many diagnostics are worth reporting; more are the same mistake made everywhere.
  static let limit = 1_000

  /// The diagnostics in the order of the file; the last one says so where more were found.
  private(set) var all: [Diagnostic] = []

  /// Whether nothing is wrong so far.
  var isEmpty: Bool { all.isEmpty }

  /// Adds a diagnostic, which is not even worded beyond the limit.
  mutating func add(_ diagnostic: @autoclosure () -> Diagnostic) {
    guard all.count <= Self.limit else { return }
    let diagnostic = diagnostic()
    guard all.count == Self.limit else { return all.append(diagnostic) }
    all.append(
      Diagnostic(
        .tooManyDiagnostics, value: diagnostic.value,
        "\(Self.limit) diagnostics are reported; more were found", at: diagnostic.place))
  }
}
