import HNVCore
import Testing

/// Parts of packets, and the headers between IPv6 and what it carries.
struct FragmentTests {
  @Test(arguments: [(0x2000, 0, true), (0x00b9, 0xb9, false), (0x20b9, 0xb9, true)])
  func `a fragment of IPv4 carries bytes`(field: UInt16, offset: UInt16, more: Bool) throws {
    var known = IPv4Packet(
      source: KnownFrame.a, destination: KnownFrame.b, timeToLive: 64, dontFragment: false,
      identification: 99,
      // A whole datagram, were it no fragment.
      transport: .other(.udp, data: hex("03e8 0035 000b 0000 686579")))
    (known.moreFragments, known.fragmentOffset) = (more, offset)
    let bytes = IPPacket.v4(known).wireBytes
    #expect(UInt16(bytes[6]) << 8 | UInt16(bytes[7]) == field)
    let read = try IPPacket(decoding: bytes)
    #expect(read == .v4(known))
    #expect(
      read.fragment == Fragment(identification: 99, offset: offset, moreFollow: more))
  }

  /// UDP with a right checksum, for what is no fragment.
  private static let sealed = RawPacket.sealed("03e8 0035 000b 0000 686579", at: 6, 17, v6: true)
  private static let typed = Transport.udp(
    UDPDatagram(sourcePort: 1000, destinationPort: 53, data: Array("hey".utf8)))

  @Test(arguments: [("0001", 0, true), ("05c8", 0xb9, false), ("05c9", 0xb9, true)])
  func `a fragment of IPv6 carries bytes`(field: String, offset: UInt16, more: Bool) throws {
    let header = hex("11 00" + field + "00000063")
    let read = try RawPacket.readV6(44, header + Self.sealed)
    let fragment = Fragment(identification: 99, offset: offset, moreFollow: more)
    #expect(read.extensionHeaders == [.fragment(fragment)])
    #expect(read.fragment == fragment)
    #expect(read.transport == .other(.udp, data: Self.sealed))
  }

  @Test func `a fragment that is all there is carries what it says`() throws {
    // RFC 6946.
    let read = try RawPacket.readV6(44, hex("11 00 0000 00000063") + Self.sealed)
    let fragment = Fragment(identification: 99, offset: 0, moreFollow: false)
    #expect(fragment.isWhole)
    #expect(read.extensionHeaders == [.fragment(fragment)])
    #expect(read.fragment == nil)
    #expect(read.transport == Self.typed)
  }

  @Test func `extension headers are kept in order`() throws {
    // RFC 8200, section 4: hop-by-hop options, destination options, routing, fragment.
    let headers = hex(
      """
      3c 00 05020000 0100  2b 01 0104 00000000 00000000 00000000  2c 00 fd00 00000000
      11 00 0000 00000007
      """)
    let read = try RawPacket.readV6(0, headers + Self.sealed)
    #expect(
      read.extensionHeaders == [
        .options(IPProtocol(number: 0), hex("05020000 0100")),
        .options(IPProtocol(number: 60), hex("0104 00000000 00000000 00000000")),
        .options(IPProtocol(number: 43), hex("fd00 00000000")),
        .fragment(Fragment(identification: 7, offset: 0, moreFollow: false)),
      ])
    #expect(read.transport == Self.typed)
    #expect(read.byteCount == 40 + headers.count + Self.sealed.count)
    #expect(IPPacket.v6(read).wireBytes.dropFirst(40) == (headers + Self.sealed)[...])
  }

  @Test(
    arguments: [
      // Cut off, longer than the packet, and a fragment with a reserved byte or bit.
      (0, "3c"), (60, "11 02 000000000000"), (44, "11 01 0000 00000063"),
      (44, "11 00 0002 00000063"),
      // None, and mobility (135), which is none of those read.
      (59, "0102"), (135, "3b 00 0000 0000 0000"),
    ] as [(UInt8, String)])
  func `an extension header that cannot be read counts as what is carried`(
    number: UInt8, text: String
  ) throws {
    let read = try RawPacket.readV6(number, hex(text))
    #expect(read.extensionHeaders == [])
    #expect(read.transport == .other(IPProtocol(number: number), data: hex(text)))
  }
}
