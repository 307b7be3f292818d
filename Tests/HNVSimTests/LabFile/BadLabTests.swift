import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// Every mistake that a person can make in a lab file is one diagnostic, at its place, with its
/// fix.
struct BadLabTests {
  static let table =
    BadLab.addresses + BadLab.underlay + BadLab.subnets + BadLab.policies + BadLab.words
    + BadLab.experiments + BadLab.ports + BadLab.gateways + BadLab.overlays + BadLab.grammar

  @Test func `the lab that all mistakes are made in is good`() {
    #expect(BadLab.diagnostics(of: BadLab.good) == [])
  }

  @Test(arguments: table)
  func `a mistake is one diagnostic, at its place, with its fix`(lab: BadLab) throws {
    let text = try #require(lab.text, "the good lab does not hold the replaced text just once")
    let place = try #require(lab.place, "the place is not in the text just once")
    let diagnostics = BadLab.diagnostics(of: text)
    let diagnostic = try #require(
      diagnostics.first { $0.rule == lab.rule && $0.place == place }, "\(diagnostics)")
    #expect(diagnostic.fix.contains(lab.fix))
    #expect(!diagnostic.value.contains(lab.fix), "the fix has this from the mistake itself")
    #expect(!diagnostic.value.isEmpty || lab.rule == .nameForm)
    let rules = diagnostics.map(\.rule.identifier).sorted()
    #expect(rules == ([lab.rule] + lab.also).map(\.identifier).sorted(), "\(diagnostics)")
  }

  /// What no lab file can provoke, and why.
  static let beyondLabFiles: [DiagnosticRule: String] = [
    .duplicateHost: "a lab's hosts have different names before a policy is made of them",
    .unknownEntry: "changes of a policy are made in Swift; a timeline names what the lab has",
    .frameBytes: "a lab file holds no frames",
    .packetBytes: "a lab file holds no packets",
    .mappedDomain:
      "a lab's mappings are derived together with the routes that they must agree with",
    .limit: "an analysis gives up, not a file",
    .captureFormat: "a lab file is no capture", .captureCutOff: "a lab file is no capture",
    .captureLength: "a lab file is no capture", .captureInterface: "a lab file is no capture",
    .captureLinkType: "a lab file is no capture", .unwritableFile: "lab files are read",
  ]

  /// What `LabFileDiagnosticTests` provokes with whole files.
  static let ofWholeFiles: Set<DiagnosticRule> = [
    .emptyFile, .binaryFile, .tooLarge, .tooDeep, .tooManyDiagnostics, .unreadableFile,
  ]

  @Test func `every rule is broken by a row of the table, or it is said why not`() {
    let broken = Set(Self.table.map(\.rule)).union(Self.ofWholeFiles)
    let all = Set(DiagnosticRule.all)
    #expect(broken.union(Self.beyondLabFiles.keys) == all)
    #expect(broken.isDisjoint(with: Self.beyondLabFiles.keys))
  }

  @Test func `ten mistakes are ten diagnostics`() throws {
    let rows = Self.tenMistakes
    let text = rows.flatMap(\.edits).reduce(BadLab.good) { text, edit in
      text.replacing(edit.old, with: edit.new, maxReplacements: 1)
    }
    let rules = BadLab.diagnostics(of: text).map(\.rule.identifier).sorted()
    #expect(rules == rows.map(\.rule.identifier).sorted())
    #expect(rows.count == 10)
  }

  /// Of different kinds: keys, texts, names and contradictions.
  private static let tenMistakes = [
    BadLab("gateways: [\"10.0.1.1\"]", "gateway: [\"10.0.1.1\"]", .unknownKey, at: "", fix: ""),
    BadLab("[\"10.0.2.0/24\"]", "[\"10.0.2.9/24\"]", .prefixHostBits, at: "", fix: ""),
    BadLab("[\"10.1.2.0/24\",", "[\"10.0.1.0/25\",", .overlappingPrefixes, at: "", fix: ""),
    BadLab("\"10.1.2.11\",", "\"10.0.1.1\",", .reservedAddress, at: "", fix: ""),
    BadLab("\"10.0.1.12\"", "\"10.0.1.11\"", .duplicateCustomerAddress, at: "", fix: ""),
    BadLab("front: 5001", "front: 7", .virtualSubnetIDRange, at: "", fix: ""),
    BadLab("\"R\", host: \"hv1\"", "\"R\", host: \"hv7\"", .unknownName, at: "", fix: ""),
    BadLab("\"tcp/80\"", "\"80\"", .portSyntax, at: "", fix: ""),
    BadLab("at: \"1s\"", "at: \"soon\"", .timeSyntax, at: "", fix: ""),
    BadLab("action: \"deny\"", "action: \"block\"", .notAChoice, at: "", fix: ""),
  ]
}
