import Testing

@testable import HNVCore

/// What a decision reads of a frame beside the frame itself.
struct FlowKeyTests {
  @Test(arguments: IPFamily.allCases, UInt64(40)..<48)
  func `a key says of a frame what the frame says`(family: IPFamily, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    for host in InstantNetwork(network.policy).hosts {
      for port in host.ports {
        let frame = try network.frame(from: port, &random)
        let key = FlowKey(frame)
        #expect(key.destinationMAC == frame.destination)
        #expect(key.sourceMAC == frame.source)
        #expect(key.etherType == frame.etherType)
        #expect(key.tag == frame.tag)
        #expect(key.isIP == (frame.packet != nil))
        if let packet = frame.packet { expect(key, says: packet) }
        if case .arp(let message) = frame.payload {
          #expect(key.source == .v4(message.senderAddress))
          #expect(key.destination == .v4(message.targetAddress))
        }
      }
    }
  }

  private func expect(_ key: FlowKey, says packet: IPPacket) {
    #expect(key.source == packet.source)
    #expect(key.destination == packet.destination)
    #expect(key.timeToLive == packet.timeToLive)
    #expect(key.ipProtocol == packet.transport.ipProtocol)
    #expect(Int(key.byteCount) == packet.byteCount)
    #expect(key.ports?.source == packet.ports?.source)
    #expect(key.ports?.destination == packet.ports?.destination)
    #expect((key.kind == .neighborDiscovery) == packet.isNeighborDiscovery)
    #expect(key.has(.echoRequest) == (packet.transport.echoReply != nil))
  }

  @Test(arguments: IPFamily.allCases)
  func `a key sent elsewhere is the key of the frame that is`(family: IPFamily) throws {
    let article = try Article(family)
    let near = try article.frame(from: article.a, to: article.b)
    let far = try article.frame(from: article.a, to: article.x)
    let target = try #require(far.packet).destination
    let sent = try #require(FlowKey(near).sent(to: target, at: far.destination))
    let host = InstantNetwork(try article.policy()).hosts[0]
    #expect(
      host.decide(sent, from: 0, state: HostState(), at: 0)
        == host.decide(far, from: 0, state: HostState(), at: 0))
    #expect(sent.destinationMAC == far.destination && sent.destination == target)
  }

  @Test func `no key is sent to an address of the other family`() throws {
    let (v4, v6) = (try Article(.v4), try Article(.v6))
    let key = FlowKey(try v4.frame(from: v4.a, to: v4.b))
    #expect(key.sent(to: v6.b.address, at: v6.b.macAddress) == nil)
  }

  @Test func `an IPv4 address and the IPv6 address that it maps to make two keys`() throws {
    func key(_ source: String, _ destination: String) throws -> FlowKey {
      FlowKey(
        try #require(
          IPPacket(
            from: try IPAddress(parsing: source), to: try IPAddress(parsing: destination),
            timeToLive: 64, transport: .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))))
    }
    let (v4, v6) = (try key("10.0.0.1", "10.0.0.2"), try key("::ffff:10.0.0.1", "::ffff:10.0.0.2"))
    #expect(v4 != v6 && v4.source != v6.source)
    let (low, compatible) = (try key("0.0.0.1", "0.0.0.2"), try key("::1", "::2"))
    #expect(low.sourceBits == compatible.sourceBits)
    #expect(low != compatible && low.source != compatible.source)
    #expect(try key("10.0.0.1", "10.0.0.2") == v4)
  }

  @Test func `what belongs to a flow is told by ports, by an echo's identifier or by nothing more`()
    throws
  {
    func flow(_ transport: Transport) throws -> [UInt16]? {
      let (one, other) = (try IPAddress(parsing: "10.0.0.1"), try IPAddress(parsing: "10.0.0.2"))
      let packet = IPPacket(from: one, to: other, timeToLive: 1, transport: transport)
      return FlowKey(try #require(packet)).flowPorts.map { [$0.source, $0.destination] }
    }
    #expect(try flow(.udp(UDPDatagram(sourcePort: 7, destinationPort: 8))) == [7, 8])
    #expect(try flow(.icmp(.echoReply(identifier: 9, sequence: 1, data: []))) == [9, 9])
    #expect(try flow(.other(IPProtocol(number: 89), data: [])) == [0, 0])
    #expect(try flow(.icmp(.other(type: 9, code: 0, body: []))) == nil)
    #expect(try flow(.other(.tcp, data: [1])) == nil)
  }
}
