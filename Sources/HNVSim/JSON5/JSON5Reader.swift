package import HNVCore

/// Reads JSON5 text into values that know where they were written.
///
/// It takes the whole grammar of JSON5 1.0.0, with three differences, each for the sake of a
/// clear answer: a duplicate key is an error, so is an escaped lone surrogate, and lists and
/// objects nest at most `depthLimit` deep.
package struct JSON5Reader {
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 512 << 20

  /// How deep lists and objects nest at most; labs need less than ten levels.
  package static let depthLimit = 64

  /// The bytes, known to be UTF-8 without a NUL.
  let text: [UInt8]
  /// The offset of the next byte.
  var position: Int
  /// The brackets that are open, the innermost last.
  private(set) var openings: [Opening] = []
  /// How many members the last object at each depth had, up to a limit.
  private var usualCount = [Int](repeating: 0, count: depthLimit + 2)
  private var cursor: PlaceCursor
  private var diagnostics = DiagnosticList()

  /// A bracket that waits for its counterpart.
  struct Opening {
    /// The counterpart, `]` or `}`.
    let closing: Unicode.Scalar
    /// Where the bracket was written.
    let place: Place
  }

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: The file's content: UTF-8, with or without a byte order mark.
  ///   - file: The file's name as the person gave it, for the places.
  /// - Returns: The document's one value.
  /// - Throws: Every duplicate key, and the first syntax error, after which nothing is certain; or
  ///   else that the file is too large, binary or empty.
  /// - Complexity: O(bytes).
  package static func read(_ bytes: [UInt8], named file: String) throws(Diagnostics) -> JSON5Value {
    if let diagnostic = tooLarge(size: bytes.count, named: file) ?? binary(bytes, named: file) {
      throw Diagnostics([diagnostic])
    }
    var reader = JSON5Reader(bytes, named: file)
    do throws(Diagnostic) {
      let value = try reader.readDocument()
      if reader.diagnostics.isEmpty { return value }
    } catch {
      reader.diagnostics.add(error)
    }
    throw Diagnostics(reader.diagnostics.all)
  }

  private init(_ text: [UInt8], named file: String) {
    self.text = text
    position = UTF8Text.markLength(of: text)
    cursor = PlaceCursor(file: file, startingAt: position)
  }

  private mutating func readDocument() throws(Diagnostic) -> JSON5Value {
    try skipBlanks()
    guard !isAtEnd else { throw empty() }
    let value = try readValue()
    try skipBlanks()
    guard isAtEnd else {
      throw expected(
        "the end of the file", fix: "remove this, or put everything into one object")
    }
    return value
  }

  private mutating func readValue() throws(Diagnostic) -> JSON5Value {
    let place = place()
    switch next {
    case "{": return JSON5Value(kind: .object(try readMembers()), place: place)
    case "[": return JSON5Value(kind: .array(try readItems()), place: place)
    case "\"", "'": return JSON5Value(kind: .string(try readString()), place: place)
    default: return JSON5Value(kind: try readWord(), place: place)
    }
  }

  private mutating func readItems() throws(Diagnostic) -> [JSON5Value] {
    var items: [JSON5Value] = []
    try open(closing: "]")
    while try !close("]") {
      items.append(try readValue())
      try readSeparator(before: "]")
    }
    return items
  }

  private mutating func readMembers() throws(Diagnostic) -> [JSON5Value.Member] {
    var members: [JSON5Value.Member] = []
    var seen = SeenKeys()
    try open(closing: "}")
    // Objects of one depth are mostly alike, and growing step by step costs more than reading.
    members.reserveCapacity(usualCount[openings.count])
    while try !close("}") {
      let keyPlace = place()
      let key = try readKey()
      if let first = seen.first(called: key, in: members) {
        diagnostics.add(.duplicateKey(members[first], at: keyPlace))
      }
      try skipBlanks()
      guard take(":") else { throw expectedColon(after: key) }
      try skipBlanks()
      members.append(JSON5Value.Member(key: key, keyPlace: keyPlace, value: try readValue()))
      try readSeparator(before: "}")
    }
    usualCount[openings.count + 1] = min(members.count, 16)
    return members
  }
}

extension JSON5Reader {
  /// The next byte; 0, which no text holds, at the end.
  var next: UInt8 { position < text.count ? text[position] : 0 }

  /// Whether everything is read.
  var isAtEnd: Bool { position >= text.count }

  /// Moves past the next byte if it is this character.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard character ~= next else { return false }
    position += 1
    return true
  }

  /// The place of the next character.
  mutating func place() -> Place { cursor.place(at: position, in: text) }

  /// Moves past an opening bracket, unless that is one too many.
  private mutating func open(closing: Unicode.Scalar) throws(Diagnostic) {
    guard openings.count < Self.depthLimit else { throw tooDeep() }
    openings.append(Opening(closing: closing, place: place()))
    position += 1
  }

  /// Moves past blanks, and past the closing bracket if it follows.
  private mutating func close(_ closing: Unicode.Scalar) throws(Diagnostic) -> Bool {
    try skipBlanks()
    guard take(closing) else { return false }
    openings.removeLast()
    return true
  }

  /// Moves past the comma behind a value, which may be left out before the closing bracket.
  private mutating func readSeparator(before closing: Unicode.Scalar) throws(Diagnostic) {
    try skipBlanks()
    guard take(",") || closing ~= next else { throw expectedComma() }
  }
}

/// Finds out whether an object already has a member of some key.
///
/// Most objects have a handful of members, which are compared one by one; only a larger object
/// pays for a table.
struct SeenKeys {
  private static let manyMembers = 16
  private var table: [String: Int]?

  /// The index of the first member called `key`, if any; asked once for each key, in order.
  ///
  /// Keys are equal as Swift strings are: the composed and the decomposed `é` are the same key,
  /// for no reader could tell which of the two is meant.
  mutating func first(called key: String, in members: [JSON5Value.Member]) -> Int? {
    guard members.count >= Self.manyMembers else {
      return members.firstIndex { $0.key == key }
    }
    if table == nil {
      let indices = members.indices.map { (members[$0].key, $0) }
      table = Dictionary(indices, uniquingKeysWith: { first, _ in first })
    }
    if let index = table?[key] { return index }
    table?[key] = members.count
    return nil
  }
}
