import HNVCore
import Testing

/// A frame written by hand, field by field as the RFCs draw it, and what it means.
struct KnownFrame: CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  private let meaning: @Sendable () throws -> EthernetFrame

  var frame: EthernetFrame { get throws { try meaning() } }

  init(
    _ name: String, _ text: String,
    _ meaning: @autoclosure @escaping @Sendable () throws -> EthernetFrame
  ) {
    testDescription = name
    bytes = hex(text)
    self.meaning = meaning
  }

  static let (macA, macB) = (MACAddress(bits: 0x00_155d_000001), MACAddress(bits: 0x00_155d_000002))
  static let (hostA, hostB) = (
    MACAddress(bits: 0x0200_c0a8_040b), MACAddress(bits: 0x0200_c0a8_0416)
  )
  static let (a, b) = (IPv4Address(10, 0, 1, 11), IPv4Address(10, 0, 1, 12))
  static let (a6, b6) = (address6(0x1, 0xb), address6(0x1, 0xc))
  static let (pa, pb) = (IPv4Address(192, 168, 4, 11), IPv4Address(192, 168, 4, 22))
  static let (pa6, pb6) = (address6(0xff, 0xb), address6(0xff, 0x16))

  /// 2001:db8:*network*::*host*.
  private static func address6(_ network: UInt128, _ host: UInt128) -> IPv6Address {
    IPv6Address(bits: 0x2001_0db8 << 96 | network << 80 | host)
  }

  static func frame(
    _ packet: IPPacket, from source: MACAddress = macA, to destination: MACAddress = macB,
    tag: VLANTag? = nil
  ) -> EthernetFrame {
    EthernetFrame(destination: destination, source: source, tag: tag, payload: .ip(packet))
  }

  static func packet(_ transport: Transport, timeToLive: UInt8 = 64) -> IPPacket {
    .v4(IPv4Packet(source: a, destination: b, timeToLive: timeToLive, transport: transport))
  }

  /// Ethernet, IPv4 and ICMP of the echo request that the tunnels below carry.
  static let innerText = """
    00155d000002 00155d000001 0800
    45 00 0020  1234 4000  80 01 d292  0a00010b 0a00010c
    08 00 2f33  0102 0304  61626364
    """

  static let inner = frame(
    .v4(
      IPv4Packet(
        source: a, destination: b, timeToLive: 128, identification: 0x1234,
        transport: .icmp(
          .echoRequest(identifier: 0x0102, sequence: 0x0304, data: Array("abcd".utf8))))))

  /// RFC 826.
  static let arp = KnownFrame(
    "ARP request",
    """
    ffffffffffff 00155d000001 0806
    0001 0800 06 04 0001  00155d000001 0a00010b  000000000000 0a00010c
    """,
    EthernetFrame(
      destination: .broadcast, source: macA,
      payload: .arp(
        ARPMessage(
          operation: .request, senderMAC: macA, senderAddress: a, targetMAC: MACAddress(bits: 0),
          targetAddress: b))))

  /// RFC 791, RFC 792.
  static let echo = KnownFrame("ICMP echo request over IPv4", innerText, inner)

  /// RFC 768 in a packet with the option of RFC 2113.
  static let udp = KnownFrame(
    "UDP over IPv4 with a router alert",
    """
    00155d000002 00155d000001 0800
    46 00 0023  0000 4000  40 11 8faf  0a00010b 0a00010c  94040000
    03e8 0035 000b 043f  686579
    """,
    frame(
      .v4(
        IPv4Packet(
          source: a, destination: b, timeToLive: 64, options: [0x94, 4, 0, 0],
          transport: .udp(
            UDPDatagram(sourcePort: 1000, destinationPort: 53, data: Array("hey".utf8)))))))

  /// RFC 768 over RFC 8200.
  static let udp6 = KnownFrame(
    "UDP over IPv6",
    """
    00155d000002 00155d000001 86dd
    6 b8 12345  000c 11 40  20010db8000100000000 00000000000b  20010db8000100000000 00000000000c
    03e8 0035 000c bea7  68657921
    """,
    frame(
      .v6(
        IPv6Packet(
          source: a6, destination: b6, hopLimit: 64, trafficClass: 0xb8, flowLabel: 0x12345,
          transport: .udp(
            UDPDatagram(sourcePort: 1000, destinationPort: 53, data: Array("hey!".utf8)))))))

  /// RFC 9293, with a maximum segment size.
  static let syn = KnownFrame(
    "TCP SYN",
    """
    00155d000002 00155d000001 0800
    45 00 002c  0000 4000  40 06 24b6  0a00010b 0a00010c
    c000 0050  01020304  00000000  60 02 faf0  c2c8 0000  020405b4
    """,
    frame(
      packet(
        .tcp(
          TCPSegment(
            sourcePort: 49152, destinationPort: 80, sequence: 0x0102_0304, flags: .syn,
            window: 64240, options: [2, 4, 5, 0xb4])))))

  /// RFC 4861, section 4.3.
  static let solicitation = KnownFrame(
    "neighbour solicitation",
    """
    3333ff00000c 00155d000001 86dd
    6 00 00000  0020 3a ff  20010db8000100000000 00000000000b  ff0200000000000000000001 ff00000c
    87 00 c0f1  00000000  20010db8000100000000 00000000000c  01 01 00155d000001
    """,
    frame(
      .v6(
        IPv6Packet(
          source: a6, destination: b6.solicitedNodeMulticast, hopLimit: 255,
          transport: .icmpv6(.neighborSolicitation(target: b6, sender: macA)))),
      to: MACAddress(bits: 0x3333_ff00_000c)))

  /// RFC 4861, section 4.4, with the flags S and O.
  static let advertisement = KnownFrame(
    "neighbour advertisement",
    """
    00155d000001 00155d000002 86dd
    6 00 00000  0020 3a ff  20010db8000100000000 00000000000c  20010db8000100000000 00000000000b
    88 00 2f3b  60000000  20010db8000100000000 00000000000c  02 01 00155d000002
    """,
    frame(
      .v6(
        IPv6Packet(
          source: b6, destination: a6, hopLimit: 255,
          transport: .icmpv6(
            .neighborAdvertisement(target: b6, targetMAC: macB, solicited: true)))),
      from: macB, to: macA))

  /// RFC 1191, section 4.
  static let tooBig = KnownFrame(
    "ICMP fragmentation needed",
    """
    00155d000001 00155d000002 0800
    45 00 003f  0000 4000  40 01 24b3  0a000101 0a00010b
    03 04 0db7  0000 0578
    46 00 0023  0000 4000  40 11 8faf  0a00010b 0a00010c  94040000
    03e8 0035 000b 043f  686579
    """,
    try frame(
      .v4(
        IPv4Packet(
          source: IPv4Address(10, 0, 1, 1), destination: a, timeToLive: 64,
          transport: .icmp(
            .fragmentationNeeded(
              mtu: 1400, quoting: QuotedPacket(#require(udp.frame.packet)))))),
      from: macB, to: macA))

  /// RFC 7637, section 3.2.
  static let nvgre = KnownFrame(
    "NVGRE over IPv4",
    """
    0200c0a80416 0200c0a8040b 0800
    45 00 004a  0000 4000  80 2f 7113  c0a8040b c0a80416
    2000 6558  001389 07
    """ + innerText,
    try frame(tunnelled, from: hostA, to: hostB))

  /// 5001 is 0x1389.
  private static var header: NVGREHeader {
    get throws { NVGREHeader(virtualSubnetID: try VirtualSubnetID(5001), flowID: 7) }
  }

  private static var vxlanHeader: VXLANHeader {
    get throws { VXLANHeader(virtualSubnetID: try VirtualSubnetID(5001), sourcePort: 49153) }
  }

  private static var tunnelled: IPPacket {
    get throws {
      .v4(
        IPv4Packet(
          source: pa, destination: pb, timeToLive: 128, transport: .nvgre(try header, inner)))
    }
  }

  static let nvgre6 = KnownFrame(
    "NVGRE over IPv6",
    """
    0200c0a80416 0200c0a8040b 86dd
    6 00 00000  0036 2f 80  20010db800ff00000000 00000000000b  20010db800ff00000000 000000000016
    2000 6558  001389 07
    """ + innerText,
    try frame(
      .v6(
        IPv6Packet(
          source: pa6, destination: pb6, hopLimit: 128,
          transport: .nvgre(header, inner))),
      from: hostA, to: hostB))

  /// RFC 7348, section 5.
  static let vxlan = KnownFrame(
    "VXLAN over IPv4",
    """
    0200c0a80416 0200c0a8040b 0800
    45 00 0052  0000 4000  40 11 b129  c0a8040b c0a80416
    c001 12b5 003e 0000  08 000000 001389 00
    """ + innerText,
    try frame(
      .v4(
        IPv4Packet(
          source: pa, destination: pb, timeToLive: 64,
          transport: .vxlan(vxlanHeader, inner))),
      from: hostA, to: hostB))

  static let vxlan6 = KnownFrame(
    "VXLAN over IPv6",
    """
    0200c0a80416 0200c0a8040b 86dd
    6 00 00000  003e 11 40  20010db800ff00000000 00000000000b  20010db800ff00000000 000000000016
    c001 12b5 003e 7be9  08 000000 001389 00
    """ + innerText,
    try frame(
      .v6(
        IPv6Packet(
          source: pa6, destination: pb6, hopLimit: 64,
          transport: .vxlan(vxlanHeader, inner))),
      from: hostA, to: hostB))

  /// IEEE 802.1Q-2018, section 9.6: priority 5, VLAN 10.
  static let tagged = KnownFrame(
    "NVGRE in VLAN 10",
    """
    0200c0a80416 0200c0a8040b 8100 a00a 0800
    45 00 004a  0000 4000  80 2f 7113  c0a8040b c0a80416
    2000 6558  001389 07
    """ + innerText,
    try frame(tunnelled, from: hostA, to: hostB, tag: VLANTag(identifier: 10, priority: 5)))

  static let all = [
    arp, echo, udp, udp6, syn, solicitation, advertisement, tooBig, nvgre, nvgre6, vxlan, vxlan6,
    tagged, geneve, geneve6, labelledPacket, labelledFrame, labelledPacket6, vrrp,
  ]
}
