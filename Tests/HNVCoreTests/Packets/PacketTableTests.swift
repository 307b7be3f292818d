import Testing

@testable import HNVCore

/// Rows say of a frame what the frame says, however they came about.
struct PacketTableTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a frame comes out of a table as it went in`(seed: UInt64) throws {
    var (frames, packets) = (RandomPackets(seed: 3000 + seed), PacketTable())
    let all = try (0..<30).map { _ in try frames.frame() }
    let rows = all.map { packets.add($0) }
    for (frame, row) in zip(all, rows) {
      #expect(packets.frame(row) == frame)
      #expect(packets.ipPacket(row) == frame.packet)
      #expect(packets.transport(of: row) == frame.packet?.transport)
      expect(packets, row, says: frame)
    }
  }

  /// What is read of a row, against what is read of the frame that it describes.
  private func expect(_ packets: PacketTable, _ packet: PacketID, says frame: EthernetFrame) {
    let row = packets[packet]
    #expect(row.key == FlowKey(frame))
    #expect(packets.frameByteCount(of: packet) == frame.byteCount)
    #expect(packets.fragment(of: packet) == frame.packet?.fragment)
    #expect(row.isFragment == (frame.packet?.fragment != nil))
    #expect(row.isIP == (frame.packet != nil))
    #expect(row.byteCount == frame.packet?.byteCount ?? 0)
    #expect(row.neighborMAC == frame.neighborMAC)
    if let packet = frame.packet {
      #expect((row.source, row.destination) == (packet.source, packet.destination))
      #expect(row.isEchoRequest == (packet.transport.echoReply != nil))
      #expect(row.isNeighborDiscovery == packet.isNeighborDiscovery)
      #expect(row.dontFragment == (packet.source.family == .v6 || packet.isMarkedDontFragment))
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a changed row is the row of the changed frame`(seed: UInt64) throws {
    var (frames, packets) = (RandomPackets(seed: 4000 + seed), PacketTable())
    for _ in 0..<30 {
      var frame = try frames.frame()
      let before = packets.add(frame)
      let (source, destination) = (MACAddress(bits: frames.number()), MACAddress.broadcast)
      let changed = packets.changing(before) {
        $0.readdress(from: source, to: destination)
        $0.tag = VLANTag(identifier: 7)
        $0.timeToLive = 9
        $0.differentiatedServices = 12
      }
      let original = frame
      (frame.source, frame.destination) = (source, destination)
      frame.tag = VLANTag(identifier: 7)
      frame.payload = frame.payload.changed(timeToLive: 9, differentiatedServices: 12)
      #expect(packets.frame(changed) == frame)
      expect(packets, changed, says: frame)
      #expect(packets.frame(before) == original)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `addresses and ports change, and nothing else`(seed: UInt64) throws {
    var (frames, packets) = (RandomPackets(seed: 5000 + seed), PacketTable())
    var checked = 0
    while checked < 20 {
      let packet = try frames.v4(1)
      let (source, destination) = (
        IPAddress.v4(IPv4Address(bits: frames.number())),
        IPAddress.v4(IPv4Address(bits: frames.number()))
      )
      let row = packets.add(packet)
      let changed = packets.changing(row) { $0.readdress(from: source, to: destination) }
      let expected = packet.replacing(
        source: source, destination: destination, transport: packet.transport)
      #expect(packets.ipPacket(changed) == expected)
      #expect(packets[changed].key == FlowKey(try #require(expected)))
      guard packet.fragment == nil else { continue }
      switch packet.transport {
      case .udp(var datagram):
        (datagram.sourcePort, datagram.destinationPort) = (1, 2)
        expect(packet, with: .udp(datagram), ports: (1, 2))
      case .tcp(var segment):
        (segment.sourcePort, segment.destinationPort) = (1, 2)
        expect(packet, with: .tcp(segment), ports: (1, 2))
      case .icmp(.echoRequest(_, let sequence, let data)):
        expect(
          packet,
          with: .icmp(.echoRequest(identifier: 5, sequence: sequence, data: data)), ports: (5, 5))
      default: continue
      }
      checked += 1
    }
  }

  private func expect(
    _ packet: IPPacket, with transport: Transport, ports: (source: UInt16, destination: UInt16)
  ) {
    var packets = PacketTable()
    let row = packets.add(packet)
    let changed = packets.changing(row) { $0.translate(portsTo: ports) }
    let expected = packet.replacing(
      source: packet.source, destination: packet.destination, transport: transport)
    #expect(packets.ipPacket(changed) == expected)
    #expect(packets.ipPacket(row) == packet)
  }

  @Test func `addresses of the other family change nothing`() throws {
    var packets = PacketTable()
    let v4 = try IPAddress(parsing: "10.0.0.1")
    let mapped = try IPAddress(parsing: "::ffff:10.0.0.1")
    let rowRow = packets.add(from: v4, to: v4, timeToLive: 1, .echo)
    let row = try #require(rowRow)
    let changed = packets.changing(row) { $0.readdress(from: mapped, to: mapped) }
    #expect(packets[changed].source == v4)
    let mixed = packets.add(from: v4, to: mapped, timeToLive: 1, .echo)
    #expect(mixed == nil)
  }

  /// A mapped address (RFC 4291, section 2.5.5.2) is another than the IPv4 address in it.
  @Test func `the family is part of an address`() throws {
    var packets = PacketTable()
    let (v4, v6) = (
      try IPAddress(parsing: "10.0.0.1"), try IPAddress(parsing: "::ffff:10.0.0.1")
    )
    // The same bits, in another family.
    let low = try IPAddress(parsing: "::a00:1")
    let added = [v4, v6, low].compactMap {
      packets.add(from: $0, to: $0, timeToLive: 1, .udp(1, 2))
    }
    let rows = added.map { packets[$0] }
    #expect(rows.map(\.source) == [v4, v6, low])
    #expect(Set(rows.map(\.source)).count == 3)
    #expect(rows[0].key != rows[1].key && rows[0].key != rows[2].key)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `what a tunnel carries is a packet of its own`(seed: UInt64) throws {
    var (frames, packets) = (RandomPackets(seed: 6000 + seed), PacketTable())
    let (own, peer) = (
      try IPAddress(parsing: "192.0.2.1"), try IPAddress(parsing: "192.0.2.2")
    )
    for _ in 0..<10 {
      let frame = try frames.frame(tunnels: 1)
      let inner = packets.add(frame)
      for header in try Self.headers {
        let outer = packets.encapsulate(inner, in: header, from: own, to: peer, timeToLive: 60)
        let row = try #require(outer)
        let described = try #require(
          IPPacket(
            from: own, to: peer, timeToLive: 60, transport: header.transport(around: frame)))
        #expect(packets.ipPacket(row) == described)
        #expect(packets[row].key == FlowKey(described))
        #expect(packets[row].inner == inner)
        #expect(packets[row].tunnelHeader == header)
      }
    }
  }

  private static var headers: [Packet.TunnelHeader] {
    get throws {
      let subnet = try VirtualSubnetID(5001)
      return [
        .nvgre(NVGREHeader(virtualSubnetID: subnet, flowID: 9)),
        .vxlan(VXLANHeader(virtualSubnetID: subnet, sourcePort: 50000)),
        .experimental(ExperimentalHeader(networkIdentifier: 3)),
        .geneve(
          GeneveHeader(
            networkIdentifier: 7,
            logicalPorts: GeneveHeader.LogicalPorts(ingress: 1, egress: 2))),
        .mpls(MPLSHeader(label: 16, timeToLive: 64, in: .gre), aroundFrame: true),
        .mpls(
          MPLSHeader(label: 16, timeToLive: 64, in: .udp(sourcePort: 49152)), aroundFrame: true),
      ]
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `questions, answers and echoes are those that frames describe`(family: IPFamily) throws {
    var packets = PacketTable()
    let (asker, target) = (MACAddress(bits: 0x02_0000_0001), MACAddress(bits: 0x02_0000_0002))
    let (own, peer) = (
      try IPAddress(parsing: family == .v4 ? "10.0.0.1" : "fd00::1"),
      try IPAddress(parsing: family == .v4 ? "10.0.0.2" : "fd00::2")
    )
    let questionRow = packets.add(questionFor: peer, from: own, asker)
    let question = try #require(questionRow)
    let asked = packets.frame(question)
    #expect(asked.source == asker && asked.destination.isMulticast)
    let asking = try #require(message(of: asked))
    #expect(asking.target == peer && asking.sender == own && asking.isAsked)
    let answer = NeighborAnswer(target: peer, macAddress: target)
    let replyRow = packets.add(answer, to: question)
    let reply = try #require(replyRow)
    #expect(packets.frame(reply) == answer.frame(answering: asked))
    let none = packets.add(answer, to: reply)
    #expect(none == nil)
    let announcement = packets.add(announcementOf: own, at: asker)
    #expect(message(of: packets.frame(announcement))?.isGratuitous == true)
    for row in [question, reply, announcement] {
      expect(packets, row, says: packets.frame(row))
    }
    let ping: Transport = family == .v4 ? .echo : .echoV6
    let requestRow = packets.add(from: own, to: peer, timeToLive: 3, ping)
    let request = try #require(requestRow)
    let echoRow = packets.addEchoReply(to: request, timeToLive: 128)
    let echo = try #require(echoRow)
    let transport = try #require(packets.transport(of: request)?.echoReply)
    let described = IPPacket(from: peer, to: own, timeToLive: 128, transport: transport)
    #expect(packets.ipPacket(echo) == described)
    let second = packets.addEchoReply(to: echo, timeToLive: 128)
    #expect(second == nil)
    expect(packets, echo, says: packets.frame(echo))
  }
}

extension PacketTableTests {
  /// What a frame says about neighbours, read from the frame.
  private func message(of frame: EthernetFrame) -> NeighborMessage? {
    NeighborMessage(FlowKey(frame))
  }
}

extension Transport {
  fileprivate static var echo: Transport {
    .icmp(.echoRequest(identifier: 7, sequence: 8, data: [1, 2, 3]))
  }

  fileprivate static var echoV6: Transport {
    .icmpv6(.echoRequest(identifier: 7, sequence: 8, data: [1, 2, 3]))
  }

  fileprivate static func udp(_ source: UInt16, _ destination: UInt16) -> Transport {
    .udp(UDPDatagram(sourcePort: source, destinationPort: destination))
  }
}

extension IPPacket {
  fileprivate var isMarkedDontFragment: Bool {
    if case .v4(let packet) = self { packet.dontFragment } else { false }
  }
}

extension EthernetFrame.Payload {
  fileprivate func changed(timeToLive: UInt8, differentiatedServices: UInt8) -> Self {
    switch self {
    case .ip(.v4(var packet)):
      (packet.timeToLive, packet.differentiatedServices) = (timeToLive, differentiatedServices)
      return .ip(.v4(packet))
    case .ip(.v6(var packet)):
      (packet.hopLimit, packet.trafficClass) = (timeToLive, differentiatedServices)
      return .ip(.v6(packet))
    case .arp, .other: return self
    }
  }
}

extension Packet.TunnelHeader {
  fileprivate func transport(around frame: EthernetFrame) -> Transport {
    switch self {
    case .experimental(let header):
      .other(ExperimentalHeader.ipProtocol, data: header.wireBytes(around: frame))
    case .nvgre(let header): .nvgre(header, frame)
    case .vxlan(let header): .vxlan(header, frame)
    case .geneve(let header): .geneve(header, frame)
    case .mpls(let header, _): .mpls(header, .frame(frame))
    }
  }
}
