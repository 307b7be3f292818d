#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values as JSON: keys sorted, two spaces of indentation, the same bytes on every run.
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
