#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values as JSON: keys sorted, two spaces of indentation, the same bytes on every run.
///
/// Times are whole numbers of nanoseconds. A key whose value does not exist is `null`.
public enum JSONText: Sendable {
  /// The text of a value, without a line break at its end.
  ///
  /// - Throws: what the encoder throws; the values of this module never do.
  public static func render(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Encoder {
  /// Encodes an object; a member without a value is `null`, which a synthesised conformance would
  /// leave out.
  func encodeObject(_ members: KeyValuePairs<String, (any Encodable)?>) throws {
    var object = container(keyedBy: JSONKey.self)
    for (key, value) in members {
      if let value {
        try object.encode(value, forKey: JSONKey(stringValue: key))
      } else {
        try object.encodeNil(forKey: JSONKey(stringValue: key))
      }
    }
  }
}

private struct JSONKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension VirtualTime: Encodable {
  /// Encodes whole nanoseconds.
  public func encode(to encoder: any Encoder) throws { try nanoseconds.encode(to: encoder) }
}

extension Disposition: Encodable {}
