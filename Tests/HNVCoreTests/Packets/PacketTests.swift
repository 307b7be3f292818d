import Testing

@testable import HNVCore

/// Packets as values.
struct PacketTests {
  private let nothing = Transport.other(.gre, data: [])

  @Test func `a packet has addresses of one family`() throws {
    let (four, six) = (try Article(.v4), try Article(.v6))
    for (source, destination) in [
      (four.a.address, six.a.address), (six.a.address, four.a.address),
    ] {
      #expect(
        IPPacket(from: source, to: destination, timeToLive: 1, transport: nothing) == nil)
    }
    for article in [four, six] {
      let packet = try #require(
        IPPacket(
          from: article.a.address, to: article.x.address, timeToLive: 77, transport: nothing))
      #expect(packet.source == article.a.address)
      #expect(packet.destination == article.x.address)
      #expect(packet.timeToLive == 77)
      #expect(packet.transport == nothing)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `setting the TTL changes nothing else`(family: IPFamily) throws {
    let article = try Article(family)
    func packet(_ timeToLive: UInt8) -> IPPacket? {
      IPPacket(
        from: article.a.address, to: article.x.address, timeToLive: timeToLive, transport: nothing)
    }
    var changed = try #require(packet(64))
    changed.timeToLive = 3
    #expect(changed == packet(3))
  }

  @Test(
    arguments: [
      (64, 1, 63), (1, 1, 0), (0, 1, 0), (255, 255, 0), (3, 9, 0), (64, 0, 64),
    ] as [(UInt8, UInt8, UInt8)], IPFamily.allCases)
  func `a rewrite changes both MACs and the TTL`(
    row: (before: UInt8, cost: UInt8, after: UInt8), family: IPFamily
  ) throws {
    let article = try Article(family)
    let frame = try article.frame(from: article.a, to: article.x, timeToLive: row.before)
    let rewrite = Rewrite(
      destinationMAC: MACAddress(bits: 5), sourceMAC: MACAddress(bits: 6),
      timeToLiveCost: row.cost)
    var expected = try article.frame(from: article.a, to: article.x, timeToLive: row.after)
    (expected.destination, expected.source) = (MACAddress(bits: 5), MACAddress(bits: 6))
    #expect(rewrite.applied(to: frame) == expected)
    #expect(Rewrite.none(FlowKey(frame)).applied(to: frame) == frame)
  }

  @Test func `a rewrite leaves what is not IP as it is but for its MACs`() throws {
    let article = try Article(.v4)
    let question = try article.question(from: article.a, for: article.b.address)
    let rewrite = Rewrite(
      destinationMAC: MACAddress(bits: 5), sourceMAC: MACAddress(bits: 6), timeToLiveCost: 1)
    let changed = rewrite.applied(to: question)
    #expect(changed.payload == question.payload)
    #expect(changed.destination == MACAddress(bits: 5))
    #expect(changed.source == MACAddress(bits: 6))
  }

  @Test func `a frame knows its EtherType`() throws {
    let (four, six) = (try Article(.v4), try Article(.v6))
    let other = EthernetFrame(
      destination: .broadcast, source: MACAddress(bits: 1),
      payload: .other(etherType: 0x88cc, data: []))
    #expect(try four.question(from: four.a, for: four.b.address).etherType == 0x0806)
    #expect(try four.frame(from: four.a, to: four.b).etherType == 0x0800)
    #expect(try six.frame(from: six.a, to: six.b).etherType == 0x86dd)
    #expect(other.etherType == 0x88cc)
    #expect(other.packet == nil)
    #expect(try six.frame(from: six.a, to: six.b).packet?.source == six.a.address)
  }

  @Test func `only UDP, TCP and what travels in UDP have ports`() throws {
    let article = try Article()
    let inner = try article.frame(from: article.a, to: article.b)
    let subnet = article.clients
    let rows: [(Transport, IPProtocol, UInt16?, UInt16?)] = [
      (.udp(UDPDatagram(sourcePort: 1, destinationPort: 2)), .udp, 1, 2),
      (.tcp(TCPSegment(sourcePort: 3, destinationPort: 4, sequence: 0, flags: [])), .tcp, 3, 4),
      (.vxlan(VXLANHeader(virtualSubnetID: subnet, sourcePort: 5), inner), .udp, 5, 4789),
      (.nvgre(NVGREHeader(virtualSubnetID: subnet), inner), .gre, nil, nil),
      (.geneve(GeneveHeader(networkIdentifier: 1, sourcePort: 6), inner), .udp, 6, 6081),
      (.mpls(MPLSHeader(label: 1, timeToLive: 1, in: .gre), .frame(inner)), .gre, nil, nil),
      (
        .mpls(MPLSHeader(label: 1, timeToLive: 1, in: .udp(sourcePort: 7)), .frame(inner)),
        .udp, 7, 6635
      ),
      (.vrrp(VRRPAdvertisement(virtualRouterID: 1, priority: 1, addresses: [])), .vrrp, nil, nil),
      (.icmp(.echoReply(identifier: 1, sequence: 2, data: [])), .icmp, nil, nil),
      (.icmpv6(.echoReply(identifier: 1, sequence: 2, data: [])), .icmpv6, nil, nil),
      (.other(IPProtocol(number: 89), data: []), IPProtocol(number: 89), nil, nil),
    ]
    for (transport, number, source, destination) in rows {
      #expect(transport.ipProtocol == number)
      #expect(transport.ports?.source == source)
      #expect(transport.ports?.destination == destination)
    }
  }

  @Test func `protocols bear the numbers of IANA and their usual names`() {
    let rows: [(IPProtocol, UInt8, String)] = [
      (.icmp, 1, "icmp"), (.tcp, 6, "tcp"), (.udp, 17, "udp"), (.gre, 47, "gre"),
      (.icmpv6, 58, "icmpv6"), (.esp, 50, "esp"), (.vrrp, 112, "vrrp"),
      (IPProtocol(number: 89), 89, "89"),
    ]
    for (number, value, name) in rows {
      #expect(number.number == value)
      #expect(number.description == name)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `a quotation tells whose packet it was`(family: IPFamily) throws {
    let article = try Article(family)
    let frame = try article.frame(from: article.a, to: article.x)
    let quote = QuotedPacket(try #require(frame.packet))
    #expect(quote.source == article.a.address)
    #expect(quote.destination == article.x.address)
    #expect(quote.ipProtocol == .udp)
    #expect(quote.sourcePort == 1000)
    #expect(quote.destinationPort == 2000)
    #expect(quote.bytes.count == (family == .v4 ? 20 : 40) + 8)
  }
}
