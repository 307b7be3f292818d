package import HNVCore

extension DiagnosticRule {
  /// The text follows the grammar.
  package static let json5Syntax = DiagnosticRule(
    "json5-syntax", .error, "A file follows the grammar of JSON5.",
    source: "JSON5 1.0.0, section 9", fix: "correct what is written there")

  /// No key is written twice.
  package static let duplicateKey = DiagnosticRule(
    "duplicate-key", .error, "The keys of an object are all different.",
    source: "JSON5 1.0.0, section 3, where the names within an object should be unique",
    fix: "remove one of the two, or give it another key")

  /// Every key is one that the object knows.
  package static let unknownKey = DiagnosticRule(
    "unknown-key", .error, "An object holds no keys but those that its format knows.",
    source: "this library: a misspelt key would silently do nothing",
    fix: "correct the key or remove it")

  /// Every key that an object needs is there.
  package static let missingKey = DiagnosticRule(
    "missing-key", .error, "An object holds every key that its format requires.",
    source: "this library's file formats", fix: "add the key")

  /// Every value is of the kind that its key asks for.
  package static let wrongType = DiagnosticRule(
    "wrong-type", .error, "A value is of the kind that its place in the file asks for.",
    source: "this library's file formats", fix: "write a value of the kind that is expected")

  /// A value that is chosen from a list is on the list.
  package static let notAChoice = DiagnosticRule(
    "not-a-choice", .error, "Where there is a list of choices, a value is one of them.",
    source: "this library's file formats", fix: "write one of the choices")

  /// A number is whole and within its range.
  package static let numberOutOfRange = DiagnosticRule(
    "number-out-of-range", .error,
    "A number is whole, written in decimal digits alone, and within its range.",
    source: "this library's file formats", fix: "write a whole number within the range")

  /// The file holds a value.
  package static let emptyFile = DiagnosticRule(
    "empty-file", .error, "A file holds one value.", source: "JSON5 1.0.0, section 9.2",
    fix: "write the value, usually an object in braces")

  /// The file holds text.
  package static let binaryFile = DiagnosticRule(
    "binary-file", .error, "A file holds text in UTF-8.",
    source: "RFC 8259, section 8.1, which JSON5 extends", fix: "save the file as UTF-8 text")

  /// The file is not larger than what is read.
  package static let tooLarge = DiagnosticRule(
    "too-large", .error, "A file is no larger than 512 MiB.",
    source: "this library: larger files would fill the memory", fix: "divide the file")

  /// Lists and objects do not nest without end.
  package static let tooDeep = DiagnosticRule(
    "too-deep", .error, "Lists and objects nest at most 64 deep.",
    source: "JSON5 1.0.0, section 10, which lets a parser limit the depth of nesting",
    fix: "nest less deep")

  /// There are not more diagnostics than anyone would read.
  package static let tooManyDiagnostics = DiagnosticRule(
    "too-many-diagnostics", .error, "A file has no more diagnostics than are worth reporting.",
    source: "this library: reports of a broken file stay readable",
    fix: "fix those reported first, then try again")

  /// Every rule that reading a file and checking its shape can find broken.
  package static let json5Rules: [DiagnosticRule] = [
    json5Syntax, duplicateKey, unknownKey, missingKey, wrongType, notAChoice, numberOutOfRange,
    emptyFile, binaryFile, tooLarge, tooDeep, tooManyDiagnostics,
  ]
}
