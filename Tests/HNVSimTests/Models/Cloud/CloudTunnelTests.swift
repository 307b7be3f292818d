import HNVCore
import Testing

@testable import HNVSim

/// What the hosts of a cloud put around frames.
struct CloudTunnelTests {
  private let own = IPAddress.v4(IPv4Address(192, 168, 4, 1))
  private let peer = IPAddress.v4(IPv4Address(192, 168, 4, 2))

  private func table() -> (packets: PacketTable, frame: PacketID) {
    var packets = PacketTable()
    let frame = packets.add(
      announcementOf: .v4(IPv4Address(10, 0, 1, 11)), at: MACAddress(bits: 0x0215_5D00_0001))
    return (packets, frame)
  }

  @Test func `a tunnel is the number of the subnet and the frame`() throws {
    var (packets, frame) = table()
    let packet = try #require(
      packets.encapsulate(
        frame, in: CloudTunnel.header(into: 0x102), from: own, to: peer, timeToLive: 64))
    let described = try #require(packets.ipPacket(packet))
    #expect(
      described.transport
        == .other(IPProtocol(number: 253), data: [0, 0, 1, 2] + packets.frame(frame).wireBytes))
    #expect(packets[packet].byteCount == described.byteCount)
    #expect(described.byteCount - ARPMessage.byteCount == CloudTunnel.overhead)
    let opened = try #require(CloudTunnel.open(packet, in: &packets))
    #expect(opened == (frame, 0x102))
  }

  @Test func `no other tunnel is a cloud's`() throws {
    var (packets, frame) = table()
    let packet = try #require(
      packets.encapsulate(
        frame, in: .geneve(GeneveHeader(networkIdentifier: 0x102)), from: own, to: peer,
        timeToLive: 64))
    #expect(CloudTunnel.open(packet, in: &packets) == nil)
    #expect(CloudTunnel.open(frame, in: &packets) == nil)
  }
}
