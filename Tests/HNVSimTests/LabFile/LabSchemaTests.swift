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
    #expect(try SchemaCheck(Lab.schema).findings(on: document).complaints == [])
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
    #expect(try SchemaCheck(Lab.schema).findings(on: document).complaints.count == count)
    #expect(LabShape.lab.check(document).count == count)
  }
}
