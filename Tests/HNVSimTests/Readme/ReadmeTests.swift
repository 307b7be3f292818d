import Foundation
import HNVSim
import Testing

@testable import hnv

/// The README cannot go stale: its code is compiled, its output is compared, its lab is run.
@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The fenced blocks of a language, without their fences.
  private static func blocks(_ language: String) throws -> [String] {
    var blocks: [String] = []
    var current: [Substring]?
    for line in try text("README.md").split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = current {
        if line == "```" {
          blocks.append(lines.joined(separator: "\n"))
          current = nil
        } else {
          current = lines + [line]
        }
      } else if line == "```\(language)" {
        current = []
      }
    }
    return blocks
  }

  @Test func `every piece of Swift is compiled somewhere`() throws {
    let compiled = try [
      "Snippets/ComplexRouting.swift", "Snippets/LateRecord.swift",
      "Snippets/AskTheRouter.swift", "Tests/HNVSimTests/Readme/ReadmeExampleTests.swift",
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
      let lines = block.split(separator: "\n", maxSplits: 1).map(String.init)
      let words = lines[0].split(separator: " ").map(String.init)
      try #require(words.starts(with: ["$", "hnv"]))
      let printed = Self.output(of: Array(words.dropFirst(2)))
      #expect(printed == lines[1], "hnv \(words.dropFirst(2).joined(separator: " "))")
    }
  }

  /// What the program prints when it is started in the repository, as `swift test` itself is.
  private static func output(of arguments: [String]) -> String {
    let lines = Lines()
    let program = Program(write: { lines.add($0) }, complain: { lines.add($0) })
    _ = FileManager.default.changeCurrentDirectoryPath(root.path)
    _ = program.run(arguments)
    return lines.text
  }

  private final class Lines {
    private(set) var text = ""

    func add(_ line: String) { text += text.isEmpty ? line : "\n" + line }
  }

  @Test func `the lab of the README runs as it expects`() throws {
    let blocks = try Self.blocks("json5")
    try #require(blocks.count == 1)
    let run = LabRun(try Lab.read(Array(blocks[0].utf8), named: "README.md"))
    #expect(run.faults.isEmpty)
    #expect(!run.judgements.isEmpty)
    #expect(run.isAsExpected)
  }

  @Test func `the two commands stand in the README`() throws {
    let readme = try Self.text("README.md")
    #expect(
      readme.contains("swift run hnv trace Labs/complex-routing.json5 --from B --to X\nswift test"))
  }
}
