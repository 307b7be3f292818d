import Foundation
import HNVCore
import HNVSim
import Testing

/// Kinds of packets that only some networks send, each as the standard analyser reads it.
@Suite(.enabled(if: Analyser.path != nil, "skipped: tshark is not installed"))
struct AnalyserPacketTests {
  /// A packet on the underlay, and what the analyser should find behind its IP header.
  struct Row {
    let transport: Transport
    let protocols: String
    let fields: [String: [String]]
  }

  private static let (macA, macB) = (MACAddress(bits: 0x0200_0000_0001), MACAddress(bits: 2))
  private static let (a, b) = (IPv4Address(10, 0, 1, 11), IPv4Address(10, 0, 1, 12))

  private static let echo = IPPacket.v4(
    IPv4Packet(
      source: a, destination: b, timeToLive: 64,
      transport: .icmp(.echoRequest(identifier: 1, sequence: 2, data: [1, 2, 3]))))

  private static let inner = EthernetFrame(
    destination: macB, source: macA, payload: .ip(echo))

  private static let question = EthernetFrame(
    destination: .broadcast, source: macA,
    payload: .arp(
      ARPMessage(
        operation: .request, senderMAC: macA, senderAddress: a, targetMAC: MACAddress(bits: 0),
        targetAddress: b)))

  private static let innerStacks = [
    (inner, "eth:ethertype:ip:icmp:data"), (question, "eth:ethertype:arp"),
  ]

  private static var geneve: [Row] {
    let ports = GeneveHeader.LogicalPorts(ingress: 3, egress: 0x8005)
    return innerStacks.flatMap { frame, stack in
      [
        Row(
          transport: .geneve(GeneveHeader(networkIdentifier: 7), frame),
          protocols: "udp:geneve:\(stack)", fields: ["geneve.vni": ["0x000007"]]),
        Row(
          transport: .geneve(
            GeneveHeader(networkIdentifier: 0xff_ffff, logicalPorts: ports), frame),
          protocols: "udp:geneve:\(stack)",
          fields: ["geneve.vni": ["0xffffff"], "geneve.option.unknown.data": ["00038005"]]),
      ]
    }
  }

  /// Label 17 is of packets, label 18 of frames.
  private static var mpls: [Row] {
    [(MPLSHeader.Tunnel.gre, "gre"), (.udp(sourcePort: 50_000), "udp")].flatMap { tunnel, name in
      let fields = ["mpls.exp": ["5"], "mpls.ttl": ["63"]]
      let packets = MPLSHeader(label: 17, trafficClass: 5, timeToLive: 63, in: tunnel)
      let frames = MPLSHeader(label: 18, trafficClass: 5, timeToLive: 63, in: tunnel)
      return [
        Row(
          transport: .mpls(packets, .packet(echo)), protocols: "\(name):mpls:ip:icmp:data",
          fields: fields.merging(["mpls.label": ["17"]]) { $1 })
      ]
        + innerStacks.map { frame, stack in
          Row(
            transport: .mpls(frames, .frame(frame)), protocols: "\(name):mpls:\(stack)",
            fields: fields.merging(["mpls.label": ["18"]]) { $1 })
        }
    }
  }

  private static func frame(_ transport: Transport, _ family: IPFamily) -> EthernetFrame {
    let packet: IPPacket =
      switch family {
      case .v4:
        .v4(
          IPv4Packet(
            source: IPv4Address(192, 168, 4, 11), destination: IPv4Address(192, 168, 4, 22),
            timeToLive: 64, transport: transport))
      case .v6:
        .v6(
          IPv6Packet(
            source: IPv6Address(bits: 0x2001_0db8 << 96 | 0xb),
            destination: IPv6Address(bits: 0x2001_0db8 << 96 | 0x16), hopLimit: 64,
            transport: transport))
      }
    return EthernetFrame(destination: macB, source: macA, payload: .ip(packet))
  }

  @Test func `tunnels of other networks`() throws {
    let rows = IPFamily.allCases.flatMap { family in
      (Self.geneve + Self.mpls).map { (family, $0) }
    }
    try Self.expectClean(rows)
  }

  @Test func `an advertisement of VRRP`() throws {
    let advertisement = VRRPAdvertisement(
      virtualRouterID: 10, priority: 100, maxAdvertisementInterval: 250,
      addresses: [Self.a, Self.b])
    let fields = [
      "vrrp.virt_rtr_id": ["10"], "vrrp.prio": ["100"], "vrrp.short_adver_int": ["250"],
      "vrrp.ip_addr": ["10.0.1.11", "10.0.1.12"],
    ]
    try Self.expectClean([
      (.v4, Row(transport: .vrrp(advertisement), protocols: "vrrp", fields: fields))
    ])
  }

  private static func expectClean(_ rows: [(family: IPFamily, row: Row)]) throws {
    let capture = CaptureFile(
      interfaces: [CaptureFile.Interface(name: "uplink")],
      packets: rows.map { family, row in
        CaptureFile.Packet(
          interface: 0, time: VirtualTime(nanoseconds: 1),
          bytes: frame(row.transport, family).wireBytes)
      })
    let read = try Analyser.dissect(capture.pcapng, labelsOfFrames: [18])
    try #require(read.count == rows.count)
    for (frame, (family, row)) in zip(read, rows) {
      let about: Comment = "\(row.protocols) over \(family): \(frame.values)"
      #expect(frame["_ws.malformed"].isEmpty, about)
      // PI_WARN of Wireshark's epan/proto.h, and below it remarks.
      #expect(frame["_ws.expert.severity"].allSatisfy { (Int($0) ?? .max) < 0x60_0000 }, about)
      let header = family == .v4 ? "eth:ethertype:ip:" : "eth:ethertype:ipv6:"
      #expect(frame.protocols == header + row.protocols, about)
      // 1 is good, 3 is absent: MPLS in UDP over IPv4.
      let mayLack = family == .v4 && row.protocols.hasPrefix("udp:mpls")
      #expect(frame.checksums.allSatisfy { $0 == "1" || mayLack && $0 == "3" }, about)
      for (field, values) in row.fields { #expect(frame[field] == values, about) }
    }
  }
}
