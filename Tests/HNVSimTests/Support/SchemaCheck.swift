import Foundation
import HNVCore
import HNVSim

/// The part of JSON Schema (2020-12) that the published schemas use, checked without the
/// declarations that they are made of.
///
/// It is stricter in one way: a member that the schema does not name is a complaint, also where the
/// schema leaves room for members of later releases.
struct SchemaCheck {
  private let root: Schema
  private let definitions: [String: Schema]

  /// What was found about a document.
  struct Findings {
    var complaints: [String] = []
    /// The number of values that were checked.
    var count = 0
  }

  /// Reads a schema; one with a keyword that is not checked here is refused.
  init(_ text: String) throws {
    let document = try JSON5Reader.read(Array(text.utf8), named: "schema")
    root = try Schema(document)
    var definitions: [String: Schema] = [:]
    for member in document["$defs"]?.members ?? [] {
      definitions[member.key] = try Schema(member.value)
    }
    self.definitions = definitions
  }

  func findings(on value: JSON5Value) -> Findings {
    var findings = Findings()
    check(value, root, &findings)
    return findings
  }

  func findings(on text: String) throws -> Findings {
    findings(on: try JSON5Reader.read(Array(text.utf8), named: "json"))
  }

  private func check(
    _ value: JSON5Value, _ schema: Schema, with others: [String: Schema] = [:],
    _ findings: inout Findings
  ) {
    if let reference = schema.reference {
      guard let target = definitions[reference] else {
        return findings.complaints.append("no definition \(reference)")
      }
      if !schema.required.isEmpty { checkPresence(of: schema.required, in: value, &findings) }
      return check(value, target, with: schema.properties, &findings)
    }
    guard schema.choices.isEmpty else {
      let all = schema.choices.map { choice in
        var findings = Findings()
        check(value, choice, &findings)
        return findings
      }
      findings.count += all.first { $0.complaints.isEmpty }?.count ?? 1
      // The alternative that fits most values says best what is wrong.
      if all.allSatisfy({ !$0.complaints.isEmpty }) {
        findings.complaints += all.max { $0.count < $1.count }?.complaints ?? []
      }
      return
    }
    findings.count += 1
    switch (schema.type, value.kind) {
    case ("object", .object(let members)):
      checkPresence(of: schema.required, in: value, &findings)
      for member in members {
        let known = schema.properties[member.key] ?? others[member.key]
        if let shape = known ?? schema.additional.first {
          check(member.value, shape, &findings)
        } else {
          findings.complaints.append("\(member.keyPlace): \(member.key) is unknown")
        }
      }
    case ("array", .array(let items)):
      for item in items { for shape in schema.items { check(item, shape, &findings) } }
    default:
      if !schema.admits(value.kind) {
        findings.complaints.append("\(value.place): \(value.kind) instead of \(schema)")
      }
    }
  }

  private func checkPresence(
    of keys: [String], in value: JSON5Value, _ findings: inout Findings
  ) {
    for key in keys where value[key] == nil {
      findings.complaints.append("\(value.place): no \(key)")
    }
  }
}

/// One schema, read once.
private struct Schema {
  var reference: String?
  var choices: [Schema] = []
  var type: String?
  var words: Set<String>?
  var constant: String?
  var least = Int64.min
  var greatest = Int64.max
  var pattern: String?
  var items: [Schema] = []
  var properties: [String: Schema] = [:]
  var required: [String] = []
  /// The schema of members that `properties` does not name; none or one.
  var additional: [Schema] = []

  struct UnknownKeyword: Error {
    let name: String
    let place: Place
  }

  init(_ document: JSON5Value) throws {
    for member in document.members {
      let value = member.value
      switch member.key {
      case "$schema", "title", "description", "format", "examples", "$defs": break
      case "$ref": reference = value.text?.split(separator: "/").last.map(String.init)
      case "anyOf": choices = try value.items.map { try Schema($0) }
      case "type": type = value.text
      case "enum": words = Set(value.items.compactMap(\.text))
      case "const": if case .number(let number) = value.kind { constant = number }
      case "minimum": least = value.integer.map(Int64.init(clamping:)) ?? least
      case "maximum": greatest = value.integer.map(Int64.init(clamping:)) ?? greatest
      case "pattern": pattern = value.text
      case "items": items = [try Schema(value)]
      case "properties":
        for property in value.members { properties[property.key] = try Schema(property.value) }
      case "required": required = value.items.compactMap(\.text)
      case "additionalProperties":
        if value.boolean == nil { additional = [try Schema(value)] }
      default: throw UnknownKeyword(name: member.key, place: member.keyPlace)
      }
    }
  }

  /// Whether a value without parts is as the schema says.
  func admits(_ kind: JSON5Value.Kind) -> Bool {
    switch (type, kind) {
    case ("string", .string(let text)):
      let isWord = words.map { $0.contains(text) } ?? true
      return isWord
        && (pattern.map { text.range(of: $0, options: .regularExpression) != nil } ?? true)
    case ("integer", .number(let text)):
      return Int64(text).map { least <= $0 && $0 <= greatest } ?? false
    case ("boolean", .bool), ("null", .null): return true
    case (nil, .number(let text)): return text == constant
    default: return false
    }
  }
}
