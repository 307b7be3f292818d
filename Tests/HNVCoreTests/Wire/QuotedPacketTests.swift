import HNVCore
import Testing

/// What an ICMP error quotes, as its receiver reads it.
struct QuotedPacketTests {
  @Test(arguments: KnownFrame.all)
  func `a quotation is what its receiver reads`(known: KnownFrame) throws {
    guard let packet = try known.frame.packet else { return }
    let quoted = QuotedPacket(packet)
    #expect(QuotedPacket(quoting: packet.wireBytes) == quoted)
    #expect(quoted.source == packet.source)
    #expect(quoted.destination == packet.destination)
    #expect(quoted.ipProtocol == packet.transport.ipProtocol)
    #expect(quoted.sourcePort == packet.transport.ports?.source)
    #expect(quoted.destinationPort == packet.transport.ports?.destination)
  }

  @Test func `a short quotation has the ports that it holds`() throws {
    // RFC 792: the header and 8 bytes; here with the option of four bytes.
    let packet = try #require(try KnownFrame.udp.frame.packet)
    for count in 0...packet.byteCount {
      let quoted = QuotedPacket(quoting: packet.wireBytes.prefix(count))
      #expect((quoted != nil) == (count >= 20))
      #expect(quoted?.source == (count < 20 ? nil : packet.source))
      #expect(quoted?.ipProtocol == (count < 20 ? nil : .udp))
      #expect(quoted?.sourcePort == (count < 26 ? nil : 1000))
      #expect(quoted?.destinationPort == (count < 28 ? nil : 53))
    }
  }

  @Test(arguments: ["", "00", "44", "55", "4500", "60", "f5"])
  func `what does not begin with a header quotes nothing`(text: String) {
    let bytes = hex(text)
    #expect(QuotedPacket(quoting: bytes) == nil)
    let isVersioned = bytes == [0x45, 0] || bytes == [0x60]
    let padded = bytes + Array(repeating: 0, count: 60)
    #expect((QuotedPacket(quoting: padded) != nil) == isVersioned)
  }

  @Test func `ports stand behind all headers, and in first fragments`() throws {
    let udp = "03e8 0035 000b 0000 686579"
    func quoted(_ number: UInt8, _ text: String) -> QuotedPacket {
      QuotedPacket(
        .v6(
          IPv6Packet(
            source: KnownFrame.a6, destination: KnownFrame.b6, hopLimit: 9,
            transport: .other(IPProtocol(number: number), data: hex(text)))))
    }
    let rows: [(QuotedPacket, IPProtocol, UInt16?)] = [
      (quoted(0, "3c00 000000000000 1100 000000000000" + udp), .udp, 1000),
      (quoted(44, "1100 0001 00000001" + udp), .udp, 1000),
      (quoted(44, "1100 0008 00000001" + udp), .udp, nil),
      (quoted(44, "0600 0000 00000001" + udp), .tcp, 1000),
      // Cut within the headers: the next of them is all that is known.
      (quoted(0, "3c00 000000000000 11"), IPProtocol(number: 60), nil),
      (quoted(132, udp), IPProtocol(number: 132), nil),
    ]
    for (quoted, ipProtocol, port) in rows {
      #expect(quoted.ipProtocol == ipProtocol)
      #expect(quoted.sourcePort == port)
      #expect(QuotedPacket(quoting: quoted.bytes) == quoted)
    }
    var part = IPv4Packet(
      source: KnownFrame.a, destination: KnownFrame.b, timeToLive: 9,
      transport: .other(.udp, data: hex(udp)))
    part.fragmentOffset = 1
    #expect(QuotedPacket(.v4(part)).sourcePort == nil)
    (part.fragmentOffset, part.moreFragments) = (0, true)
    #expect(QuotedPacket(.v4(part)).sourcePort == 1000)
  }

  /// RFC 4861, section 4.6.3: 1280 bytes less two headers, two addresses and the option's own.
  @Test(arguments: [(0, 40), (3, 43), (8, 48), (1151, 1191), (1152, 1192), (1153, 1192)])
  func `a redirect quotes less, in units of eight`(data: Int, quoted: Int) throws {
    let packet = IPPacket.v6(
      IPv6Packet(
        source: KnownFrame.a6, destination: KnownFrame.b6, hopLimit: 9,
        transport: .other(IPProtocol(number: 99), data: Array(repeating: 7, count: data))))
    let quote = QuotedPacket(redirecting: packet)
    #expect(quote.bytes.count == quoted)
    let redirect = Transport.icmpv6(
      .redirect(
        .betterHop, target: KnownFrame.a6, destination: KnownFrame.b6, quoting: quote))
    #expect(redirect.byteCount == 48 + (quoted + 7) / 8 * 8)
    let sent = IPv6Packet(
      source: KnownFrame.b6, destination: KnownFrame.a6, hopLimit: 255, transport: redirect)
    #expect(sent.byteCount <= 1280)
    #expect(try IPPacket(decoding: IPPacket.v6(sent).wireBytes) == .v6(sent))
  }
}
