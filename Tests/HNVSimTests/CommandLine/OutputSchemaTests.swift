import Foundation
import HNVCore
import HNVSim
import Testing

@testable import hnv

/// The published schemas of what commands write as JSON.
struct OutputSchemaTests {
  private static let schemas = [
    "trace": Trace.jsonSchema, "traceroute": Traceroute.jsonSchema, "reach": ReachReport.jsonSchema,
    "compare": Comparison.jsonSchema, "check": CheckReport.jsonSchema, "run": LabRun.jsonSchema,
    "replay": Replay.jsonSchema,
  ]
  private static let folder = LabFiles.root.appendingPathComponent("Schemas")

  @Test func `every command that writes JSON has a schema`() throws {
    let commands = Program.commands.filter { $0.options.contains { $0.name == "format" } }
    #expect(Set(commands.map(\.name)) == Set(Self.schemas.keys))
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(commands.map { "\($0.name).schema.json" }))
  }

  @Test(arguments: schemas.keys.sorted())
  func `a published schema is that of the writer`(command: String) throws {
    let schema = try #require(Self.schemas[command])
    if let folder = ProcessInfo.processInfo.environment["HNV_WRITE_SCHEMAS"] {
      try schema.write(
        toFile: "\(folder)/\(command).schema.json", atomically: true, encoding: .utf8)
    }
    let file = Self.folder.appendingPathComponent("\(command).schema.json")
    #expect(
      try String(contentsOf: file, encoding: .utf8) == schema,
      """
      Schemas/\(command).schema.json is not what is written. Write all of them again with
      HNV_WRITE_SCHEMAS=Schemas swift test --filter OutputSchemaTests
      """)
    #expect(try JSONSerialization.jsonObject(with: Data(schema.utf8)) is [String: Any])
  }

  @Test(arguments: LabFiles.names)
  func `what commands write about a lab keeps to the schemas`(lab: String) throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    var lines = ["run", "check", "reach", "compare --models hnv,azure"]
    let fabric = try? LabFiles.fabric(lab)
    let first = try fabric?.pairs().first
    let pairs = try fabric?.pairs(from: first?.from) ?? []
    for pair in pairs {
      lines += ["trace", "traceroute"].map { "\($0) --from \(pair.from) --to \(pair.to)" }
    }
    if let fabric, let first {
      let path = folder.path("a.pcapng")
      try fabric.capture(first).file.write(to: path)
      lines.append("replay \(path) --at \(first.from)")
    }
    var count = 0
    for line in lines {
      let findings = try Self.findings(on: Session(line, on: LabFiles.path(lab), "--format json"))
      #expect(findings.complaints == [], "hnv \(line)")
      count += findings.count
    }
    // A trace has hundreds of values; a refused lab has its diagnostics several times.
    #expect(count > (pairs.isEmpty ? 50 : 300 * pairs.count))
  }

  @Test func `a frame that cannot be read is described as well`() throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    var capture = try CaptureFile(contentsOf: folder.capture(named: "a.pcapng"))
    capture.packets[0].bytes = [1, 2, 3]
    try capture.write(to: folder.path("b.pcapng"))
    let session = Session(
      "replay \(folder.path("b.pcapng")) --at B", on: LabFiles.path("undelivered-record"),
      "--format json")
    let outcomes = try session.objects("frames").map { $0["outcome"] as? String }
    #expect(outcomes == ["unreadable", "received", "failure", "received"])
    #expect(try Self.findings(on: session).complaints == [])
  }

  /// What the schema of its command says of an output; the schema of a check, where that refuses
  /// the lab.
  private static func findings(on session: Session) throws -> SchemaCheck.Findings {
    let isRefusal = Set(try session.object().keys) == ["schemaVersion", "diagnostics"]
    let schema = try #require(schemas[isRefusal ? "check" : session.command])
    return try SchemaCheck(schema).findings(on: session.output)
  }

  @Test(arguments: [
    ("\"schemaVersion\" : 1,", "\"schemaVersion\" : 2,"), ("\"schemaVersion\" : 1,", ""),
    ("\"disposition\" : \"ACCEPTED\"", "\"disposition\" : \"LOST\""),
    ("\"timeToLive\" : 127", "\"timeToLive\" : 256"), ("\"timeToLive\" : 127", "\"ttl\" : 127"),
    ("\"time\" : 0", "\"time\" : -1"), ("\"time\" : 0", "\"time\" : \"0\""),
    ("\"lostAt\" : null", "\"lostAt\" : false"),
    ("\"sourceMAC\" : \"00-15", "\"sourceMAC\" : \"0015"),
    ("\"method\" : \"ARP\"", "\"method\" : null"), ("\"through\" : [", "\"by\" : ["),
    ("\"steps\" : [", "\"steps\" : [ 1,"),
  ])
  func `a document that differs is not what the schema describes`(
    part: String, other: String
  ) throws {
    let check = try SchemaCheck(Trace.jsonSchema)
    let text = try LabFiles.fabric("complex-routing").trace(from: "B", to: "X").json
    #expect(try check.findings(on: text).complaints == [])
    let start = try #require(text.range(of: part))
    let changed = text.replacingCharacters(in: start, with: other)
    #expect(try !check.findings(on: changed).complaints.isEmpty)
  }
}
