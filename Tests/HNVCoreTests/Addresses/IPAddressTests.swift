import HNVCore
import Testing

struct IPAddressTests {
  @Test func `the family follows from the first dot or colon`() throws {
    #expect(try IPAddress(parsing: "10.0.1.2") == .v4(IPv4Address(10, 0, 1, 2)))
    #expect(try IPAddress(parsing: "::1") == .v6(IPv6Address(bits: 1)))
    #expect(try IPAddress(parsing: "::10.0.1.2") == .v6(IPv6Address(bits: 0x0a00_0102)))
    #expect(try IPAddress(parsing: "10.0.1.2").family == .v4)
    #expect(try IPAddress(parsing: "::1").family == .v6)
  }

  @Test(arguments: [
    ("", DiagnosticRule.ipSyntax, "the address is missing"),
    ("gateway", .ipSyntax, "the address has neither dots nor colons"),
    ("10", .ipSyntax, "the address has neither dots nor colons"),
    ("10/8", .ipSyntax, "this is a prefix; expected an address"),
    ("10.0.0.300", .ipv4Syntax, "the octet 300 at character 8 is above 255"),
    ("10.0.0.1:80", .ipv4Syntax, "':' at character 9 is not a decimal digit"),
    ("fe80::x", .ipv6Syntax, "'x' at character 7 is not a hexadecimal digit"),
  ])
  func `a diagnostic is of the family that was meant`(
    text: String, rule: DiagnosticRule, explanation: String
  ) {
    let diagnostic = #expect(throws: Diagnostic.self) { try IPAddress(parsing: text) }
    #expect(diagnostic?.rule == rule)
    #expect(diagnostic?.explanation == explanation)
    #expect(diagnostic?.value == text)
  }

  @Test func `all of IPv4 comes before all of IPv6`() {
    let sorted: [IPAddress] = [
      .v4(IPv4Address(bits: 0)), .v4(IPv4Address(bits: .max)), .v6(IPv6Address(bits: 0)),
      .v6(IPv6Address(bits: 1)),
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test func `families know their width and name`() {
    #expect(IPFamily.allCases.map(\.bitWidth) == [32, 128])
    #expect(IPFamily.allCases.map(\.description) == ["IPv4", "IPv6"])
  }

  enum Scope: CaseIterable { case unspecified, loopback, linkLocal, multicast, broadcast }

  @Test(arguments: [
    ("0.0.0.0", Scope.unspecified), ("0.0.0.1", nil), ("126.255.255.255", nil),
    ("127.0.0.0", .loopback), ("127.255.255.255", .loopback), ("128.0.0.0", nil),
    ("169.253.255.255", nil), ("169.254.0.0", .linkLocal), ("169.254.255.255", .linkLocal),
    ("169.255.0.0", nil), ("223.255.255.255", nil), ("224.0.0.0", .multicast),
    ("239.255.255.255", .multicast), ("240.0.0.0", nil), ("255.255.255.254", nil),
    ("255.255.255.255", .broadcast), ("10.0.1.255", nil), ("::", .unspecified), ("::1", .loopback),
    ("::2", nil), ("fe7f:ffff::", nil), ("fe80::", .linkLocal), ("febf:ffff::1", .linkLocal),
    ("fec0::", nil), ("feff:ffff::", nil), ("ff00::", .multicast), ("ff02::1", .multicast),
    ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", .multicast), ("::ffff:127.0.0.1", nil),
    ("::ffff:255.255.255.255", nil),
  ])
  func `an address has the scope that its range gives it`(text: String, scope: Scope?) throws {
    let address = try IPAddress(parsing: text)
    #expect(address.isUnspecified == (scope == .unspecified))
    #expect(address.isLoopback == (scope == .loopback))
    #expect(address.isLinkLocal == (scope == .linkLocal))
    #expect(address.isMulticast == (scope == .multicast))
    #expect(address.isLimitedBroadcast == (scope == .broadcast))
  }
}
