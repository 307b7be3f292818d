package import HNVCore

extension Shape {
  /// Everything in a value that is not of this shape, in the order of the file.
  ///
  /// - Complexity: O(values · keys of their object's shape).
  package func check(_ value: JSON5Value) -> [Diagnostic] {
    var diagnostics = DiagnosticList()
    check(value, into: &diagnostics)
    return diagnostics.all
  }

  fileprivate func check(_ value: JSON5Value, into diagnostics: inout DiagnosticList) {
    switch (self, value.kind) {
    case (.text, .string), (.bool, .bool): break
    case (.oneOf(let choices, _), .string(let text)):
      if !choices.contains(text) {
        diagnostics.add(.notAChoice(text, of: choices, at: value.place))
      }
    case (.number(let range, _), .number(let written)):
      if let number = value.integer, range.contains(number) { return }
      diagnostics.add(.outOfRange(written, range, at: value.place))
    case (.list(let shape, _), .array(let items)):
      for item in items { shape.check(item, into: &diagnostics) }
    case (.dictionary(let shape, _), .object(let members)):
      for member in members { shape.check(member.value, into: &diagnostics) }
    case (.object(let object), .object(let members)):
      object.check(members, of: value, into: &diagnostics)
    case (.either(let shapes), let kind):
      check(value, against: shapes.filter { $0.admits(kind) }, into: &diagnostics)
    default:
      diagnostics.add(.wrongType(of: value, for: self))
    }
  }

  /// Checks a value against the shapes that admit its kind: one without diagnostics will do, or
  /// else those of the first are reported.
  private func check(
    _ value: JSON5Value, against shapes: [Shape], into diagnostics: inout DiagnosticList
  ) {
    guard let first = shapes.first else { return diagnostics.add(.wrongType(of: value, for: self)) }
    if shapes.count > 1, shapes.contains(where: { $0.check(value).isEmpty }) { return }
    first.check(value, into: &diagnostics)
  }
}

extension ObjectShape {
  fileprivate func check(
    _ members: [JSON5Value.Member], of value: JSON5Value, into diagnostics: inout DiagnosticList
  ) {
    for key in keys where key.required {
      let isThere = members.contains {
        $0.key == key.name || meantKey($0.key, among: members) == key.name
      }
      if !isThere { diagnostics.add(.missing(key, in: self, at: value.place)) }
    }
    for member in members {
      if let key = keys.first(where: { $0.name == member.key }) {
        key.shape.check(member.value, into: &diagnostics)
      } else {
        diagnostics.add(.unknown(member, in: self))
      }
    }
  }
}

// MARK: Diagnostics

/// The diagnostics of a value that is not of its shape.
extension Diagnostic {
  static func unknown(_ member: JSON5Value.Member, in object: ObjectShape) -> Diagnostic {
    let known = object.keys.map(\.name)
    return Diagnostic(
      .unknownKey, value: member.key,
      "unknown key \(quoted(member.key)) in \(object.name)",
      fix: known.isEmpty ? "remove it" : fix(member.key, among: known), at: member.keyPlace)
  }

  static func missing(_ key: ObjectShape.Key, in object: ObjectShape, at place: Place) -> Diagnostic
  {
    Diagnostic(
      .missingKey, value: key.name,
      "missing key \(quoted(key.name)) in \(object.name)",
      fix: "add \(quoted(key.name)) with \(key.shape.expectation)", at: place)
  }

  static func notAChoice(_ text: String, of choices: [String], at place: Place) -> Diagnostic {
    Diagnostic(
      .notAChoice, value: text, "unknown value \(quoted(text))",
      fix: fix(text, among: choices), at: place)
  }

  static func outOfRange(_ written: String, _ range: ClosedRange<UInt64>, at place: Place)
    -> Diagnostic
  {
    Diagnostic(
      .numberOutOfRange, value: written,
      "\(quoted(written)) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
      fix: "write one within the range, in decimal digits only", at: place)
  }

  static func wrongType(of value: JSON5Value, for shape: Shape) -> Diagnostic {
    Diagnostic(
      .wrongType, value: value.summary,
      "expected \(shape.expectation), found \(value.kind)",
      fix: conversion(of: value, to: shape) ?? "write \(shape.expectation)", at: value.place)
  }

  /// The most choices that a fix lists.
  private static let mostChoices = 12

  private static func fix(_ word: String, among known: [String]) -> String {
    let all =
      known.prefix(mostChoices).map(quoted).joined(separator: ", ")
      + (known.count > mostChoices ? ", …" : "")
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

// MARK: Correction

extension Shape {
  /// A value with its misspelt keys as they were most likely meant: an unknown key counts as the
  /// nearest known one, where the object does not have that one as well.
  ///
  /// - Complexity: O(values · keys of their object's shape).
  package func corrected(_ value: JSON5Value) -> JSON5Value {
    switch (self, value.kind) {
    case (.list(let shape, _), .array(let items)):
      JSON5Value(kind: .array(items.map { shape.corrected($0) }), place: value.place)
    case (.dictionary(let shape, _), .object(let members)):
      JSON5Value(
        kind: .object(
          members.map {
            JSON5Value.Member(
              key: $0.key, keyPlace: $0.keyPlace, value: shape.corrected($0.value))
          }), place: value.place)
    case (.object(let object), .object(let members)):
      JSON5Value(kind: .object(object.corrected(members)), place: value.place)
    case (.either(let shapes), let kind):
      shapes.first { $0.admits(kind) }?.corrected(value) ?? value
    default: value
    }
  }
}

extension ObjectShape {
  /// Objects with more members are not slightly misspelt, and may be very large.
  private static let mostMembers = 64

  fileprivate func corrected(_ members: [JSON5Value.Member]) -> [JSON5Value.Member] {
    members.map { member in
      let meant = meantKey(member.key, among: members) ?? member.key
      let shape = keys.first { $0.name == meant }?.shape
      return JSON5Value.Member(
        key: meant, keyPlace: member.keyPlace,
        value: shape?.corrected(member.value) ?? member.value)
    }
  }

  /// The key that an unknown one was most likely meant to be; `nil` for a known one, and where
  /// none is near or the object has that one as well.
  func meantKey(_ written: String, among members: [JSON5Value.Member]) -> String? {
    guard members.count <= Self.mostMembers, !keys.contains(where: { $0.name == written }),
      let nearest = NearestName.of(written, among: keys.map(\.name)),
      !members.contains(where: { $0.key == nearest })
    else { return nil }
    return nearest
  }
}
