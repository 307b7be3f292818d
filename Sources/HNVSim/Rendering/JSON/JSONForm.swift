/// The members of a JSON object, declared once: the writer and the schema both read them, so that
/// the two cannot differ.
public struct JSONForm<Value: Sendable>: Sendable {
  /// What the schema calls the object, such as `trace`; no two forms have the same name.
  let name: String

  /// What the object stands for; a sentence, which the schema shows.
  let about: String

  /// The members in the order of their keys.
  let members: [JSONMember<Value>]

  /// What writes them, each after the one before it: to go through a list would count a reference
  /// for every member of every object.
  private let write: @Sendable (Value, inout JSONWriter) -> Void

  init(_ name: String, about: String, _ members: [JSONMember<Value>]) {
    self.name = name
    self.about = about
    self.members = members.sorted { $0.key < $1.key }
    var all: @Sendable (Value, inout JSONWriter) -> Void = { _, _ in }
    for member in self.members {
      let (before, write) = (all, member.write)
      all = { value, writer in
        before(value, &writer)
        write(value, &writer)
      }
    }
    write = all
  }

  /// Writes the members of an object that has begun.
  func writeMembers(of value: Value, to writer: inout JSONWriter) { write(value, &writer) }

  /// The object's schema.
  ///
  /// It leaves room for members of later releases.
  func schema(_ definitions: inout JSONDefinitions) -> JSONTree {
    let properties = members.map { member in
      (member.key, JSONTree.object(member.schema(&definitions)))
    }
    return .object([
      ("description", .string(about)), ("type", .string("object")),
      ("properties", .object(properties)),
      ("required", .list(members.filter(\.isRequired).map { .string($0.key) })),
    ])
  }
}

/// A member of a JSON object: its key, its meaning, and where its value comes from.
struct JSONMember<Value: Sendable>: Sendable {
  let key: String

  /// Whether every object has it.
  let isRequired: Bool

  /// Writes the member of an object; nothing where the object does not have it.
  let write: @Sendable (Value, inout JSONWriter) -> Void

  /// The member's schema, its meaning included.
  let schema: @Sendable (inout JSONDefinitions) -> [JSONTree.Member]

  /// A member that every object has; it is `null` where its value is `nil`.
  static func member<Member: JSONValue>(
    _ key: String, _ about: String, _ value: @escaping @Sendable (Value) -> Member
  ) -> JSONMember {
    let prefix = JSONWriter.prefix(forKey: key)
    return JSONMember(
      key: key, isRequired: true,
      write: { object, writer in
        writer.beginMember(prefix)
        value(object).write(to: &writer)
      },
      schema: { [("description", .string(about))] + Member.schema(&$0) })
  }

  /// A member that is left out where its value is `nil`.
  static func optional<Member: JSONValue>(
    _ key: String, _ about: String, _ value: @escaping @Sendable (Value) -> Member?
  ) -> JSONMember {
    let prefix = JSONWriter.prefix(forKey: key)
    return JSONMember(
      key: key, isRequired: false,
      write: { object, writer in
        guard let value = value(object) else { return }
        writer.beginMember(prefix)
        value.write(to: &writer)
      },
      schema: { [("description", .string(about))] + Member.schema(&$0) })
  }
}

/// The objects that a schema mentions, each once, in the order in which they are first mentioned.
struct JSONDefinitions {
  private var types: [any Any.Type] = []

  /// The schemas of the objects by their names.
  private(set) var members: [JSONTree.Member] = []

  /// A reference to an object, which is defined if it is not yet.
  mutating func reference<Value>(to form: JSONForm<Value>) -> [JSONTree.Member] {
    if let index = members.firstIndex(where: { $0.key == form.name }) {
      precondition(types[index] == Value.self, "two objects have the same name")
    } else {
      let index = members.count
      types.append(Value.self)
      // An object can hold others of its kind, as a trace its reply.
      members.append((form.name, .object([])))
      let schema = form.schema(&self)
      members[index].value = schema
    }
    return [("$ref", .string("#/$defs/\(form.name)"))]
  }
}
