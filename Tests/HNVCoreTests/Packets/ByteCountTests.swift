import HNVCore
import Testing

/// Lengths, against sums of the fields that the RFCs draw.
struct ByteCountTests {
  static let udp = Transport.udp(UDPDatagram(sourcePort: 1, destinationPort: 2, data: bytes(5)))
  static let tcp = Transport.tcp(
    TCPSegment(sourcePort: 1, destinationPort: 2, sequence: 3, flags: .syn, data: bytes(7)))

  static func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0xaa, count: count) }

  private func packet(_ family: IPFamily, _ transport: Transport) throws -> IPPacket {
    let article = try Article(family)
    return try #require(
      IPPacket(
        from: article.a.address, to: article.b.address, timeToLive: 64, transport: transport))
  }

  private func frame(_ family: IPFamily, _ transport: Transport) throws -> EthernetFrame {
    EthernetFrame(
      destination: MACAddress(bits: 1), source: MACAddress(bits: 2),
      payload: .ip(try packet(family, transport)))
  }

  @Test(arguments: [
    // RFC 768: four fields of 16 bits.
    (udp, 2 + 2 + 2 + 2 + 5),
    // RFC 9293 section 3.1: five words of 32 bits.
    (tcp, 5 * 4 + 7),
    // RFC 792: type, code, checksum, identifier, sequence number, data.
    (.icmp(.echoRequest(identifier: 1, sequence: 2, data: bytes(32))), 1 + 1 + 2 + 2 + 2 + 32),
    (.icmp(.echoReply(identifier: 1, sequence: 2, data: [])), 8),
    // RFC 4443 section 4.1: the same fields.
    (.icmpv6(.echoRequest(identifier: 1, sequence: 2, data: bytes(32))), 8 + 32),
    (.icmpv6(.echoReply(identifier: 1, sequence: 2, data: [])), 8),
    (.other(IPProtocol(number: 89), data: bytes(44)), 44),
  ])
  func `a transport has its header and its data`(transport: Transport, count: Int) throws {
    #expect(transport.byteCount == count)
    // RFC 791 section 3.1: five words without options. RFC 8200 section 3: two and two addresses.
    #expect(try packet(.v4, transport).byteCount == 5 * 4 + count)
    #expect(try packet(.v6, transport).byteCount == 2 * 4 + 2 * 16 + count)
    // IEEE 802.3: two addresses and the EtherType.
    #expect(try frame(.v4, transport).byteCount == 6 + 6 + 2 + 20 + count)
    #expect(try frame(.v6, transport).byteCount == 14 + 40 + count)
  }

  @Test func `ARP for IPv4 over Ethernet takes 28 bytes`() throws {
    // RFC 826: two spaces, two lengths, the opcode, and twice a MAC and an IPv4 address.
    let count = 2 + 2 + 1 + 1 + 2 + 2 * (6 + 4)
    let article = try Article(.v4)
    let question = try article.question(from: article.a, for: article.b.address)
    #expect(question.byteCount == 14 + count)
    #expect(ARPMessage.byteCount == count)
  }

  @Test func `neighbour discovery carries a target and an option`() throws {
    let target = IPv6Address(bits: 1)
    let mac = MACAddress(bits: 2)
    // RFC 4861 sections 4.3, 4.4 and 4.6.1: 8 bytes, the target, and an option of 8 bytes.
    let with = Transport.icmpv6(.neighborSolicitation(target: target, sender: mac))
    let without = Transport.icmpv6(.neighborSolicitation(target: target, sender: nil))
    let answer = Transport.icmpv6(
      .neighborAdvertisement(target: target, targetMAC: mac, solicited: true))
    #expect(with.byteCount == 8 + 16 + 8)
    #expect(without.byteCount == 8 + 16)
    #expect(answer.byteCount == 8 + 16 + 8)
  }

  @Test(arguments: [(0, 20), (3, 23), (9, 29), (528, 548), (529, 548), (1400, 548)])
  func `an ICMP error quotes what fits into 576 bytes`(data: Int, quoted: Int) throws {
    // RFC 1812 section 4.3.2.3: 576 less 20 of its own header and 8 of the message.
    let packet = try packet(.v4, .other(IPProtocol(number: 99), data: Self.bytes(data)))
    let quote = QuotedPacket(packet)
    #expect(Transport.icmp(.timeExceeded(quoting: quote)).byteCount == 8 + quoted)
    #expect(Transport.icmp(.destinationUnreachable(.port, quoting: quote)).byteCount == 8 + quoted)
  }

  @Test(arguments: [(0, 40), (100, 140), (1192, 1232), (1193, 1232), (9000, 1232)])
  func `an ICMPv6 error quotes what fits into 1280 bytes`(data: Int, quoted: Int) throws {
    // RFC 4443 section 2.4 (c): 1280 less 40 of its own header and 8 of the message.
    let packet = try packet(.v6, .other(IPProtocol(number: 99), data: Self.bytes(data)))
    let error = Transport.icmpv6(.timeExceeded(quoting: QuotedPacket(packet)))
    let other = Transport.icmpv6(.destinationUnreachable(.port, quoting: QuotedPacket(packet)))
    #expect(error.byteCount == 8 + quoted)
    #expect(other.byteCount == 8 + quoted)
    #expect(try self.packet(.v6, error).byteCount <= 1280)
  }

  @Test func `NVGRE takes 42 bytes more and VXLAN 50, over IPv4`() throws {
    let subnet = try VirtualSubnetID(5001)
    let inner = try frame(.v4, Self.udp)
    let packet = try packet(.v4, Self.udp).byteCount
    // RFC 7637 section 3.2: outer IPv4, GRE with a key, inner Ethernet. 1500 less 42 is 1458.
    let nvgre = Transport.nvgre(NVGREHeader(virtualSubnetID: subnet), inner)
    #expect(try self.packet(.v4, nvgre).byteCount == packet + 20 + (2 + 2 + 4) + 14)
    #expect(try self.packet(.v4, nvgre).byteCount == packet + 42)
    // RFC 7348 section 5: outer IPv4, UDP, VXLAN, inner Ethernet.
    let vxlan = Transport.vxlan(VXLANHeader(virtualSubnetID: subnet), inner)
    #expect(try self.packet(.v4, vxlan).byteCount == packet + 20 + 8 + 8 + 14)
    #expect(try self.packet(.v6, nvgre).byteCount == packet + 62)
  }

  @Test func `Geneve takes 50 bytes more, and 58 as OVN uses it`() throws {
    let inner = try frame(.v4, Self.udp)
    let packet = try packet(.v4, Self.udp).byteCount
    // RFC 8926 section 3.4: outer IPv4, UDP, Geneve, inner Ethernet.
    let plain = GeneveHeader(networkIdentifier: 1)
    #expect(try self.packet(.v4, .geneve(plain, inner)).byteCount == packet + 20 + 8 + 8 + 14)
    // Section 3.5: an option of four bytes, with four of its own.
    let ports = GeneveHeader.LogicalPorts(ingress: 1, egress: 2)
    let tagged = GeneveHeader(networkIdentifier: 1, logicalPorts: ports)
    #expect(try self.packet(.v4, .geneve(tagged, inner)).byteCount == packet + 58)
    #expect(try self.packet(.v6, .geneve(tagged, inner)).byteCount == packet + 78)
  }

  @Test(arguments: [(MPLSHeader.Tunnel.gre, 4), (.udp(sourcePort: 49152), 8)])
  func `MPLS takes 28 bytes more in GRE and 32 in UDP, and 14 for a frame`(
    tunnel: MPLSHeader.Tunnel, byteCount: Int
  ) throws {
    let packet = try packet(.v4, Self.udp)
    let header = MPLSHeader(label: 16, timeToLive: 64, in: tunnel)
    // Outer IPv4, GRE without a key (RFC 4023 section 4) or UDP (RFC 7510 section 3), a label.
    let bare = Transport.mpls(header, .packet(packet))
    #expect(try self.packet(.v4, bare).byteCount == packet.byteCount + 20 + byteCount + 4)
    let framed = Transport.mpls(header, .frame(try frame(.v4, Self.udp)))
    #expect(try self.packet(.v4, framed).byteCount == packet.byteCount + 20 + byteCount + 4 + 14)
  }
}
