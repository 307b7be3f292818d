/// A value that is written as JSON, in a form that a published schema describes.
///
/// ```swift
/// print(try fabric.trace(from: "A", to: "B").json)
/// ```
///
/// A document is an object whose first member is `schemaVersion`; the others follow in the order of
/// their keys. Times are whole numbers of nanoseconds. The same value is the same bytes on every
/// run.
public protocol JSONWritable: Sendable {
  /// The members of the object.
  static var jsonForm: JSONForm<Self> { get }
}

extension JSONWritable {
  /// The version of the documents, 1.
  ///
  /// It grows when a member is renamed or removed, or changes its meaning; members may be added to
  /// a version.
  public static var schemaVersion: Int { 1 }

  /// The document, without a line end behind it.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public var json: String {
    withJSON { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes the document as UTF-8 behind the bytes of a buffer, which can be used again.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public func appendJSON(to bytes: inout [UInt8]) {
    withJSON { bytes.append(contentsOf: $0) }
  }

  private func withJSON<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var writer = JSONWriter()
    writer.beginObject()
    writer.beginMember(JSONWriter.prefix(forKey: "schemaVersion"))
    writer.write(Self.schemaVersion)
    Self.jsonForm.writeMembers(of: self, to: &writer)
    writer.endObject()
    return writer.text.withBytes(body)
  }

  /// The JSON Schema (2020-12) of the document, with a line end at the end.
  public static var jsonSchema: String {
    var definitions = JSONDefinitions()
    let reference = definitions.reference(to: jsonForm)
    let version: [JSONTree.Member] = [
      ("description", .string("The version of the document.")),
      ("const", .number(UInt64(schemaVersion))),
    ]
    let schema = JSONTree.object(
      [
        ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        ("title", .string("hnv \(jsonForm.name)")),
      ] + reference + [
        ("properties", .object([("schemaVersion", .object(version))])),
        ("required", .list([.string("schemaVersion")])),
        ("$defs", .object(definitions.members)),
      ])
    return schema.rendered() + "\n"
  }
}
