import HNVCore
import Testing

@testable import HNVSim

/// What a trace says of packets around others, and who takes them.
struct TransportWordsTests {
  private static func packet(_ transport: Transport) -> IPPacket {
    .v4(
      IPv4Packet(
        source: IPv4Address(10, 0, 1, 11), destination: IPv4Address(10, 0, 1, 12),
        timeToLive: 64, transport: transport))
  }

  private static let packet = packet(
    .icmp(.echoRequest(identifier: 1, sequence: 2, data: [1, 2, 3])))

  private static let frame = EthernetFrame(
    destination: MACAddress(bits: 2), source: MACAddress(bits: 1), payload: .ip(packet))

  private static func mpls(_ tunnel: MPLSHeader.Tunnel, _ payload: MPLSPayload) -> Transport {
    .mpls(MPLSHeader(label: 17, timeToLive: 63, in: tunnel), payload)
  }

  private static func row(_ transport: Transport) -> Packet { packet(transport).row }

  @Test func `a tunnel is named with its network, and counts what its sender chose`() {
    let rows: [(Transport, String)] = [
      (.geneve(GeneveHeader(networkIdentifier: 7), Self.frame), "Geneve, VNI 7"),
      (Self.mpls(.gre, .packet(Self.packet)), "MPLS, label 17"),
      (Self.mpls(.udp(sourcePort: 1), .frame(Self.frame)), "MPLS, label 17"),
    ]
    for (transport, words) in rows {
      #expect(transport.words == words)
      #expect(Self.row(transport).tunnelHeader != nil)
      #expect(transport.payloadByteCount == 3)
    }
  }

  @Test func `an advertisement is named with its router`() {
    let advertisement = VRRPAdvertisement(virtualRouterID: 10, priority: 100, addresses: [])
    #expect(Transport.vrrp(advertisement).words == "VRRP, virtual router 10, priority 100")
    #expect(Self.row(.vrrp(advertisement)).tunnelHeader == nil)
    #expect(!Self.row(.vrrp(advertisement)).isUnderstood)
  }

  @Test func `a machine takes for its own what comes in UDP`() {
    let geneve = Transport.geneve(GeneveHeader(networkIdentifier: 7), Self.frame)
    #expect(Self.row(geneve).isUnderstood)
    #expect(Self.row(Self.mpls(.udp(sourcePort: 1), .frame(Self.frame))).isUnderstood)
    #expect(!Self.row(Self.mpls(.gre, .frame(Self.frame))).isUnderstood)
    #expect(Self.row(.other(.udp, data: [1])).isUnderstood)
    #expect(!Self.row(.other(IPProtocol(number: 89), data: [])).isUnderstood)
  }
}
