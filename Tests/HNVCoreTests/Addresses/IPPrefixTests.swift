import HNVCore
import Testing

struct IPPrefixTests {
  @Test(arguments: [
    ("10.0.1.0/24", "10.0.1.0/24"), ("0.0.0.0/0", "0.0.0.0/0"), ("10.0.1.7/32", "10.0.1.7/32"),
    ("128.0.0.0/1", "128.0.0.0/1"), ("2001:DB8:0::/48", "2001:db8::/48"), ("::/0", "::/0"),
    ("::1/128", "::1/128"), ("8000::/1", "8000::/1"),
    ("::ffff:10.0.0.0/104", "::ffff:10.0.0.0/104"),
  ])
  func `a prefix is read and written alike`(text: String, canonical: String) throws {
    let prefix = try IPPrefix(parsing: text)
    #expect(prefix.description == canonical)
    #expect(try IPPrefix(parsing: canonical) == prefix)
  }

  static let general = DiagnosticRule.prefixSyntax.fix
  static let refusedSyntax = [
    Refused("", "the prefix is missing", general),
    Refused(
      "10.0.1.5", "the length after the address is missing",
      "write 10.0.1.5/32 for that one address, or its subnet's length"),
    Refused("10.0.1.0/", "the length at character 10 is missing", general),
    Refused("10.0.0.0/+8", "'+' at character 10 is not a decimal digit", "leave out '+'"),
    Refused("10.0.0.0/-8", "'-' at character 10 is not a decimal digit", general),
    Refused(
      "10.0.0.0/ 8", "the space at character 10 is not a decimal digit", "leave out the space"),
    Refused(
      "10.0.0.0/08",
      "the length 08 at character 10 has a leading zero, which some readers take for octal",
      "write 8"),
    Refused("10.0.0.0/8/8", "'/' at character 11 is not a decimal digit", general),
    Refused("10.0.0.0/x", "'x' at character 10 is not a decimal digit", general),
    Refused(
      "10.0.1.0/255.255.255.0", "the length 255.255.255.0 at character 10 is a subnet mask",
      "write /24 in its place"),
    Refused("10.0.1.0/0.0.0.255", "'.' at character 11 is not a decimal digit", general),
    Refused("::/255.255.255.0", "'.' at character 7 is not a decimal digit", general),
  ]
  static let refusedLength = [
    Refused(
      "10.0.0.0/33", "the length 33 at character 10 is above 32", "use a length from 0 to 32"),
    Refused("::/129", "the length 129 at character 4 is above 128", "use a length from 0 to 128"),
    Refused(
      "::/99999999999999999999", "the length 99999999999999999999 at character 4 is above 128",
      "use a length from 0 to 128"),
  ]
  static let refusedHostBits = [
    Refused(
      "10.0.1.5/24",
      "10.0.1.5 has bits set beyond the first 24; the prefix it is in is 10.0.1.0/24",
      "write 10.0.1.0/24, or 10.0.1.5/32 for that one address"),
    Refused(
      "0.0.0.1/0", "0.0.0.1 has bits set beyond the first 0; the prefix it is in is 0.0.0.0/0",
      "write 0.0.0.0/0, or 0.0.0.1/32 for that one address"),
    Refused(
      "2001:DB8::1/64",
      "2001:db8::1 has bits set beyond the first 64; the prefix it is in is 2001:db8::/64",
      "write 2001:db8::/64, or 2001:db8::1/128 for that one address"),
  ]

  @Test func `a text that is no prefix is refused under the rule it breaks`() {
    for refused in Self.refusedSyntax {
      refused.expect(.prefixSyntax) { try IPPrefix(parsing: $0) }
    }
    for refused in Self.refusedLength {
      refused.expect(.prefixLength) { try IPPrefix(parsing: $0) }
    }
    for refused in Self.refusedHostBits {
      refused.expect(.prefixHostBits) { try IPPrefix(parsing: $0) }
    }
  }

  @Test func `a diagnostic in the address is the address's own and shows the prefix`() {
    Refused(
      "10.0.256.0/24", "the octet 256 at character 6 is above 255", "use an octet from 0 to 255"
    ).expect(.ipv4Syntax) { try IPPrefix(parsing: $0) }
    Refused(
      "fe80::1%1/64", "the zone from '%' at character 8 on is no part of the address",
      "leave out everything from '%' on"
    ).expect(.ipv6Syntax) { try IPPrefix(parsing: $0) }
    Refused("10/8", "the address has neither dots nor colons", DiagnosticRule.ipSyntax.fix)
      .expect(.ipSyntax) { try IPPrefix(parsing: $0) }
    Refused("/8", "the address is missing", DiagnosticRule.ipSyntax.fix)
      .expect(.ipSyntax) { try IPPrefix(parsing: $0) }
  }

  @Test(arguments: [-1, 33, .max, .min])
  func `a length out of range is refused wherever it comes from`(length: Int) {
    let address = IPAddress.v4(IPv4Address(10, 0, 0, 0))
    #expect(IPPrefix(containing: address, length: length) == nil)
    let diagnostic = #expect(throws: Diagnostic.self) { try IPPrefix(address, length: length) }
    #expect(diagnostic?.rule == .prefixLength)
    #expect(diagnostic?.value == "10.0.0.0/\(length)")
    #expect(
      diagnostic?.explanation == "the length \(length) is \(length < 0 ? "below 0" : "above 32")")
  }

  @Test func `prefixes are made from addresses`() throws {
    let address = try IPAddress(parsing: "10.0.1.5")
    #expect(try IPPrefix(containing: address, length: 24) == IPPrefix(parsing: "10.0.1.0/24"))
    #expect(try IPPrefix(host: address) == IPPrefix(address, length: 32))
    #expect(throws: Diagnostic.self) { try IPPrefix(address, length: 24) }
    #expect(try IPPrefix.everything(.v4) == IPPrefix(parsing: "0.0.0.0/0"))
    #expect(try IPPrefix.everything(.v6) == IPPrefix(parsing: "::/0"))
  }

  @Test func `a prefix comes before those within it`() throws {
    let sorted = try [
      "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.0.0.0/32", "10.0.0.1/32", "11.0.0.0/8", "::/0",
      "::/128", "::1/128",
    ].map { text in try IPPrefix(parsing: text) }
    #expect(sorted.reversed().sorted() == sorted)
  }
}
