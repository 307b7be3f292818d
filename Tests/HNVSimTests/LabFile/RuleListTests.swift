import HNVCore
import Testing

@testable import HNVSim

/// The list of rules is a reference that scripts rely on.
struct RuleListTests {
  static let all = DiagnosticRule.all

  @Test func `every identifier names one rule`() {
    let identifiers = Self.all.map(\.identifier)
    #expect(Set(identifiers).count == identifiers.count)
    let sentences = Self.all.map(\.sentence)
    #expect(Set(sentences).count == sentences.count)
  }

  @Test(arguments: all)
  func `a rule is a sentence with its source and its fix`(rule: DiagnosticRule) throws {
    let words = rule.identifier.split(separator: "-", omittingEmptySubsequences: false)
    #expect(
      words.allSatisfy { !$0.isEmpty && $0.allSatisfy { "a"..."z" ~= $0 || "0"..."9" ~= $0 } })
    #expect(rule.sentence.hasSuffix(".") && !rule.sentence.hasSuffix(".."))
    #expect(rule.sentence.first?.isUppercase == true)
    #expect(!rule.source.isEmpty && !rule.source.hasSuffix("."))
    #expect(!rule.fix.isEmpty && !rule.fix.hasSuffix(".") && rule.fix.first?.isLowercase == true)
  }
}
