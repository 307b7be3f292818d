import HNVCore
import Testing

struct MACAddressTests {
  @Test(arguments: [
    "00-15-5D-01-02-0A", "00:15:5d:01:02:0a", "0015.5d01.020a", "00155D01020A", "00155d01020a",
    "00:15:5D:01:02:0A", "0015.5D01.020A", "00-15-5d-01-02-0a",
  ])
  func `every style stands for the same address`(text: String) throws {
    let address = try MACAddress(parsing: text)
    #expect(address == MACAddress(bits: 0x0015_5d01_020a))
    #expect(address.description == "00-15-5D-01-02-0A")
  }

  static let general = DiagnosticRule.macSyntax.fix
  static let refused = [
    Refused("", "the address is missing", general),
    Refused(
      "00155D01020", "the address 00155D01020 at character 1 has 11 digits instead of 12", general),
    Refused(
      "00155D0102030", "the address 00155D0102030 at character 1 has 13 digits instead of 12",
      general),
    Refused("00-15-5D-01-02", "the address has 5 groups instead of 6", general),
    Refused("00-15-5D-01-02-03-04-05", "the address has 8 groups instead of 6", general),
    Refused("0015.5d01", "the address has 2 groups instead of 3", general),
    Refused("0:15:5d:1:2:3", "the group 0 at character 1 has 1 digit instead of 2", "write 00"),
    Refused(
      "0015.5d1.0203", "the group 5d1 at character 6 has 3 digits instead of 4", "write 05d1"),
    Refused(
      "00:155:d0:10:20:3a", "the group 155 at character 4 has 3 digits instead of 2", general),
    Refused("00-15--01-02-03", "the group at character 7 is missing", general),
    Refused("00-15-5D-01-02-", "the group at character 16 is missing", general),
    Refused("-00-15-5D-01-02", "the group at character 1 is missing", general),
    Refused(
      "00-15-5D:01-02-03", "':' at character 9 is not the separator used before it",
      "use one separator throughout"),
    Refused(
      "0015.5d01:0203", "':' at character 10 is not the separator used before it",
      "use one separator throughout"),
    Refused("00-15-5G-01-02-03", "'G' at character 8 is not a hexadecimal digit", general),
    Refused("00_15_5D_01_02_03", "'_' at character 3 is not a hexadecimal digit", general),
    Refused(
      " 00155D010203", "the space at character 1 is not a hexadecimal digit",
      "leave out the space"),
    Refused("0x155D010203", "'x' at character 2 is not a hexadecimal digit", general),
    Refused("00-15-5D-01-02-é3", "U+00E9 at character 16 is not a hexadecimal digit", general),
  ]

  @Test(arguments: refused)
  func `anything but twelve digits in one style is refused`(_ refused: Refused) {
    refused.expect(.macSyntax) { try MACAddress(parsing: $0) }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `every address reads back in every style`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let bits = UInt64.random(in: 0..<1 << 48, using: &random)
      let digits = Array(String(1 << 48 | bits, radix: 16).dropFirst())
      let octets = stride(from: 0, to: 12, by: 2).map { String(digits[$0..<$0 + 2]) }
      let words = stride(from: 0, to: 12, by: 4).map { String(digits[$0..<$0 + 4]) }
      let styles = [
        String(digits), octets.joined(separator: "-"), octets.joined(separator: ":"),
        words.joined(separator: "."),
      ]
      for text in styles {
        #expect(try MACAddress(parsing: text).bits == bits)
        #expect(try MACAddress(parsing: text.uppercased()).bits == bits)
      }
      #expect(MACAddress(bits: bits).description == styles[1].uppercased())
    }
  }

  @Test func `only the low 48 bits are kept`() {
    #expect(MACAddress(bits: .max) == .broadcast)
    #expect(MACAddress.broadcast.bits == 0xffff_ffff_ffff)
    #expect(MACAddress(bits: 1 << 48 | 5) == MACAddress(bits: 5))
    #expect(MACAddress.broadcast.description == "FF-FF-FF-FF-FF-FF")
  }

  @Test(arguments: [
    ("FF-FF-FF-FF-FF-FF", true), ("01-00-5E-00-00-01", true), ("33-33-00-00-00-01", true),
    ("00-15-5D-01-02-03", false), ("02-00-00-00-00-01", false), ("FE-FF-FF-FF-FF-FF", false),
  ])
  func `a group's address has the low bit of its first octet set`(text: String, isGroup: Bool)
    throws
  {
    #expect(try MACAddress(parsing: text).isMulticast == isGroup)
  }

  @Test(arguments: [
    ("ff02::1", "33-33-00-00-00-01"), ("ff02::1:ff0e:8c6c", "33-33-FF-0E-8C-6C"),
    ("ff05::1234:5678:9abc:def0", "33-33-9A-BC-DE-F0"),
  ])
  func `IPv6 multicast goes to 33-33 and its low 32 bits`(group: String, address: String) throws {
    let destination = try IPv6Address(parsing: group)
    #expect(MACAddress.multicast(for: destination).description == address)
    #expect(MACAddress.multicast(for: destination).isMulticast)
  }

  @Test func `addresses are ordered as numbers`() {
    let sorted = [UInt64(0), 9, 10, 1 << 40, 1 << 47].map { MACAddress(bits: $0) }
    #expect(sorted.reversed().sorted() == sorted)
  }
}
