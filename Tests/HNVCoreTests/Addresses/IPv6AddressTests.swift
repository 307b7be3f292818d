import HNVCore
import Testing

struct IPv6AddressTests {
  /// RFC 4291 section 2.2 and RFC 5952 sections 1 to 5, with the spelling the latter recommends.
  @Test(arguments: [
    ("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"),
    ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
    ("FF01:0:0:0:0:0:0:101", "ff01::101"), ("0:0:0:0:0:0:0:1", "::1"), ("0:0:0:0:0:0:0:0", "::"),
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("0::0", "::"), ("::1:2", "::1:2"),
    ("0:0:0:0:0:0:13.1.68.3", "::d01:4403"), ("::13.1.68.3", "::d01:4403"),
    ("0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38"),
    ("::ffff:8190:3426", "::ffff:129.144.52.38"), ("::fffe:1.2.3.4", "::fffe:102:304"),
    ("1::ffff:1.2.3.4", "1::ffff:102:304"), ("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0db8::0001", "2001:db8::1"),
    ("2001:db8::1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAaA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"),
    ("1:0:0:2:0:0:3:0", "1::2:0:0:3:0"), ("0:0:1::", "0:0:1::"), ("fe80::", "fe80::"),
  ])
  func `every form is read and one is written`(text: String, canonical: String) throws {
    let address = try IPv6Address(parsing: text)
    #expect(address.description == canonical)
    #expect(try IPv6Address(parsing: canonical) == address)
    #expect(readSlowly(text) == address.bits)
  }

  static let general = DiagnosticRule.ipv6Syntax.fix
  static let refused = [
    Refused("", "the address is missing", general),
    Refused(
      "1:2:3:4:5:6:7", "the address has 7 groups instead of 8",
      "write eight groups, or '::' for a run of zeros"),
    Refused("1:2:3:4:5:6:7:8:9", "the address has 9 groups instead of 8", general),
    Refused("1:2:3:4:5:6:7:1.2.3.4", "the address has 9 groups instead of 8", general),
    Refused(
      "1::2:3:4:5:6:7:8", "the address has 8 groups, which leaves none for '::' to stand for",
      "write all eight groups without '::'"),
    Refused(
      "::1:2:3:4:5:6:7:8:9", "the address has 9 groups, which leaves none for '::' to stand for",
      "write all eight groups without '::'"),
    Refused("1::2::3", "'::' at character 5 is the second one", "write only one run as '::'"),
    Refused("::1::", "'::' at character 4 is the second one", "write only one run as '::'"),
    Refused("1:", "':' at character 2 has no group after it", general),
    Refused("::1:", "':' at character 4 has no group after it", general),
    Refused(":", "the group at character 1 is missing", general),
    Refused(":1::", "the group at character 1 is missing", general),
    Refused(":::", "the group at character 3 is missing", general),
    Refused("1:::2", "the group at character 4 is missing", general),
    Refused(
      "2001:00db8::", "the group 00db8 at character 6 has more than four digits",
      "write one to four hexadecimal digits to a group"),
    Refused("2001:dg8::", "'g' at character 7 is not a hexadecimal digit", general),
    Refused("2001:+db::", "'+' at character 6 is not a hexadecimal digit", "leave out '+'"),
    Refused(":: 1", "the space at character 3 is not a hexadecimal digit", "leave out the space"),
    Refused("::é", "U+00E9 at character 3 is not a hexadecimal digit", general),
    Refused(
      "fe80::1%eth0", "the zone from '%' at character 8 on is no part of the address",
      "leave out everything from '%' on"),
    Refused("[::1]", "the address stands in brackets", "leave out '[' and ']'"),
    Refused(
      "2001:db8::/32", "this is a prefix; expected an address",
      "leave out '/' and the length"),
    Refused(
      "::1.2.3.4:5", "the dotted quad 1.2.3.4 at character 3 is not at the end",
      "write a dotted quad only in place of the last two groups"),
    Refused(
      "::ffff:10.256.0.1", "the octet 256 at character 11 is above 255",
      "use an octet from 0 to 255"),
    Refused("::ffff:10.0.a.1", "'a' at character 13 is not a decimal digit", general),
    Refused(
      "::ffff:10.0.1", "the address has 3 octets instead of 4",
      "write all four octets, the zeros too"),
  ]

  @Test(arguments: refused)
  func `anything that RFC 4291 does not allow is refused`(_ refused: Refused) {
    refused.expect(.ipv6Syntax) { try IPv6Address(parsing: $0) }
    #expect(readSlowly(refused.text) == nil)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `every address is written as the slow writer does and reads back`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let groups = sparseGroups(&random)
      let address = IPv6Address(bits: groups.reduce(0) { $0 << 16 | UInt128($1) })
      #expect(address.description == writeSlowly(groups))
      #expect(try IPv6Address(parsing: address.description) == address)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `damaged text is judged as the slow reader judges it`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabet = Array("::::0123456789abcdefABCDEF.%g")
    var accepted = 0
    for _ in 0..<200 {
      let address = IPv6Address(bits: sparseGroups(&random).reduce(0) { $0 << 16 | UInt128($1) })
      var text = damaged(address.description, with: alphabet, &random)
      if text.isEmpty { text = ":" }
      text = damaged(text, with: alphabet, &random)
      let expected = readSlowly(text)
      #expect((try? IPv6Address(parsing: text))?.bits == expected, "\(text)")
      accepted += expected == nil ? 0 : 1
    }
    #expect(accepted > 20 && accepted < 180)
  }

  /// Groups of which many are zero, and now and then the start of an IPv4-mapped address.
  private func sparseGroups(_ random: inout SplitMix64) -> [UInt16] {
    var groups: [UInt16] = []
    let isMapped = Int.random(in: 0..<6, using: &random) == 0
    for index in 0..<8 {
      let isZero = Bool.random(using: &random) || isMapped && index < 5
      groups.append(isZero ? 0 : .random(in: 0 ... .max, using: &random) >> 4)
    }
    if isMapped { groups[5] = 0xffff }
    return groups
  }

  @Test(arguments: [
    // The example of RFC 4291 section 2.7.1.
    ("4037::01:800:200e:8c6c", "ff02::1:ff0e:8c6c"), ("2001:db8::2", "ff02::1:ff00:2"),
    ("fe80::ffff:ffff", "ff02::1:ffff:ffff"), ("::", "ff02::1:ff00:0"),
  ])
  func `a neighbour is solicited at the low 24 bits`(text: String, group: String) throws {
    #expect(try IPv6Address(parsing: text).solicitedNodeMulticast.description == group)
  }

  @Test func `addresses are ordered as numbers and not as text`() throws {
    let sorted = [UInt128(0), 9, 10, 1 << 64, 1 << 127, .max].map { IPv6Address(bits: $0) }
    #expect(sorted.reversed().sorted() == sorted)
  }
}

/// Reads by cutting the text apart at '::' and then at ':'.
private func readSlowly(_ text: String) -> UInt128? {
  let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
  var groups: [[UInt16]] = []
  for (index, half) in halves.enumerated() {
    var pieces = half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
    var quad: [UInt16] = []
    if index == halves.count - 1, let last = pieces.last, last.contains(".") {
      guard let address = try? IPv4Address(parsing: String(last)) else { return nil }
      quad = [UInt16(address.bits >> 16), UInt16(address.bits & 0xffff)]
      pieces.removeLast()
    }
    guard pieces.allSatisfy({ 1...4 ~= $0.count && $0.allSatisfy(\.isHexDigit) }) else {
      return nil
    }
    groups.append(pieces.compactMap { UInt16($0, radix: 16) } + quad)
  }
  let count = groups.reduce(0) { $0 + $1.count }
  if groups.count == 2, count < 8 {
    groups.insert([UInt16](repeating: 0, count: 8 - count), at: 1)
  } else if groups.count != 1 || count != 8 {
    return nil
  }
  return groups.joined().reduce(0) { $0 << 16 | UInt128($1) }
}

/// Writes by trying every run of zeros, the longest and leftmost first.
private func writeSlowly(_ groups: [UInt16]) -> String {
  let texts = groups.map { String($0, radix: 16) }
  if groups[..<6] == [0, 0, 0, 0, 0, 0xffff] {
    return "::ffff:"
      + [6, 7].map { "\(groups[$0] >> 8).\(groups[$0] & 0xff)" }.joined(separator: ".")
  }
  for length in stride(from: 8, to: 1, by: -1) {
    for start in 0...(8 - length) where groups[start..<start + length].allSatisfy({ $0 == 0 }) {
      return texts[..<start].joined(separator: ":") + "::"
        + texts[(start + length)...].joined(separator: ":")
    }
  }
  return texts.joined(separator: ":")
}
