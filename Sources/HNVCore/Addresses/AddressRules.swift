extension DiagnosticRule {
  /// How an IPv4 address is written.
  public static let ipv4Syntax = DiagnosticRule(
    "ipv4-syntax", .error,
    "An IPv4 address is four decimal octets from 0 to 255, separated by dots.",
    source: "RFC 3986 section 3.2.2, IPv4address; RFC 6943 section 3.1.1, the strict form",
    fix: "write four numbers from 0 to 255 with dots between them, such as 10.0.1.2")

  /// How an IPv6 address is written.
  public static let ipv6Syntax = DiagnosticRule(
    "ipv6-syntax", .error,
    "An IPv6 address is eight groups of hexadecimal digits, of which one run of zeros may be '::'.",
    source: "RFC 4291 section 2.2",
    fix: "write up to eight groups of one to four hexadecimal digits, such as 2001:db8::2")

  /// What tells an IPv4 address from an IPv6 address.
  public static let ipSyntax = DiagnosticRule(
    "ip-syntax", .error,
    "An IP address has dots between its octets or colons between its groups.",
    source: "RFC 3986 section 3.2.2, IPv4address; RFC 4291 section 2.2",
    fix: "write an address such as 10.0.1.2 or 2001:db8::2")

  /// How a prefix is written.
  public static let prefixSyntax = DiagnosticRule(
    "prefix-syntax", .error,
    "A prefix is an address, a slash and the length as a decimal number.",
    source: "RFC 4632 section 3.1; RFC 4291 section 2.3",
    fix: "write a prefix such as 10.0.1.0/24 or 2001:db8::/64")

  /// How long a prefix can be.
  public static let prefixLength = DiagnosticRule(
    "prefix-length", .error,
    "A prefix is at most as long as its address: 32 bits for IPv4, 128 bits for IPv6.",
    source: "RFC 4632 section 3.1; RFC 4291 section 2.3",
    fix: "use a length from 0 to 32 for IPv4, or from 0 to 128 for IPv6")

  /// What a prefix's address holds beyond its length.
  public static let prefixHostBits = DiagnosticRule(
    "prefix-host-bits", .error,
    "The bits of a prefix's address beyond its length are zero.",
    source: "this library's own need: one prefix has one spelling, and a slip does not pass",
    fix: "clear the bits beyond the length, or write a host's address with its full length")

  /// How a MAC address is written.
  public static let macSyntax = DiagnosticRule(
    "mac-syntax", .error,
    "A MAC address is twelve hexadecimal digits, bare or in groups of two (- or :) or four (.).",
    source: "IEEE 802-2014 section 8.1; New-NetVirtualizationLookupRecord, the bare form",
    fix: "write a MAC address such as 00-15-5D-01-02-03")

  /// The rules about addresses and prefixes.
  public static let addressRules: [DiagnosticRule] = [
    ipv4Syntax, ipv6Syntax, ipSyntax, prefixSyntax, prefixLength, prefixHostBits, macSyntax,
  ]
}
