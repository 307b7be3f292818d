import HNVCore
import Testing

struct AddressDiagnosticTests {
  static let parsers: [@Sendable (String) throws -> Void] = [
    { _ = try IPv4Address(parsing: $0) }, { _ = try IPv6Address(parsing: $0) },
    { _ = try IPAddress(parsing: $0) }, { _ = try IPPrefix(parsing: $0) },
    { _ = try MACAddress(parsing: $0) },
  ]

  /// Texts that go on for too long, each in a way that gets far into some parser.
  static let endless =
    [
      "1", "1.", "1:", "::", "00-", "0", "é", " ", "e\u{301}\u{301}\u{301}", "10.0.0.0/1",
    ].map { String(repeating: $0, count: 5_000) } + [
      "10.0.0." + String(repeating: "9", count: 5_000),
      "10.0.0.0/" + String(repeating: "0", count: 5_000),
      "::" + String(repeating: "f", count: 5_000), "e" + String(repeating: "\u{301}", count: 5_000),
      "00-" + String(repeating: "a", count: 5_000),
      "fe80::1%" + String(repeating: "x", count: 5_000),
    ]

  @Test(arguments: endless)
  func `an endless text is refused in a few words`(text: String) {
    for parse in Self.parsers {
      let diagnostic = #expect(throws: Diagnostic.self) { try parse(text) }
      #expect(diagnostic?.value == String(text.unicodeScalars.prefix(80)) + "…")
      #expect((diagnostic?.description.utf8.count ?? .max) < 600)
    }
  }

  @Test func `a text of eighty characters is shown in full`() {
    let text = String(repeating: "x", count: 80)
    #expect(
      throws: Diagnostic(.macSyntax, value: text, "'x' at character 1 is not a hexadecimal digit")
    ) {
      try MACAddress(parsing: text)
    }
  }

  @Test func `rules have distinct names, sources and fixes`() {
    let rules = DiagnosticRule.core.prefix(7)
    #expect(
      rules.map(\.identifier) == [
        "ipv4-syntax", "ipv6-syntax", "ip-syntax", "prefix-syntax", "prefix-length",
        "prefix-host-bits", "mac-syntax",
      ])
    for rule in rules {
      #expect(rule.severity == .error)
      #expect(rule.sentence.hasSuffix("."))
      #expect(!rule.source.isEmpty && !rule.fix.isEmpty && !rule.fix.hasSuffix("."))
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `no text whatever brings a parser down`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabet = Array("0123456789abcdefABCDEF::..--//%[]+ xé😀\u{0}\u{301}")
    var refusals = 0
    for _ in 0..<150 {
      let length = Int.random(in: 0..<24, using: &random)
      let text = String(
        (0..<length).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
      for parse in Self.parsers {
        do { try parse(text) } catch { refusals += (error as? Diagnostic)?.value == text ? 1 : 0 }
      }
    }
    #expect(refusals > 5 * 140)
  }
}
