import HNVCore

/// What a member of a JSON object can be: how it is written, and which schema describes it.
protocol JSONValue: Sendable {
  /// The schema; objects that it mentions are defined apart.
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member]

  /// Writes the value.
  func write(to writer: inout JSONWriter)
}

/// An object that others hold.
typealias JSONObjectValue = JSONValue & JSONWritable

extension JSONValue where Self: JSONWritable {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    definitions.reference(to: jsonForm)
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    Self.jsonForm.writeMembers(of: self, to: &writer)
    writer.endObject()
  }
}

/// One of several words.
protocol JSONWord: JSONValue, RawRepresentable<String> {
  static var words: [String] { get }
}

extension JSONWord {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("string")), ("enum", .list(words.map(JSONTree.string)))]
  }

  func write(to writer: inout JSONWriter) { writer.write(rawValue) }
}

extension JSONWord where Self: CaseIterable {
  static var words: [String] { allCases.map(\.rawValue) }
}

// MARK: Texts and numbers

extension String: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("string"))]
  }

  func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Words: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("string"))]
  }

  func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension IPAddress: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("string"))]
  }

  func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension MACAddress: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("string")), ("pattern", .string("^[0-9A-F]{2}(-[0-9A-F]{2}){5}$"))]
  }

  func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Bool: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("boolean"))]
  }

  func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Int: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("integer"))]
  }

  func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension UInt8: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("integer")), ("minimum", .number(0)), ("maximum", .number(255))]
  }

  func write(to writer: inout JSONWriter) { writer.write(UInt64(self)) }
}

extension UInt32: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("integer")), ("minimum", .number(0))]
  }

  func write(to writer: inout JSONWriter) { writer.write(UInt64(self)) }
}

/// Whole nanoseconds.
extension VirtualTime: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("integer")), ("minimum", .number(0))]
  }

  func write(to writer: inout JSONWriter) { writer.write(nanoseconds) }
}

extension Disposition: JSONWord {}
extension Disposition.Class: JSONWord {}

// MARK: Values of values

extension Optional: JSONValue where Wrapped: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    let choices = [Wrapped.schema(&definitions), [("type", .string("null"))]]
    return [("anyOf", .list(choices.map(JSONTree.object)))]
  }

  func write(to writer: inout JSONWriter) {
    if let self { self.write(to: &writer) } else { writer.writeNull() }
  }
}

extension Array: JSONValue where Element: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [("type", .string("array")), ("items", .object(Element.schema(&definitions)))]
  }

  func write(to writer: inout JSONWriter) {
    writer.beginList()
    // By index, so that no item is copied.
    for index in indices {
      writer.beginItem()
      self[index].write(to: &writer)
    }
    writer.endList()
  }
}

/// An object whose keys are names; the order of the keys is that of the text.
extension Dictionary: JSONValue where Key == String, Value: JSONValue {
  static func schema(_ definitions: inout JSONDefinitions) -> [JSONTree.Member] {
    [
      ("type", .string("object")),
      ("additionalProperties", .object(Value.schema(&definitions))),
    ]
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for (key, value) in sorted(by: { $0.key < $1.key }) {
      writer.beginMember(JSONWriter.prefix(forKey: key))
      value.write(to: &writer)
    }
    writer.endObject()
  }
}
