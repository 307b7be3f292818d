import HNVCore

/// A sound frame of every kind.
struct FrameSamples {
  private let macA = MACAddress(bits: 0x00_155d_000001)
  private let macB = MACAddress(bits: 0x00_155d_000002)
  private let a = IPv4Address(10, 0, 1, 11)
  private let b = IPv4Address(10, 0, 1, 12)
  private let a6 = IPv6Address(bits: 0x2001_0db8 << 96 | 0xb)
  private let b6 = IPv6Address(bits: 0x2001_0db8 << 96 | 0xc)
  private let subnet: VirtualSubnetID

  init() throws(Diagnostic) { subnet = try VirtualSubnetID(5001) }

  var frames: [EthernetFrame] {
    var frames = [frame(.other(etherType: 0x26, data: [0x42, 0x42, 3])), arp]
    frames += transports4.map { frame(.ip(v4($0))) }
    frames += transports6.map { frame(.ip(v6($0))) }
    frames += [options, fragment, extensions].map { frame(.ip($0)) }
    return frames + tunnels
  }

  private func frame(_ payload: EthernetFrame.Payload, tag: VLANTag? = nil) -> EthernetFrame {
    EthernetFrame(destination: macB, source: macA, tag: tag, payload: payload)
  }

  private func v4(_ transport: Transport) -> IPPacket {
    .v4(IPv4Packet(source: a, destination: b, timeToLive: 64, transport: transport))
  }

  private func v6(_ transport: Transport) -> IPPacket {
    .v6(IPv6Packet(source: a6, destination: b6, hopLimit: 64, transport: transport))
  }

  private var arp: EthernetFrame {
    frame(
      .arp(
        ARPMessage(
          operation: .request, senderMAC: macA, senderAddress: a, targetMAC: MACAddress(bits: 0),
          targetAddress: b)))
  }

  private var datagram: Transport {
    .udp(UDPDatagram(sourcePort: 1000, destinationPort: 53, data: Array("question".utf8)))
  }

  private var segment: Transport {
    .tcp(
      TCPSegment(
        sourcePort: 1000, destinationPort: 80, sequence: 1, flags: .syn, options: [2, 4, 5, 0xb4],
        data: [1, 2, 3]))
  }

  private var transports4: [Transport] {
    let quoted = QuotedPacket(v4(datagram))
    return [
      datagram, segment, .other(IPProtocol(number: 89), data: [1, 2, 3]),
      .vrrp(VRRPAdvertisement(virtualRouterID: 10, priority: 100, addresses: [a, b])),
      .icmp(.echoRequest(identifier: 1, sequence: 2, data: [1, 2, 3])),
      .icmp(.echoReply(identifier: 1, sequence: 2, data: [])),
      .icmp(.destinationUnreachable(.port, quoting: quoted)),
      .icmp(.fragmentationNeeded(mtu: 1400, quoting: quoted)),
      .icmp(.redirect(.host, gateway: a, quoting: quoted)),
      .icmp(.timeExceeded(quoting: quoted)),
      .icmp(.other(type: 13, code: 0, body: [1, 2, 3, 4])),
    ]
  }

  private var transports6: [Transport] {
    let quoted = QuotedPacket(redirecting: v6(segment))
    return [
      datagram, segment, .icmpv6(.echoRequest(identifier: 1, sequence: 2, data: [1, 2, 3])),
      .icmpv6(.destinationUnreachable(.port, quoting: quoted)),
      .icmpv6(.packetTooBig(mtu: 1400, quoting: quoted)), .icmpv6(.timeExceeded(quoting: quoted)),
      .icmpv6(.routerAdvertisement(body: [64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0])),
      .icmpv6(.neighborSolicitation(target: b6, sender: macA)),
      .icmpv6(.neighborAdvertisement(target: b6, targetMAC: macB, solicited: true)),
      .icmpv6(.redirect(.betterHop, target: a6, destination: b6, quoting: quoted)),
    ]
  }

  private var options: IPPacket {
    .v4(
      IPv4Packet(
        source: a, destination: b, timeToLive: 64, options: [0x94, 4, 0, 0], transport: datagram))
  }

  private var fragment: IPPacket {
    var packet = IPv4Packet(
      source: a, destination: b, timeToLive: 64, dontFragment: false, identification: 9,
      transport: .other(.udp, data: [1, 2, 3, 4]))
    packet.fragmentOffset = 185
    return .v4(packet)
  }

  private var extensions: IPPacket {
    .v6(
      IPv6Packet(
        source: a6, destination: b6, hopLimit: 64,
        extensionHeaders: [
          .options(IPProtocol(number: 0), [1, 4, 0, 0, 0, 0]),
          .options(IPProtocol(number: 60), [1, 4, 0, 0, 0, 0]),
          .fragment(Fragment(identification: 9, offset: 0, moreFollow: false)),
        ], transport: datagram))
  }

  private var tunnels: [EthernetFrame] {
    let inner = frame(.ip(v4(segment)))
    let nvgre = Transport.nvgre(NVGREHeader(virtualSubnetID: subnet, flowID: 7), inner)
    let vxlan = Transport.vxlan(VXLANHeader(virtualSubnetID: subnet), frame(.ip(v6(datagram))))
    let twice = Transport.nvgre(NVGREHeader(virtualSubnetID: subnet), frame(.ip(v4(vxlan))))
    let tag = VLANTag(identifier: 10)
    return [
      frame(.ip(v4(nvgre)), tag: tag), frame(.ip(v6(nvgre))), frame(.ip(v4(vxlan))),
      frame(.ip(v6(vxlan)), tag: tag), frame(.ip(v4(twice))),
    ] + otherTunnels(inner)
  }

  private func otherTunnels(_ inner: EthernetFrame) -> [EthernetFrame] {
    let ports = GeneveHeader.LogicalPorts(ingress: 3, egress: 5)
    let transports: [Transport] = [
      .geneve(GeneveHeader(networkIdentifier: 7), inner),
      .geneve(GeneveHeader(networkIdentifier: 7, logicalPorts: ports), inner),
      .mpls(MPLSHeader(label: 17, timeToLive: 63, in: .gre), .frame(inner)),
      .mpls(MPLSHeader(label: 17, timeToLive: 63, in: .gre), .packet(v4(segment))),
      .mpls(MPLSHeader(label: 17, timeToLive: 63, in: .udp(sourcePort: 9)), .frame(inner)),
      .mpls(
        MPLSHeader(label: 17, timeToLive: 63, in: .udp(sourcePort: 9)), .packet(v6(datagram))),
    ]
    return transports.flatMap { [frame(.ip(v4($0))), frame(.ip(v6($0)))] }
  }
}
