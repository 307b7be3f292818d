import HNVCore
import Testing

/// A transport is typed only where its type holds every bit, and where its checksum is right.
struct MalformedTransportTests {
  private static let tcp = "c0000050 01020304 00000000 6002faf0 00000000 020405b4"

  @Test func `TCP with a wrong checksum, offset or reserved bit stays bytes`() throws {
    let good = RawPacket.sealed(Self.tcp, at: 16, 6)
    guard case .tcp = try RawPacket.readV4(6, good) else {
      Issue.record("the good segment is not read")
      return
    }
    var wrong = good
    wrong[17] ^= 1
    var rows = [wrong, Array(good.prefix(19))]
    // A header of 28 bytes, of 16, and the bit that RFC 3540 called NS.
    for offset in ["7002", "4002", "6102"] {
      let text = Self.tcp.replacing("6002", with: offset)
      rows.append(RawPacket.sealed(text, at: 16, 6))
    }
    for row in rows { #expect(try RawPacket.readV4(6, row) == .other(.tcp, data: row)) }
  }

  @Test func `UDP without a checksum is read over IPv4 alone`() throws {
    let bytes = hex("03e8 0035 000b 0000 686579")
    let datagram = UDPDatagram(sourcePort: 1000, destinationPort: 53, data: Array("hey".utf8))
    #expect(try RawPacket.readV4(17, bytes) == .udp(datagram))
    #expect(try RawPacket.readV6(17, bytes).transport == .other(.udp, data: bytes))
  }

  @Test func `a checksum that comes out as zero is sent as its equal`() throws {
    // RFC 768: all ones; the data makes up for everything else in the sum.
    let rest = RawPacket.sealed("03e8 0035 000a 0000 0000", at: 8, 17)
    let bytes = rest.prefix(6) + hex("ffff") + rest.suffix(2)
    let datagram = UDPDatagram(
      sourcePort: 1000, destinationPort: 53, data: Array(rest.suffix(2)))
    #expect(try RawPacket.readV4(17, Array(bytes)) == .udp(datagram))
    #expect(KnownFrame.packet(.udp(datagram)).wireBytes.suffix(10) == bytes)
  }

  @Test(arguments: [
    // Longer and shorter than what the packet carries, and no header.
    "03e8 0035 000c 0000 686579", "03e8 0035 000a 0000 686579", "03e8 0035 0000 0000", "03e8 0035",
    "03e8 0035 000b 0001 686579",
  ])
  func `UDP with a wrong length or checksum stays bytes`(text: String) throws {
    #expect(try RawPacket.readV4(17, hex(text)) == .other(.udp, data: hex(text)))
  }

  private static let inner = " 00155d000002 00155d000001 88cc 0102"

  @Test(arguments: [
    // Another flag, a reserved byte in either word, VNI 4095 and 16777215.
    "0c000000 00138900", "08000001 00138900", "08000000 00138901", "08000000 000fff00",
    "08000000 ffffff00",
  ])
  func `VXLAN with other fields is UDP`(header: String) throws {
    let data = hex(header + Self.inner)
    let bytes = hex("c001 12b5 0020 0000") + data
    let datagram = UDPDatagram(sourcePort: 0xc001, destinationPort: 4789, data: data)
    #expect(try RawPacket.readV4(17, bytes) == .udp(datagram))
  }

  @Test func `VXLAN is read with its checksum or without, to its own port alone`() throws {
    let data = "08000000 00138900" + Self.inner
    let frame = try EthernetFrame(decoding: hex(Self.inner))
    let header = VXLANHeader(virtualSubnetID: try VirtualSubnetID(5001), sourcePort: 0xc001)
    let sealed = RawPacket.sealed("c001 12b5 0020 0000" + data, at: 6, 17)
    #expect(try RawPacket.readV4(17, sealed) == .vxlan(header, frame))
    let unsealed = hex("c001 12b5 0020 0000" + data)
    #expect(try RawPacket.readV4(17, unsealed) == .vxlan(header, frame))
    #expect(try RawPacket.readV6(17, unsealed).transport == .vxlan(header, frame))
    let wrong = hex("c001 12b5 0020 1234" + data)
    #expect(try RawPacket.readV4(17, wrong) == .other(.udp, data: wrong))
    let other = hex("c001 2118 0020 0000" + data)
    guard case .udp = try RawPacket.readV4(17, other) else {
      Issue.record("not UDP")
      return
    }
  }

  @Test(arguments: [
    // A sequence number, no key, another version, IPv4 inside, VSID 4095, no room for a frame.
    "30006558 00138900" + inner, "00006558 00138900" + inner, "20016558 00138900" + inner,
    "20000800 00138900" + inner, "20006558 000fff00" + inner, "20006558 00138900 00155d000002",
    "2000",
  ])
  func `GRE that is not NVGRE stays bytes`(text: String) throws {
    #expect(try RawPacket.readV4(47, hex(text)) == .other(.gre, data: hex(text)))
  }

  @Test func `ICMP of the other family is no ICMP`() throws {
    let four = RawPacket.sealed("0800 0000 00010002", at: 2)
    #expect(try RawPacket.readV6(1, four).transport == .other(.icmp, data: four))
    let six = RawPacket.sealed("8000 0000 00010002", at: 2, 58)
    #expect(try RawPacket.readV4(58, six) == .other(.icmpv6, data: six))
  }

  @Test(
    arguments: [
      // An echo's code, a word cut off, an unknown code, a reserved field, no header in the
      // quotation.
      ("0801 0000 00010002", 8, 1), ("0800 0000 0001", 8, 0), ("030f 0000 00000000", 3, 15),
      ("0304 0000 00010578", 3, 4), ("0b00 0000 00000000 4500", 11, 0),
      ("0d00 0000 00000000", 13, 0),
    ] as [(String, UInt8, UInt8)])
  func `an ICMP message with other fields keeps its body`(
    text: String, type: UInt8, code: UInt8
  ) throws {
    let bytes = RawPacket.sealed(text, at: 2)
    let message = ICMPMessage.other(type: type, code: code, body: Array(bytes.dropFirst(4)))
    #expect(try RawPacket.readV4(1, bytes) == .icmp(message))
    var wrong = bytes
    wrong[3] ^= 1
    #expect(try RawPacket.readV4(1, wrong) == .other(.icmp, data: wrong))
  }

  private static let target = "20010db8000100000000 00000000000c"

  @Test(arguments: [
    // RFC 4861, section 4.4: from a router, not overriding, without its option, with another, with
    // two, and a reserved bit.
    "8800 0000 e0000000" + target + "0201 00155d000002",
    "8800 0000 40000000" + target
      + "0201 00155d000002",
    "8800 0000 60000000" + target, "8800 0000 60000000" + target + "0101 00155d000002",
    "8800 0000 60000000" + target + "0201 00155d000002 0201 00155d000002",
    "8800 0000 60000001" + target + "0201 00155d000002",
    // Section 4.3: an option of another kind, and half an option.
    "8700 0000 00000000" + target + "0e01 000102030405", "8700 0000 00000000" + target + "0101",
    "8701 0000 00000000" + target,
    // Section 4.2: a code that has no meaning; section 4.5: no quotation.
    "8601 0000 40000708", "8900 0000 00000000" + target + target,
  ])
  func `neighbour discovery with other fields keeps its body`(text: String) throws {
    let bytes = RawPacket.sealed(text, at: 2, 58, v6: true)
    let message = ICMPv6Message.other(
      type: bytes[0], code: bytes[1], body: Array(bytes.dropFirst(4)))
    #expect(try RawPacket.readV6(58, bytes).transport == .icmpv6(message))
  }
}
