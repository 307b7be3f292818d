import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// Every mistake that a person can make in a lab file is one fault, at its place, with its mend.
struct BadLabTests {
  static let table =
    BadLab.addresses + BadLab.underlay + BadLab.subnets + BadLab.policies + BadLab.words
    + BadLab.experiments + BadLab.ports + BadLab.gateways + BadLab.overlays + BadLab.grammar

  @Test func `the lab that all mistakes are made in is good`() {
    #expect(BadLab.faults(of: BadLab.good) == [])
  }

  @Test(arguments: table)
  func `a mistake is one fault, at its place, with its mend`(lab: BadLab) throws {
    let text = try #require(lab.text, "the good lab does not hold the replaced text just once")
    let place = try #require(lab.place, "the place is not in the text just once")
    let faults = BadLab.faults(of: text)
    let fault = try #require(faults.first { $0.rule == lab.rule && $0.place == place }, "\(faults)")
    #expect(fault.mend.contains(lab.mend))
    #expect(!fault.value.isEmpty || lab.rule == .nameForm)
    let rules = faults.map(\.rule.identifier).sorted()
    #expect(rules == ([lab.rule] + lab.also).map(\.identifier).sorted(), "\(faults)")
  }

  /// What no lab file can provoke, and why.
  static let beyondLabFiles: [Rule: String] = [
    .doubledHost: "a lab's hosts have different names before a policy is made of them",
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

  /// What `LabFileFaultTests` provokes with whole files.
  static let ofWholeFiles: Set<Rule> = [
    .emptyFile, .binaryFile, .tooLarge, .tooDeep, .tooManyFaults, .unreadableFile,
  ]

  @Test func `every rule is broken by a row of the table, or it is said why not`() {
    let broken = Set(Self.table.map(\.rule)).union(Self.ofWholeFiles)
    let all = Set(Rule.all)
    #expect(broken.union(Self.beyondLabFiles.keys) == all)
    #expect(broken.isDisjoint(with: Self.beyondLabFiles.keys))
  }

  @Test func `ten mistakes are ten faults`() throws {
    let rows = Self.tenMistakes
    let text = rows.flatMap(\.edits).reduce(BadLab.good) { text, edit in
      text.replacing(edit.old, with: edit.new, maxReplacements: 1)
    }
    let rules = BadLab.faults(of: text).map(\.rule.identifier).sorted()
    #expect(rules == rows.map(\.rule.identifier).sorted())
    #expect(rows.count == 10)
  }

  /// Of different kinds: keys, texts, names and contradictions.
  private static let tenMistakes = [
    BadLab("gateways: [\"10.0.1.1\"]", "gateway: [\"10.0.1.1\"]", .unknownKey, at: "", mend: ""),
    BadLab("[\"10.0.2.0/24\"]", "[\"10.0.2.9/24\"]", .prefixHostBits, at: "", mend: ""),
    BadLab("[\"10.1.2.0/24\",", "[\"10.0.1.0/25\",", .overlappingPrefixes, at: "", mend: ""),
    BadLab("\"10.1.2.11\",", "\"10.0.1.1\",", .reservedAddress, at: "", mend: ""),
    BadLab("\"10.0.1.12\"", "\"10.0.1.11\"", .doubledCustomerAddress, at: "", mend: ""),
    BadLab("front: 5001", "front: 7", .virtualSubnetIDRange, at: "", mend: ""),
    BadLab("\"R\", host: \"hv1\"", "\"R\", host: \"hv7\"", .unknownName, at: "", mend: ""),
    BadLab("\"tcp/80\"", "\"80\"", .portSyntax, at: "", mend: ""),
    BadLab("at: \"1s\"", "at: \"soon\"", .timeSyntax, at: "", mend: ""),
    BadLab("action: \"deny\"", "action: \"block\"", .notAChoice, at: "", mend: ""),
  ]
}
