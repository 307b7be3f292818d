import HNVCore
import Testing

/// Tunnels of other networks, around the same echo request.
extension KnownFrame {
  private static func outer(_ transport: Transport) -> EthernetFrame {
    frame(
      .v4(IPv4Packet(source: pa, destination: pb, timeToLive: 64, transport: transport)),
      from: hostA, to: hostB)
  }

  private static func outer6(_ transport: Transport) -> EthernetFrame {
    frame(
      .v6(IPv6Packet(source: pa6, destination: pb6, hopLimit: 64, transport: transport)),
      from: hostA, to: hostB)
  }

  /// RFC 8926, sections 3.4 and 3.5, with the option of ovn-architecture(7): two words of options,
  /// the C flag, and class 0x0102, type 0x80, one word of data.
  static let geneve = KnownFrame(
    "Geneve over IPv4 with OVN's option",
    """
    0200c0a80416 0200c0a8040b 0800
    45 00 005a  0000 4000  40 11 b121  c0a8040b c0a80416
    c001 17c1 0046 6c5b  02 40 6558 000007 00  0102 80 01 0003 8005
    """ + innerText,
    outer(
      .geneve(
        GeneveHeader(
          networkIdentifier: 7, sourcePort: 49153,
          logicalPorts: GeneveHeader.LogicalPorts(ingress: 3, egress: 0x8005)), inner)))

  static let geneve6 = KnownFrame(
    "Geneve over IPv6",
    """
    0200c0a80416 0200c0a8040b 86dd
    6 00 00000  003e 11 40  20010db800ff00000000 00000000000b  20010db800ff00000000 000000000016
    c001 17c1 003e 9b98  00 00 6558 000007 00
    """ + innerText,
    outer6(.geneve(GeneveHeader(networkIdentifier: 7, sourcePort: 49153), inner)))

  /// Label 17, traffic class 5, the bottom of the stack, TTL 63 (RFC 3032, section 2.1):
  /// 17 in 20 bits, 101 and 1, 63.
  private static let entryText = "00011 b 3f"

  private static func entry(in tunnel: MPLSHeader.Tunnel) -> MPLSHeader {
    MPLSHeader(label: 17, trafficClass: 5, timeToLive: 63, in: tunnel)
  }

  /// The inner frame without its Ethernet header.
  private static let packetText = innerText.split(separator: "\n").dropFirst().joined()

  /// RFC 4023, section 4.
  static let labelledPacket = KnownFrame(
    "an IP packet in MPLS in GRE",
    """
    0200c0a80416 0200c0a8040b 0800
    45 00 003c  0000 4000  40 2f b121  c0a8040b c0a80416
    0000 8847
    """ + entryText + packetText,
    try outer(.mpls(entry(in: .gre), .packet(#require(inner.packet)))))

  /// RFC 7510, section 3.
  static let labelledFrame = KnownFrame(
    "a frame in MPLS in UDP",
    """
    0200c0a80416 0200c0a8040b 0800
    45 00 004e  0000 4000  40 11 b12d  c0a8040b c0a80416
    c001 19eb 003a 0000
    """ + entryText + innerText,
    outer(.mpls(entry(in: .udp(sourcePort: 49153)), .frame(inner))))

  static let labelledPacket6 = KnownFrame(
    "an IP packet in MPLS in UDP over IPv6",
    """
    0200c0a80416 0200c0a8040b 86dd
    6 00 00000  002c 11 40  20010db800ff00000000 00000000000b  20010db800ff00000000 000000000016
    c001 19eb 002c acd8
    """ + entryText + packetText,
    try outer6(.mpls(entry(in: .udp(sourcePort: 49153)), .packet(#require(inner.packet)))))
}
