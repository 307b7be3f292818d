extension Shape {
  /// The shape as a JSON Schema, draft 2020-12, which editors check files against as they are
  /// written.
  ///
  /// Objects are definitions by their names, in the order in which they are first mentioned. The
  /// one thing that a schema cannot tell is how a number is written: `16.0` and `1e3` are whole
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
