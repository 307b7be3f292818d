package import HNVCore

/// A value of a JSON5 document and the place where it was written.
///
/// Numbers stay as they were written, since only whoever asks for one knows its range; members
/// stay in the order of the file, since reports follow it.
package struct JSON5Value: Hashable, Sendable {
  /// What the value is.
  package enum Kind: Hashable, Sendable {
    /// The word `null`.
    case null
    /// One of the words `true` and `false`.
    case bool(Bool)
    /// A number as it was written, sign and notation included: `5001`, `0x1F`, `-.5`, `NaN`.
    case number(String)
    /// A string, its escapes resolved.
    case string(String)
    /// A list, at most `JSON5Reader.depthLimit` deep.
    case array([JSON5Value])
    /// An object; no two of its members have equal keys.
    case object([Member])
  }

  /// One `key: value` of an object.
  package struct Member: Hashable, Sendable {
    /// The key, its quotes removed and its escapes resolved.
    package let key: String

    /// Where the key was written.
    package let keyPlace: Place

    /// The value.
    package let value: JSON5Value
  }

  /// What the value is.
  package let kind: Kind

  /// Where its first character was written.
  package let place: Place
}

extension JSON5Value {
  /// The value under a key; `nil` where there is none or this is no object.
  ///
  /// - Complexity: O(members); walk through `members` where they are many.
  package subscript(key: String) -> JSON5Value? {
    members.first { $0.key == key }?.value
  }

  /// The string; `nil` where this is none.
  package var text: String? {
    if case .string(let text) = kind { text } else { nil }
  }

  /// The list's values; empty where this is no list.
  package var items: [JSON5Value] {
    if case .array(let items) = kind { items } else { [] }
  }

  /// The object's members in the order of the file; empty where this is no object.
  package var members: [Member] {
    if case .object(let members) = kind { members } else { [] }
  }

  /// The truth value; `nil` where this is none.
  package var boolean: Bool? {
    if case .bool(let boolean) = kind { boolean } else { nil }
  }

  /// The whole number; `nil` where this is none, or is not written in decimal digits alone.
  ///
  /// `16.0`, `+16` and `0x10` are numbers of JSON5 but no identifiers or counts, so a lab writes
  /// them in one way only.
  package var integer: UInt64? {
    guard case .number(let written) = kind, written.utf8.allSatisfy(\.isDecimalDigit) else {
      return nil
    }
    return UInt64(written)
  }
}

extension JSON5Value.Kind: CustomStringConvertible {
  /// The kind in words, with its article.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
