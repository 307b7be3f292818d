import Testing

@testable import HNVCore

/// What a decision reads of a frame beside the frame itself.
struct FrameHeaderTests {
  @Test(arguments: IPFamily.allCases, UInt64(40)..<48)
  func `a header says of a frame what the frame says`(family: IPFamily, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    for host in InstantNetwork(network.policy).hosts {
      for port in host.ports {
        let frame = try network.frame(from: port, &random)
        let header = FrameHeader(frame)
        #expect(header.destination == frame.destination)
        #expect(header.source == frame.source)
        #expect(header.etherType == frame.etherType)
        #expect(header.tag == frame.tag)
        #expect(header.packet.isIP == (frame.packet != nil))
        if let packet = frame.packet { expect(header.packet, says: packet) }
        if case .arp(let message) = frame.payload {
          #expect(header.packet.source == .v4(message.senderAddress))
          #expect(header.packet.destination == .v4(message.targetAddress))
        }
      }
    }
  }

  private func expect(_ header: PacketHeader, says packet: IPPacket) {
    #expect(header.source == packet.source)
    #expect(header.destination == packet.destination)
    #expect(header.timeToLive == packet.timeToLive)
    #expect(header.ipProtocol == packet.transport.ipProtocol)
    #expect(header.byteCount == packet.byteCount)
    #expect(header.ports?.source == packet.ports?.source)
    #expect(header.ports?.destination == packet.ports?.destination)
    #expect((header.kind == .neighborDiscovery) == packet.isNeighborDiscovery)
    #expect(header.has(.echoRequest) == (packet.transport.echoReply != nil))
  }

  @Test(arguments: IPFamily.allCases)
  func `a header sent elsewhere is the header of the frame that is`(family: IPFamily) throws {
    let article = try Article(family)
    let near = try article.frame(from: article.a, to: article.b)
    let far = try article.frame(from: article.a, to: article.x)
    let target = try #require(far.packet).destination
    let sent = try #require(FrameHeader(near).sent(to: target, at: far.destination))
    let host = InstantNetwork(try article.policy()).hosts[0]
    #expect(
      host.decide(sent, from: 0, state: HostState(), at: 0)
        == host.decide(far, from: 0, state: HostState(), at: 0))
    #expect(sent.destination == far.destination && sent.packet.destination == target)
  }

  @Test func `no header is sent to an address of the other family`() throws {
    let (v4, v6) = (try Article(.v4), try Article(.v6))
    let header = FrameHeader(try v4.frame(from: v4.a, to: v4.b))
    #expect(header.sent(to: v6.b.address, at: v6.b.macAddress) == nil)
  }

  @Test func `what belongs to a flow is told by ports, by an echo's identifier or by nothing more`()
    throws
  {
    func flow(_ transport: Transport) throws -> [UInt16]? {
      let (one, other) = (try IPAddress(parsing: "10.0.0.1"), try IPAddress(parsing: "10.0.0.2"))
      let packet = IPPacket(from: one, to: other, timeToLive: 1, transport: transport)
      return PacketHeader(try #require(packet)).flowPorts.map { [$0.source, $0.destination] }
    }
    #expect(try flow(.udp(UDPDatagram(sourcePort: 7, destinationPort: 8))) == [7, 8])
    #expect(try flow(.icmp(.echoReply(identifier: 9, sequence: 1, data: []))) == [9, 9])
    #expect(try flow(.other(IPProtocol(number: 89), data: [])) == [0, 0])
    #expect(try flow(.icmp(.other(type: 9, code: 0, body: []))) == nil)
    #expect(try flow(.other(.tcp, data: [1])) == nil)
  }
}
