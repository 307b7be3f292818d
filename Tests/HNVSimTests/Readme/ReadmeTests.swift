import Foundation
import HNVSim
import Testing

/// The README cannot go stale: its code is compiled, its output is compared, its lab is run.
@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  private static func blocks(_ language: String) throws -> [String] {
    Quotation.blocks(language, in: try text("README.md"))
  }

  @Test func `every piece of Swift is compiled somewhere`() throws {
    let compiled = try [
      "Snippets/ComplexRouting.swift", "Snippets/LateRecord.swift",
      "Snippets/AskTheRouter.swift", "Snippets/ChangeANetwork.swift",
      "Tests/HNVSimTests/Readme/ReadmeExampleTests.swift",
    ].map { try Self.text($0) }
    // The manifest of whoever imports the package is nobody's source here.
    let blocks = try Self.blocks("swift").filter { !$0.hasPrefix("// Package.swift") }
    #expect(blocks.count == compiled.count)
    for block in blocks {
      #expect(compiled.contains { $0.contains(block) }, "in no compiled file:\n\(block)")
    }
  }

  @Test func `every printed output is what the program prints`() throws {
    let blocks = try Self.blocks("console")
    try #require(blocks.count >= 3)
    // What one example writes the next one reads.
    let capture = Self.root.appendingPathComponent("b-to-x.pcapng")
    defer { try? FileManager.default.removeItem(at: capture) }
    for block in blocks {
      let quoted = try #require(Quotation.command(of: block))
      #expect(
        Quotation.output(of: quoted.arguments) == quoted.output,
        "hnv \(quoted.arguments.joined(separator: " "))")
    }
  }

  @Test func `the lab of the README runs as it expects`() throws {
    let blocks = try Self.blocks("json5")
    try #require(blocks.count == 1)
    let run = LabRun(try Lab.read(Array(blocks[0].utf8), named: "README.md"))
    #expect(run.diagnostics.isEmpty)
    #expect(!run.results.isEmpty)
    #expect(run.isAsExpected)
  }

  @Test func `the two commands stand in the README`() throws {
    let readme = try Self.text("README.md")
    #expect(
      readme.contains("swift run hnv trace Labs/complex-routing.json5 --from B --to X\nswift test"))
  }
}
