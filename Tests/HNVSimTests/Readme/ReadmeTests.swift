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

  @Test(arguments: [("README.md", 1), ("Sources/HNVSim/HNVSim.docc/FromSwift.md", 5)])
  func `every piece of Swift is compiled somewhere`(page: String, count: Int) throws {
    let compiled = try [
      "Snippets/ComplexRouting.swift", "Snippets/LateRecord.swift",
      "Snippets/AskTheRouter.swift", "Snippets/ChangeANetwork.swift",
      "Tests/HNVSimTests/Readme/ReadmeExampleTests.swift",
    ].map { try Self.text($0) }
    // The manifest of a package that imports this one is not compiled here.
    let blocks = try Quotation.blocks("swift", in: Self.text(page)).filter {
      !$0.hasPrefix("// Package.swift")
    }
    #expect(blocks.count == count)
    for block in blocks {
      #expect(compiled.contains { $0.contains(block) }, "in no compiled file:\n\(block)")
    }
  }

  @Test(arguments: [
    ("README.md", 6), ("Sources/HNVSim/HNVSim.docc/TheArticlesExperiments.md", 1),
    ("Sources/HNVSim/HNVSim.docc/CapturingPackets.md", 2),
    ("Sources/HNVSim/HNVSim.docc/ComparingModels.md", 1),
  ])
  func `every printed output is what the program prints`(page: String, count: Int) throws {
    let blocks = Quotation.blocks("console", in: try Self.text(page))
    #expect(blocks.count == count)
    // What one example writes the next one reads.
    let capture = Self.root.appendingPathComponent("b-to-x.pcapng")
    defer { try? FileManager.default.removeItem(at: capture) }
    for block in blocks {
      let quoted = try #require(Quotation.command(of: block))
      let printed = Quotation.output(of: quoted.arguments)
      #expect(
        Quotation.holds(quoted.output, of: printed),
        "hnv \(quoted.arguments.joined(separator: " ")) prints:\n\(printed)")
    }
  }

  @Test func `every link of the README leads to a file`() throws {
    let links = try Self.text("README.md").matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
    #expect(links.count >= 10)
    for link in links {
      let file = Self.root.appendingPathComponent(link)
      #expect(FileManager.default.fileExists(atPath: file.path), "\(link) leads nowhere")
    }
  }

  @Test func `the lab of the README runs as it expects`() throws {
    let blocks = Quotation.blocks("json5", in: try Self.text("README.md"))
    try #require(blocks.count == 1)
    let run = LabRun(try Lab.read(Array(blocks[0].utf8), named: "README.md"))
    #expect(run.diagnostics.isEmpty)
    #expect(!run.results.isEmpty)
    #expect(run.isAsExpected)
  }

  @Test func `the failure that a page quotes is what a test prints`() throws {
    let file = Self.root.appendingPathComponent("Labs/undelivered-record.json5")
    let lab = try Lab(contentsOf: file.path)
    let answer = try Fabric(lab).reach(from: "B", to: "X")
    let line = try #require("\(answer)".split(separator: "\n").first)
    let page = try Self.text("Sources/HNVSim/HNVSim.docc/FromSwift.md")
    #expect(page.contains("\nExpectation failed: (answer → \(line)\n"))
  }

  @Test func `the two commands stand in the README`() throws {
    let readme = try Self.text("README.md")
    #expect(
      readme.contains("swift run hnv trace Labs/complex-routing.json5 --from B --to X\nswift test"))
  }
}
