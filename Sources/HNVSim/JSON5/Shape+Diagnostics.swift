import HNVCore

/// The diagnostics of a value that is not of its shape.
extension Diagnostic {
  static func unknown(_ member: JSON5Value.Member, in object: ObjectShape) -> Diagnostic {
    let known = object.keys.map(\.name)
    return Diagnostic(
      .unknownKey, value: member.key,
      "\(quoted(member.key)) is not a key of the object \(quoted(object.name))",
      fix: known.isEmpty ? "remove it" : fix(member.key, among: known), at: member.keyPlace)
  }

  static func missing(_ key: ObjectShape.Key, in object: ObjectShape, at place: Place) -> Diagnostic
  {
    Diagnostic(
      .missingKey, value: key.name,
      "the object \(quoted(object.name)) has no key \(quoted(key.name))",
      fix: "add \(quoted(key.name)) with \(key.shape.expectation)", at: place)
  }

  static func notAChoice(_ text: String, of choices: [String], at place: Place) -> Diagnostic {
    Diagnostic(
      .notAChoice, value: text, "\(quoted(text)) is none of the choices here",
      fix: fix(text, among: choices), at: place)
  }

  static func outOfRange(_ written: String, _ range: ClosedRange<UInt64>, at place: Place)
    -> Diagnostic
  {
    Diagnostic(
      .numberOutOfRange, value: written,
      "\(quoted(written)) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
      fix: "write one within the range, in decimal digits alone", at: place)
  }

  static func wrongType(of value: JSON5Value, for shape: Shape) -> Diagnostic {
    Diagnostic(
      .wrongType, value: value.summary,
      "\(shape.expectation) is expected here, this is \(value.kind)",
      fix: conversion(of: value, to: shape) ?? "write \(shape.expectation)", at: value.place)
  }

  private static func fix(_ word: String, among known: [String]) -> String {
    let all = known.map(quoted).joined(separator: ", ")
    guard let nearest = NearestName.of(word, among: known) else {
      return "write one of these: \(all)"
    }
    // Where they are few, all are named: the nearest may not be the one that was meant.
    return "write \(quoted(nearest))" + (known.count <= 4 ? " (the choices are \(all))" : "")
  }

  /// What makes a value of another kind fit, where quotes or brackets are all that is wrong.
  private static func conversion(of value: JSON5Value, to shape: Shape) -> String? {
    switch (shape, value.kind) {
    case (.text, .number), (.text, .bool), (.oneOf, .number), (.oneOf, .bool):
      return "put it in quotes: \(quoted(value.summary))"
    case (.number, .string(let text)) where !text.isEmpty && text.utf8.allSatisfy(\.isDecimalDigit),
      (.bool, .string(let text)) where text == "true" || text == "false":
      return "remove the quotes"
    case (.list(let item, _), let kind) where item.admits(kind):
      return "put it in square brackets"
    default:
      return nil
    }
  }
}

extension JSON5Value {
  /// The value as a report shows it.
  fileprivate var summary: String {
    switch kind {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array(let items): items.isEmpty ? "[]" : "[…]"
    case .object(let members): members.isEmpty ? "{}" : "{…}"
    }
  }
}
