import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// The published schema: a copy of what the reader itself is made of.
struct LabSchemaTests {
  @Test func `the published schema is the reader's own`() throws {
    let published = LabFiles.root.appendingPathComponent("Labs/lab.schema.json")
    if let path = ProcessInfo.processInfo.environment["HNV_WRITE_SCHEMA"] {
      try Lab.schema.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let text = try? String(contentsOf: published, encoding: .utf8)
    #expect(
      text == Lab.schema,
      """
      Labs/lab.schema.json is not the schema of the lab reader. Write it again with
      HNV_WRITE_SCHEMA=Labs/lab.schema.json swift test --filter LabSchemaTests
      """)
    #expect(Lab.schema.hasSuffix("}\n") && !Lab.schema.hasSuffix("\n\n"))
  }

  @Test(arguments: LabFiles.names)
  func `every lab keeps to the schema`(name: String) throws {
    let document = try JSON5Reader.read(try LabFiles.bytes(name), named: name)
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(Lab.schema.utf8)) as? [String: Any])
    let validator = SchemaCheck(root: schema)
    #expect(validator.complaints(document, schema) == [])
    #expect(document["$schema"]?.text == "lab.schema.json")
  }

  @Test(
    arguments: [
      ("{}", 4), ("{name: 5, hosts: [], networks: [], machines: []}", 1),
      ("{name: 'x', hosts: [{}], networks: [], machines: [], boom: 1}", 2),
      ("{name: 'x', hosts: [], networks: [], machines: [], underlay: {mtu: 1}}", 1),
      ("{name: 'x', hosts: [], networks: [], machines: [], hnv: {release: 'XP'}}", 1),
      ("{name: 'x', hosts: [], networks: [], machines: [], expect: [{from: 'A'}]}", 0),
    ] as [(String, Int)])
  func `schema and reader refuse the same`(text: String, count: Int) throws {
    let document = try JSON5Reader.read(Array(text.utf8), named: "l.json5")
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(Lab.schema.utf8)) as? [String: Any])
    #expect(SchemaCheck(root: schema).complaints(document, schema).count == count)
    #expect(LabShape.lab.check(document).count == count)
  }
}

/// The part of JSON Schema that the published one uses, checked without the reader's shapes.
private struct SchemaCheck {
  let root: [String: Any]

  func complaints(_ value: JSON5Value, _ schema: [String: Any]) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      let definitions = root["$defs"] as? [String: [String: Any]]
      guard let target = definitions?[name] else { return ["no definition \(name)"] }
      return complaints(value, target)
    }
    if let choices = schema["anyOf"] as? [[String: Any]] {
      let fits = choices.contains { complaints(value, $0).isEmpty }
      return fits ? [] : ["\(value.place): no alternative fits"]
    }
    switch (schema["type"] as? String, value.kind) {
    case ("string", .string(let text)):
      let choices = schema["enum"] as? [String]
      return choices.map { $0.contains(text) } ?? true ? [] : ["\(value.place): \(text)"]
    case ("integer", .number(let text)):
      let low = (schema["minimum"] as? NSNumber)?.int64Value ?? 0
      let high = (schema["maximum"] as? NSNumber)?.int64Value ?? .max
      guard let number = Int64(text), low <= number, number <= high
      else { return ["\(value.place): \(text)"] }
      return []
    case ("boolean", .bool): return []
    case ("array", .array(let items)):
      let schema = schema["items"] as? [String: Any] ?? [:]
      return items.flatMap { complaints($0, schema) }
    case ("object", .object(let members)): return complaints(members, value.place, schema)
    default: return ["\(value.place): wrong type"]
    }
  }

  private func complaints(
    _ members: [JSON5Value.Member], _ place: Place, _ schema: [String: Any]
  ) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let other = schema["additionalProperties"] as? [String: Any]
    let required = schema["required"] as? [String] ?? []
    let missing = required.filter { key in !members.contains { $0.key == key } }
    return missing.map { "\(place): no \($0)" }
      + members.flatMap { member in
        guard let schema = properties[member.key] ?? other else {
          return ["\(member.keyPlace): \(member.key) is unknown"]
        }
        return complaints(member.value, schema)
      }
  }
}
