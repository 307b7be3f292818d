import Foundation
import HNVCore
import HNVSim
import Testing

/// The pages on what goes wrong quote what the program prints, and name rules that there are.
@Suite struct FailureClassTests {
  private static let pages = ["InvalidConfiguration", "MissingPolicy", "Drift", "UnderlayFaults"]
  private static let folder = LabFiles.root.appendingPathComponent("Sources/HNVSim/HNVSim.docc")

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("\(page).md"), encoding: .utf8)
  }

  @Test(arguments: pages + ["Redundancy"])
  func `every quoted output is what the program prints`(page: String) throws {
    let blocks = try Quotation.blocks("console", in: Self.text(page))
    try #require(blocks.count >= 2)
    for block in blocks {
      let quoted = try #require(Quotation.command(of: block))
      let printed = Quotation.output(of: quoted.arguments)
      #expect(
        Quotation.holds(quoted.output, of: printed),
        "hnv \(quoted.arguments.joined(separator: " ")) prints:\n\(printed)")
    }
  }

  @Test(arguments: pages)
  func `a page has a check, a trace, and says what neither shows`(page: String) throws {
    let text = try Self.text(page)
    let commands = Quotation.blocks("console", in: text).compactMap {
      Quotation.command(of: $0)?.arguments.first
    }
    #expect(commands.contains("check") && commands.contains("trace"))
    for title in [
      "What it looks like from inside a VM", "What the check says", "The trace that finds it",
      "How to fix it", "What cannot be seen without a packet",
    ] {
      #expect(text.contains("\n### \(title)\n"), "the page lacks \(title)")
    }
  }

  @Test func `the pages are linked from the overview, and that from the root page`() throws {
    let (overview, root) = try (Self.text("WhatGoesWrong"), Self.text("HNVSim"))
    for page in Self.pages {
      #expect(overview.contains("<doc:\(page)>"))
      #expect(root.contains("<doc:\(page)>"))
    }
    #expect(root.contains("<doc:WhatGoesWrong>"))
  }

  @Test func `a quotation may leave lines out, and only where it says so`() {
    let text = "a\nb\nc\nd"
    for right in ["a\nb\nc\nd", "a\n…", "…\nd", "a\n…\nd", "a\n…\nc\n…", "…", "a\nb\n…\nc\nd"] {
      #expect(Quotation.holds(right, of: text), "\(right)")
    }
    for wrong in ["a\nb", "b\nc\nd", "a\nc\n…", "…\nc", "…\nx\n…", "…\nd\n…\nc", "a\n…\nx"] {
      #expect(!Quotation.holds(wrong, of: text), "\(wrong)")
    }
  }
}
