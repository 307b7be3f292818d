import Foundation
import HNVCore
import HNVSim
import Testing

/// Pages that list rules, settings and dispositions say what the code says.
///
/// When one differs, its failure prints the page as it should be; with HNV_WRITE_PAGES set, the
/// tests rewrite the pages.
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

      An error refuses; a warning is reported, and the network runs all the same. Identifiers
      never change, so that an `expect` of a lab can name them.
      """
    for rule in DiagnosticRule.all {
      let lenient =
        PolicyChecks.rules.contains(rule) ? ", a warning under `\(PolicyChecks.lenient.text)`" : ""
      page += "\n\n### \(rule.identifier)\n\n*\(rule.severity)\(lenient).* \(rule.sentence)\n\n"
      page += "Source: \(rule.source). Fix: \(rule.fix)."
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

  @Test func `the page of models says what each claims`() throws {
    var page = """
      # Forwarding models

      How each model forwards packets, and the source of each claim.

      ## Overview

      A lab runs under every model here; `hnv compare` shows the differences. Each claim is *stated* by
      a source, *read* in source code, or *inferred*. A test sends packets that check the claims.
      Settings of a lab can change them; below are the defaults.

      | model | within a subnet | between subnets | a guest's own gateway |
      |---|---|---|---|
      """
    let columns = try ForwardingModels.all.map { model in
      (model: model, claims: try Fabric(Self.plain, under: model).claims)
    }
    for (model, claims) in columns {
      page += "\n| `\(model.name)` | \(claims.withinSubnet.value.text)"
      page += " | \(claims.betweenSubnets.value.text) | \(claims.guestGateway.value.rawValue) |"
    }
    for (model, claims) in columns {
      page += "\n\n### \(model.title)\n\nIts name is `\(model.name)`.\n"
      for row in claims.rows {
        page += "\n- \(row.subject): **\(row.text)** (\(row.grade.rawValue): \(row.source))"
      }
    }
    try expect("HNVSim/HNVSim.docc/ModelsAndClaims.md", says: page)
  }

  private static let plain = Lab("plain") { lab in
    lab.host("hv1")
    lab.host("hv2")
    lab.network("blue") { network in
      network.subnet("front", "10.0.1.0/24")
      network.subnet("back", "10.1.2.0/24")
    }
    lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
    lab.machine("X", on: "hv2", in: "back", "10.1.2.11")
  }
}
