import HNVCore
import Testing

/// A tunnel is typed only where its type holds every bit of its headers.
struct MalformedTunnelTests {
  private static let inner = " 00155d000002 00155d000001 88cc 0102"
  private static let option = " 0102 80 01 0003 0005"

  private func datagram(_ port: String, _ data: [UInt8]) -> [UInt8] {
    let count = 8 + data.count
    return hex("c001" + port) + [UInt8(count / 256), UInt8(count % 256), 0, 0] + data
  }

  @Test(arguments: [
    // Version 1, an OAM packet, a reserved bit, another protocol, a reserved byte.
    "4000 6558 00000700", "0080 6558 00000700", "0001 6558 00000700", "0000 0800 00000700",
    "0000 6558 00000701",
    // An option without the C flag, the flag without an option, other lengths.
    "0200 6558 00000700" + option, "0040 6558 00000700", "0140 6558 00000700" + option,
    "0440 6558 00000700" + option + option,
    // An option of another class, another type, another length, with a reserved bit, and the bit
    // above the ingress port.
    "0240 6558 00000700 0103 80 01 0003 0005", "0240 6558 00000700 0102 81 01 0003 0005",
    "0240 6558 00000700 0102 80 00 0003 0005", "0240 6558 00000700 0102 80 21 0003 0005",
    "0240 6558 00000700 0102 80 01 8003 0005",
  ])
  func `Geneve with other fields is UDP`(header: String) throws {
    let data = hex(header + Self.inner)
    let plain = UDPDatagram(sourcePort: 0xc001, destinationPort: 6081, data: data)
    #expect(try RawPacket.readV4(17, datagram("17c1", data)) == .udp(plain))
  }

  @Test func `Geneve is read with its checksum or without`() throws {
    let data = hex("0240 6558 ffffff00" + Self.option + Self.inner)
    let ports = GeneveHeader.LogicalPorts(ingress: 3, egress: 5)
    let header = GeneveHeader(
      networkIdentifier: 0xff_ffff, sourcePort: 0xc001, logicalPorts: ports)
    let expected = Transport.geneve(header, try EthernetFrame(decoding: hex(Self.inner)))
    var bytes = datagram("17c1", data)
    #expect(try RawPacket.readV4(17, bytes) == expected)
    #expect(try RawPacket.readV6(17, bytes).transport == expected)
    #expect(KnownFrame.packet(expected).wireBytes[26...27] != [0, 0])
    (bytes[6], bytes[7]) = (0x12, 0x34)
    #expect(try RawPacket.readV4(17, bytes) == .other(.udp, data: bytes))
  }

  /// RFC 792 in RFC 791, as far as MPLS carries it.
  private static let packet =
    "45 00 0020  1234 4000  80 01 d292  0a00010b 0a00010c  08 00 2f33  0102 0304  61626364"

  @Test(arguments: [
    // A further label, a packet cut off, with a byte too many, with a wrong checksum, of a version
    // that no length follows, no frame, nothing.
    "00011 a 3f" + inner, "00011 b 3f 45 00 0020 1234 4000", "00011 b 3f" + packet + "00",
    "00011 b 3f" + packet.replacing("d292", with: "d293"), "00011 b 3f 60" + inner,
    "00011 b 3f 00155d000002 00155d000001", "00011 b 3f", "0001",
    // A frame to 45-15-5D-00-00-02 or 65-15-5D-00-00-02: it could be either.
    "00011 b 3f 45155d000002 00155d000001 88cc 0102",
    "00011 b 3f 65155d000002 00155d000001 88cc 0102",
  ])
  func `MPLS of any other shape stays bytes`(text: String) throws {
    let data = hex(text)
    let gre = hex("0000 8847") + data
    #expect(try RawPacket.readV4(47, gre) == .other(.gre, data: gre))
    let plain = UDPDatagram(sourcePort: 0xc001, destinationPort: 6635, data: data)
    #expect(try RawPacket.readV4(17, datagram("19eb", data)) == .udp(plain))
  }

  @Test(arguments: ["2000 8847 00000007", "1000 8847 00000007", "8000 8847 00000000", "0000 8848"])
  func `MPLS in GRE with a key, a number, a checksum or for a group stays bytes`(
    header: String
  ) throws {
    let bytes = hex(header + "00011 b 3f" + Self.packet)
    #expect(try RawPacket.readV4(47, bytes) == .other(.gre, data: bytes))
  }

  @Test func `the first four bits behind a label tell a packet from a frame`() throws {
    let header = MPLSHeader(label: 17, trafficClass: 5, timeToLive: 63, in: .gre)
    let packet = try IPPacket(decoding: hex(Self.packet))
    let start = "0000 8847 00011 b 3f"
    #expect(
      try RawPacket.readV4(47, hex(start + Self.packet)) == .mpls(header, .packet(packet)))
    for first in ["00", "02", "33", "01", "ff"] {
      let text = first + "155d000002 00155d000001 88cc 0102"
      let frame = try EthernetFrame(decoding: hex(text))
      #expect(try RawPacket.readV4(47, hex(start + text)) == .mpls(header, .frame(frame)))
    }
  }

  @Test func `higher bits of narrow fields are dropped`() {
    let header = MPLSHeader(label: .max, trafficClass: .max, timeToLive: 1, in: .gre)
    #expect(header.label == 0xf_ffff)
    #expect(header.trafficClass == 7)
    #expect(GeneveHeader(networkIdentifier: .max).networkIdentifier == 0xff_ffff)
    let ports = GeneveHeader.LogicalPorts(ingress: .max, egress: .max)
    #expect(ports.ingress == 0x7fff)
    #expect(ports.egress == 0xffff)
  }
}
