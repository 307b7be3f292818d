import Foundation
import HNVCore
import HNVSim
import Testing

/// Pages that list rules, settings and dispositions say what the code says.
///
/// When one differs, its failure prints the page as it should be; with HNV_WRITE_PAGES set, the
/// tests write the pages anew.
@Suite struct DocumentationTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  private func expect(_ path: String, says page: String) throws {
    let file = Self.sources.appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["HNV_WRITE_PAGES"] != nil {
      try (page + "\n").write(to: file, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(written == page + "\n", "\(path) should read:\n\(page)")
  }

  @Test func `the page of settings lists every setting with its evidence`() throws {
    var page = """
      # Settings and evidence

      Behaviour where releases differ, or where sources are silent.

      ## Overview

      A lab chooses a release, and single settings beside it. A trace names the setting that
      decided a step.
      """
    for setting in Settings.descriptions {
      let values = setting.values.map { "`\($0)`" }.joined(separator: ", ")
      let presets = Release.allCases.map { "\($0.rawValue): `\(setting.read(Settings($0)))`" }
      page += "\n\n### \(setting.name)\n\n\(setting.about)\n\n"
      page += "Values: \(values). \(presets.joined(separator: ", ")).\n\n"
      page += "Evidence: \(setting.evidence)"
    }
    try expect("HNVCore/HNVCore.docc/SettingsAndEvidence.md", says: page)
  }

  @Test func `the page of rules lists every rule with its source`() throws {
    var page = """
      # Rules

      Everything that a lab, a policy and a packet are held to.

      ## Overview

      An error refuses; a finding is reported, and the network runs all the same. Identifiers
      never change, so that an `expect` of a lab can name them.
      """
    for rule in Rule.all {
      let lenient =
        PolicyChecks.rules.contains(rule) ? ", a finding under `\(PolicyChecks.lenient.text)`" : ""
      page += "\n\n### \(rule.identifier)\n\n*\(rule.severity)\(lenient).* \(rule.sentence)\n\n"
      page += "Source: \(rule.source). Mend: \(rule.mend)."
    }
    try expect("HNVSim/HNVSim.docc/Rules.md", says: page)
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
