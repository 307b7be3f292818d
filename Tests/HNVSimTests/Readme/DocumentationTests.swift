import Foundation
import HNVCore
import HNVSim
import Testing

/// Pages that list rules, settings and dispositions say what the code says.
///
/// When one differs, its failure prints the page as it should be.
@Suite struct DocumentationTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  private func expect(_ path: String, says page: String) throws {
    let file = Self.sources.appendingPathComponent(path)
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(written == page + "\n", "\(path) should read:\n\(page)")
  }

  @Test func `the page of settings lists every setting with its evidence`() throws {
    let page =
      ["# Settings and evidence", "", "Behaviour where releases differ, or where sources are silent."]
      + ["", "## Overview", ""]
      + ["A lab chooses a release, and single settings beside it. A trace names the setting that"]
      + ["decided a step.", ""]
      + Settings.descriptions.flatMap { setting in
        let presets = Release.allCases.map { release in
          "\(release.rawValue): `\(setting.read(Settings(release)))`"
        }
        return [
          "### \(setting.name)", "", setting.about, "",
          "Values: \(setting.values.map { "`\($0)`" }.joined(separator: ", ")). "
            + "\(presets.joined(separator: ", ")).", "", "Evidence: \(setting.evidence)", "",
        ]
      }
    try expect(
      "HNVCore/HNVCore.docc/SettingsAndEvidence.md",
      says: page.dropLast().joined(separator: "\n"))
  }

  @Test func `the page of rules lists every rule with its source`() throws {
    let page =
      ["# Rules", "", "Everything that a lab, a policy and a packet are held to."]
      + ["", "## Overview", ""]
      + ["An error refuses; a finding is reported, and the network runs all the same. Identifiers"]
      + ["never change, so that an `expect` of a lab can name them.", ""]
      + Rule.all.flatMap { rule in
        [
          "### \(rule.identifier)", "", "*\(rule.severity).* \(rule.sentence)", "",
          "Source: \(rule.source). Mend: \(rule.mend).", "",
        ]
      }
    try expect("HNVSim/HNVSim.docc/Rules.md", says: page.dropLast().joined(separator: "\n"))
  }

  @Test func `the page on traces names every disposition and every action`() throws {
    let file = Self.sources.appendingPathComponent("HNVSim/HNVSim.docc/ReadingATrace.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    for disposition in Disposition.allCases {
      #expect(page.contains("`\(disposition)`"), "the page lacks \(disposition)")
    }
    for action in Step.Action.allCases {
      #expect(page.contains("`\(action.rawValue)`"), "the page lacks \(action.rawValue)")
    }
  }
}
