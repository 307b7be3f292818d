import HNVCore
import Testing

struct IPPrefixRangeTests {
  @Test(arguments: [
    ("10.0.1.0/24", "10.0.1.0", "10.0.1.255", "10.0.1.1"),
    ("10.0.1.128/30", "10.0.1.128", "10.0.1.131", "10.0.1.129"),
    ("10.0.1.128/31", "10.0.1.128", "10.0.1.129", nil),
    ("10.0.1.129/32", "10.0.1.129", "10.0.1.129", nil),
    ("0.0.0.0/0", "0.0.0.0", "255.255.255.255", "0.0.0.1"),
    ("2001:db8::/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8::1"),
    ("2001:db8::4/126", "2001:db8::4", "2001:db8::7", "2001:db8::5"),
    ("2001:db8::4/127", "2001:db8::4", "2001:db8::5", nil),
    ("2001:db8::4/128", "2001:db8::4", "2001:db8::4", nil),
    ("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::1"),
  ])
  func `a prefix knows its first, last and gateway address`(
    text: String, first: String, last: String, gatewayAddress: String?
  ) throws {
    let prefix = try IPPrefix(parsing: text)
    #expect(prefix.first.description == first)
    #expect(prefix.last.description == last)
    #expect(prefix.gatewayAddress?.description == gatewayAddress)
    #expect(prefix.isHost == (first == last))
  }

  @Test func `a prefix contains its range and nothing beside it`() throws {
    let prefix = try IPPrefix(parsing: "10.0.1.128/25")
    for (text, isInside) in [
      ("10.0.1.127", false), ("10.0.1.128", true), ("10.0.1.255", true), ("10.0.2.0", false),
      ("::10.0.1.128", false), ("::ffff:10.0.1.128", false),
    ] {
      #expect(prefix.contains(try IPAddress(parsing: text)) == isInside, "\(text)")
    }
  }

  /// All prefixes of up to three bits, at the top and at the bottom of each family.
  static let universe: [IPPrefix] = IPFamily.allCases.flatMap { family in
    [0, family.bitWidth - 3].flatMap { Universe(family, offset: $0).prefixes }
  }

  @Test func `containment and overlap are those of the ranges`() {
    for one in Self.universe {
      for other in Self.universe {
        let sameFamily = one.family == other.family
        let contains = sameFamily && one.first <= other.first && other.last <= one.last
        let overlaps = sameFamily && one.first <= other.last && other.first <= one.last
        #expect(one.contains(other) == contains, "\(one) \(other)")
        #expect(one.overlaps(other) == overlaps, "\(one) \(other)")
        #expect(one.contains(other.first) == (sameFamily && one.first...one.last ~= other.first))
      }
    }
  }
}
