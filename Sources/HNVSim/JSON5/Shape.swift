/// What a value of a file may be.
///
/// A file format is declared once, as a shape. Checking a file and publishing the format's JSON
/// Schema both read that declaration, so that the two cannot differ. A shape tells no more than a
/// schema can; whether a text is an address, say, is for the type that it becomes.
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
