import HNVCore
import Testing

/// The two identifiers that people write: VSID and RDID.
struct IdentifierTests {
  @Test(arguments: [4096, 5001, 16_777_214] as [UInt64])
  func `a number within the range is a virtual subnet`(number: UInt64) throws {
    let subnet = try VirtualSubnetID(number)
    #expect(UInt64(subnet.number) == number)
    #expect(subnet.description == "\(number)")
  }

  @Test(arguments: [0, 1, 4095, 16_777_215, 1 << 32 + 5001, .max] as [UInt64])
  func `a number beyond the range is refused`(number: UInt64) {
    let diagnostic = #expect(throws: Diagnostic.self) { try VirtualSubnetID(number) }
    #expect(diagnostic?.rule == .virtualSubnetIDRange)
    #expect(diagnostic?.value == "\(number)")
  }

  @Test(arguments: [
    ("{11111111-2222-3333-4444-0123456789ab}", "{11111111-2222-3333-4444-0123456789ab}"),
    ("11111111-2222-3333-4444-0123456789AB", "{11111111-2222-3333-4444-0123456789ab}"),
    (
      "{00000000-0000-0000-0000-000000000000}", "{00000000-0000-0000-0000-000000000000}"
    ),
    ("{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}", "{ffffffff-ffff-ffff-ffff-ffffffffffff}"),
  ])
  func `a GUID is read with braces and without`(text: String, canonical: String) throws {
    let domain = try RoutingDomainID(parsing: text)
    #expect(domain.description == canonical)
    #expect(try RoutingDomainID(parsing: canonical) == domain)
  }

  @Test func `the first digit is the most significant`() throws {
    let domain = try RoutingDomainID(parsing: "{80000000-0000-0000-0000-000000000001}")
    #expect(domain.bits == UInt128(1) << 127 + 1)
    #expect(try RoutingDomainID(parsing: "{7fffffff-0000-0000-0000-000000000000}") < domain)
  }

  @Test(arguments: [
    "", "{}", "{11111111-2222-3333-4444-0123456789a}", "{11111111-2222-3333-4444-0123456789abc}",
    "{11111111-2222-3333-4444-0123456789ag}", "11111111222233334444001234567890",
    "{11111111-2222-3333-4444-0123456789ab", "11111111-2222-3333-4444-0123456789ab}",
    "(11111111-2222-3333-4444-0123456789ab)", "11111111-22223333-4444-0123-456789ab",
    "{+1111111-2222-3333-4444-0123456789ab}", " 11111111-2222-3333-4444-0123456789ab",
    "{11111111-2222-3333-4444-012345678é}", String(repeating: "1", count: 10_000),
  ])
  func `anything else is refused, and shown in part`(text: String) {
    let diagnostic = #expect(throws: Diagnostic.self) { try RoutingDomainID(parsing: text) }
    #expect(diagnostic?.rule == .routingDomainIDSyntax)
    #expect(diagnostic.map { $0.value.count <= 81 && $0.value.hasPrefix(text.prefix(80)) } == true)
  }
}
