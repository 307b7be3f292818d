import HNVCore
import Testing

@testable import HNVSim

/// What the hosts of a cloud put around frames.
struct CloudTunnelTests {
  @Test func `a tunnel is the number of the subnet and the frame`() throws {
    var packets = PacketTable()
    let frame = machineFrame(in: &packets)
    let packet = try wrap(frame, in: CloudTunnel.header(into: 0x102), &packets)
    let described = try #require(packets.ipPacket(packet))
    let bytes = packets.frame(frame).wireBytes
    #expect(described.transport == .other(IPProtocol(number: 253), data: [0, 0, 1, 2] + bytes))
    #expect(packets[packet].byteCount == described.byteCount)
    #expect(described.byteCount - ARPMessage.byteCount == CloudTunnel.overhead)
    let opened = CloudTunnel.open(packet, in: &packets)
    #expect(opened?.frame == frame)
    #expect(opened?.subnet == 0x102)
  }

  @Test func `no other tunnel is a cloud's`() throws {
    var packets = PacketTable()
    let frame = machineFrame(in: &packets)
    let geneve = GeneveHeader(networkIdentifier: 0x102)
    for packet in [frame, try wrap(frame, in: .geneve(geneve), &packets)] {
      let opened = CloudTunnel.open(packet, in: &packets)
      #expect(opened == nil)
    }
  }

  private func machineFrame(in packets: inout PacketTable) -> PacketID {
    packets.add(
      announcementOf: .v4(IPv4Address(10, 0, 1, 11)), at: MACAddress(bits: 0x0215_5D00_0001))
  }

  private func wrap(
    _ frame: PacketID, in header: Packet.TunnelHeader, _ packets: inout PacketTable
  ) throws -> PacketID {
    let packet = packets.encapsulate(
      frame, in: header, from: .v4(IPv4Address(192, 168, 4, 1)),
      to: .v4(IPv4Address(192, 168, 4, 2)), timeToLive: 64)
    return try #require(packet)
  }
}
