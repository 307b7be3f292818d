/// What a value of a file may be.
///
/// A file format is declared once, as a shape. Checking a file and publishing the format's JSON
/// Schema both read that declaration, so that the two cannot differ. A shape states no more than a
/// schema can; whether a text is an address, say, is checked by the type that it becomes.
package indirect enum Shape: Hashable, Sendable {
  /// A string; format and examples are hints to whoever edits the file, and nothing is checked.
  case text(about: String, format: String? = nil, examples: [String] = [])

  /// A string that is one of several.
  case oneOf([String], about: String)

  /// A whole number within a range, in decimal digits.
  case number(ClosedRange<UInt64>, about: String)

  /// `true` or `false`.
  case bool

  /// A list of values of one shape.
  case list(of: Shape, about: String = "")

  /// An object whose keys are names of the file's author, with values of one shape.
  case dictionary(of: Shape, about: String)

  /// An object with keys of its own.
  case object(ObjectShape)

  /// A value of any of several shapes, such as one address or a list of them.
  case either([Shape])
}

/// The keys of an object.
package struct ObjectShape: Hashable, Sendable {
  /// A key that the object may hold.
  package struct Key: Hashable, Sendable {
    /// The key as it is written.
    package let name: String

    /// What its value may be.
    package let shape: Shape

    /// Whether the object is refused without it.
    package let required: Bool

    /// What the value means in this object; sentences, which the schema and reports show.
    package let about: String

    /// Declares a key.
    package init(_ name: String, _ shape: Shape, required: Bool = false, about: String) {
      self.name = name
      self.shape = shape
      self.required = required
      self.about = about
    }
  }

  /// What reports call the object, in small letters and without an article: `lookup record`.
  ///
  /// One format has one object of a name.
  package let name: String

  /// What the object stands for; sentences, which the schema shows.
  package let about: String

  /// The keys, in the order in which a person would write them.
  package let keys: [Key]

  /// Declares an object.
  package init(_ name: String, about: String, keys: [Key]) {
    self.name = name
    self.about = about
    self.keys = keys
  }
}

extension Shape {
  /// What the shape admits, in words.
  var expectation: String {
    switch self {
    case .text, .oneOf: "a string"
    case .number: "a whole number"
    case .bool: "true or false"
    case .list: "a list"
    case .dictionary, .object: "an object"
    case .either(let shapes): shapes.map(\.expectation).joined(separator: " or ")
    }
  }

  /// Whether a value is of the right kind, whatever it holds.
  func admits(_ kind: JSON5Value.Kind) -> Bool {
    switch (self, kind) {
    case (.text, .string), (.oneOf, .string), (.number, .number), (.bool, .bool), (.list, .array),
      (.dictionary, .object), (.object, .object):
      true
    case (.either(let shapes), _): shapes.contains { $0.admits(kind) }
    default: false
    }
  }
}

// MARK: JSON Schema

extension Shape {
  /// The shape as a JSON Schema, draft 2020-12, which editors check files against as they are
  /// written.
  ///
  /// Objects are definitions by their names, in the order in which they are first mentioned. The
  /// one thing that a schema cannot check is how a number is written: `16.0` and `1e3` are whole
  /// numbers to it.
  ///
  /// - Parameters:
  ///   - identifier: The address under which the schema is published, if it is.
  ///   - title: What the schema describes.
  /// - Returns: JSON, with a line end at the end; the same text on every run.
  package func schema(identifier: String? = nil, title: String) -> String {
    var members: [JSONTree.Member] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema"))
    ]
    if let identifier { members.append(("$id", .string(identifier))) }
    members.append(("title", .string(title)))
    members += schemaMembers(about: "")
    let objects = objects(known: [])
    if !objects.isEmpty {
      members.append(("$defs", .object(objects.map { ($0.definitionName, $0.schemaTree) })))
    }
    return JSONTree.object(members).rendered() + "\n"
  }

  /// The members of the shape's schema; `about` is what its key has to say.
  fileprivate func schemaMembers(about: String) -> [JSONTree.Member] {
    let texts = [about, self.about].filter { !$0.isEmpty }
    guard !texts.isEmpty else { return constraints }
    return [("description", .string(texts.joined(separator: " ")))] + constraints
  }

  /// What the shape itself has to say; a definition says it for an object.
  private var about: String {
    switch self {
    case .text(let about, _, _), .oneOf(_, let about), .number(_, let about), .list(_, let about),
      .dictionary(_, let about):
      about
    case .bool, .object, .either: ""
    }
  }

  private var constraints: [JSONTree.Member] {
    switch self {
    case .text(_, let format, let examples):
      var members: [JSONTree.Member] = [("type", .string("string"))]
      if let format { members.append(("format", .string(format))) }
      if !examples.isEmpty { members.append(("examples", .list(examples.map(JSONTree.string)))) }
      return members
    case .oneOf(let choices, _):
      return [("type", .string("string")), ("enum", .list(choices.map(JSONTree.string)))]
    case .number(let range, _):
      return [
        ("type", .string("integer")), ("minimum", .number(range.lowerBound)),
        ("maximum", .number(range.upperBound)),
      ]
    case .bool: return [("type", .string("boolean"))]
    case .list(let shape, _):
      return [("type", .string("array")), ("items", .object(shape.schemaMembers(about: "")))]
    case .dictionary(let shape, _):
      return [
        ("type", .string("object")),
        ("additionalProperties", .object(shape.schemaMembers(about: ""))),
      ]
    case .object(let object): return [("$ref", .string("#/$defs/" + object.definitionName))]
    case .either(let shapes):
      return [("anyOf", .list(shapes.map { .object($0.schemaMembers(about: "")) }))]
    }
  }

  /// The objects known already, followed by those that this shape mentions.
  fileprivate func objects(known: [ObjectShape]) -> [ObjectShape] {
    switch self {
    case .text, .oneOf, .number, .bool: return known
    case .list(let shape, _), .dictionary(let shape, _): return shape.objects(known: known)
    case .either(let shapes): return shapes.reduce(known) { $1.objects(known: $0) }
    case .object(let object):
      if let namesake = known.first(where: { $0.definitionName == object.definitionName }) {
        precondition(namesake == object, "two objects of a format have the same name")
        return known
      }
      return object.keys.reduce(known + [object]) { $1.shape.objects(known: $0) }
    }
  }
}

extension ObjectShape {
  /// The name without blanks, for an address holds none.
  fileprivate var definitionName: String { name.split(separator: " ").joined(separator: "-") }

  fileprivate var schemaTree: JSONTree {
    let required = keys.filter(\.required).map { JSONTree.string($0.name) }
    var members: [JSONTree.Member] = [
      ("description", .string(about)), ("type", .string("object")),
      (
        "properties",
        .object(keys.map { ($0.name, .object($0.shape.schemaMembers(about: $0.about))) })
      ),
    ]
    if !required.isEmpty { members.append(("required", .list(required))) }
    return .object(members + [("additionalProperties", .bool(false))])
  }
}

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
