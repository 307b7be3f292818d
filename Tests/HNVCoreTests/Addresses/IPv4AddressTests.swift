import HNVCore
import Testing

struct IPv4AddressTests {
  @Test func `octets go from the most significant to the least`() {
    let address = IPv4Address(10, 0, 1, 2)
    #expect(address.bits == 0x0a00_0102)
    #expect(address == IPv4Address(bits: 0x0a00_0102))
    #expect(address.description == "10.0.1.2")
  }

  @Test(arguments: [
    ("0.0.0.0", 0), ("255.255.255.255", UInt32.max), ("1.2.3.4", 0x0102_0304),
    ("192.168.100.9", 0xc0a8_6409), ("0.10.0.200", 0x000a_00c8),
  ])
  func `a dotted quad is read and written alike`(text: String, bits: UInt32) throws {
    #expect(try IPv4Address(parsing: text) == IPv4Address(bits: bits))
    #expect(IPv4Address(bits: bits).description == text)
  }

  static let general = DiagnosticRule.ipv4Syntax.fix
  static let refused = [
    Refused("", "the address is missing", general),
    Refused(
      "10.0.0", "the address has 3 octets instead of 4", "write all four octets, the zeros too"),
    Refused(
      "10", "the address has 1 octet instead of 4", "write all four octets, the zeros too"),
    Refused("1.2.3.4.5", "the address has 5 octets instead of 4", general),
    Refused("1.2.3.", "the octet at character 7 is missing", general),
    Refused(".1.2.3", "the octet at character 1 is missing", general),
    Refused("1..2.3", "the octet at character 3 is missing", general),
    Refused(
      "10.256.0.1", "the octet 256 at character 4 is above 255", "use an octet from 0 to 255"),
    Refused(
      "1.2.3.99999999999999999999", "the octet 99999999999999999999 at character 7 is above 255",
      "use an octet from 0 to 255"),
    Refused(
      "10.0.01.2",
      "the octet 01 at character 6 has a leading zero, which some readers take for octal", "write 1"
    ),
    Refused(
      "10.0.0.000",
      "the octet 000 at character 8 has a leading zero, which some readers take for octal",
      "write 0"),
    Refused("10.0.+1.2", "'+' at character 6 is not a decimal digit", "leave out '+'"),
    Refused("10.0.-1.2", "'-' at character 6 is not a decimal digit", general),
    Refused(" 10.0.0.1", "the space at character 1 is not a decimal digit", "leave out the space"),
    Refused("10.0.0.1 ", "the space at character 9 is not a decimal digit", "leave out the space"),
    Refused("10.0.0.1\n", "U+000A at character 9 is not a decimal digit", "leave out U+000A"),
    Refused("10.0.0.1\u{0}", "U+0000 at character 9 is not a decimal digit", general),
    Refused("10.0.\u{1b}[31m.2", "U+001B at character 6 is not a decimal digit", general),
    Refused("10.0.0x1.2", "'x' at character 7 is not a decimal digit", general),
    Refused("10,0,0,1", "',' at character 3 is not a decimal digit", general),
    Refused("10.0.0.١", "U+0661 at character 8 is not a decimal digit", general),
    Refused("10.0.0.😀", "U+1F600 at character 8 is not a decimal digit", general),
    Refused(
      "10.0.0.0/8", "this is a prefix; expected an address",
      "leave out '/' and the length"),
  ]

  @Test(arguments: refused)
  func `anything but a strict dotted quad is refused`(_ refused: Refused) {
    refused.expect(.ipv4Syntax) { try IPv4Address(parsing: $0) }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `every address reads back`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let address = IPv4Address(bits: .random(in: 0 ... .max, using: &random))
      #expect(try IPv4Address(parsing: address.description) == address)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `damaged text is judged as the slow reader judges it`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var accepted = 0
    for _ in 0..<400 {
      let address = IPv4Address(bits: .random(in: 0 ... .max, using: &random))
      let text = damaged(address.description, with: Array("0123456789.+ /"), &random)
      let expected = readSlowly(text)
      #expect((try? IPv4Address(parsing: text)) == expected, "\(text)")
      accepted += expected == nil ? 0 : 1
    }
    #expect(accepted > 40 && accepted < 360)
  }

  private func readSlowly(_ text: String) -> IPv4Address? {
    let octets = text.split(separator: ".", omittingEmptySubsequences: false)
    let values = octets.compactMap { octet in
      UInt8(octet).flatMap { String($0) == octet ? $0 : nil }
    }
    guard octets.count == 4, values.count == 4 else { return nil }
    return IPv4Address(values[0], values[1], values[2], values[3])
  }

  @Test func `addresses are ordered as numbers and not as text`() {
    let sorted = [
      IPv4Address(2, 0, 0, 0), IPv4Address(10, 0, 0, 9), IPv4Address(10, 0, 0, 10),
      IPv4Address(200, 0, 0, 0),
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }
}
