import HNVCore
import Testing

/// Fields can hold what the wire cannot: writing cuts or pads, and never traps.
struct EncodingLimitTests {
  private static func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0xaa, count: count) }

  /// RFC 791 and RFC 9293, section 3.1: at most fifteen words, five of them without options.
  @Test(arguments: [(0, 0), (1, 4), (4, 4), (5, 8), (39, 40), (40, 40), (41, 40), (1000, 40)])
  func `options become whole words, at most ten`(count: Int, onWire: Int) throws {
    let padded = Self.bytes(min(count, onWire)) + Array(repeating: 0, count: max(0, onWire - count))
    let segment = TCPSegment(
      sourcePort: 1, destinationPort: 2, sequence: 3, flags: .syn, options: Self.bytes(count),
      data: [1, 2, 3])
    let packet = IPPacket.v4(
      IPv4Packet(
        source: KnownFrame.a, destination: KnownFrame.b, timeToLive: 1,
        options: Self.bytes(count), transport: .tcp(segment)))
    let written = packet.wireBytes
    #expect(written.count == 20 + onWire + 20 + onWire + 3)
    #expect(packet.byteCount == written.count)
    guard case .v4(let read) = try IPPacket(decoding: written),
      case .tcp(let inner) = read.transport
    else {
      Issue.record("not read as it is")
      return
    }
    #expect(read.options == padded)
    #expect(inner.options == padded)
    #expect(inner.data == [1, 2, 3])
  }

  /// RFC 8200, section 4.3: eight bytes, and at most 255 times eight more.
  @Test(arguments: [(0, 8), (6, 8), (7, 16), (14, 16), (2046, 2048), (2047, 2048), (9999, 2048)])
  func `an extension header becomes whole units of eight`(count: Int, onWire: Int) throws {
    let header = IPv6ExtensionHeader.options(IPProtocol(number: 60), Self.bytes(count))
    let packet = IPPacket.v6(
      IPv6Packet(
        source: KnownFrame.a6, destination: KnownFrame.b6, hopLimit: 1, extensionHeaders: [header],
        transport: .other(IPProtocol(number: 59), data: [1])))
    #expect(header.byteCount == onWire)
    #expect(packet.wireBytes.count == 40 + onWire + 1)
    let read = try IPPacket(decoding: packet.wireBytes)
    #expect(read.transport == packet.transport)
  }

  @Test(arguments: [65535 - 20 - 8, 65535, 70_000, 140_000])
  func `what no length can tell is cut`(count: Int) throws {
    let datagram = UDPDatagram(sourcePort: 1, destinationPort: 2, data: Self.bytes(count))
    let four = KnownFrame.packet(.udp(datagram))
    #expect(four.wireBytes.count == 65535)
    #expect(try IPPacket(decoding: four.wireBytes).source == four.source)
    let six = IPv6Packet(
      source: KnownFrame.a6, destination: KnownFrame.b6, hopLimit: 1, transport: .udp(datagram))
    #expect(IPPacket.v6(six).wireBytes.count == 40 + min(65535, 8 + count))
    #expect(try IPPacket(decoding: IPPacket.v6(six).wireBytes).source == six.source.address)
    // In a tunnel as well.
    let header = VXLANHeader(virtualSubnetID: try VirtualSubnetID(5001))
    let tunnel = KnownFrame.packet(.vxlan(header, KnownFrame.frame(four)))
    #expect(tunnel.wireBytes.count == 65535)
  }

  @Test func `higher bits of narrow fields are dropped`() throws {
    var four = IPv4Packet(
      source: KnownFrame.a, destination: KnownFrame.b, timeToLive: 1, dontFragment: false,
      transport: .other(.udp, data: []))
    four.fragmentOffset = 0xffff
    #expect(Array(IPPacket.v4(four).wireBytes[6...7]) == [0x1f, 0xff])
    var six = IPv6Packet(
      source: KnownFrame.a6, destination: KnownFrame.b6, hopLimit: 1,
      transport: .other(.udp, data: []))
    six.flowLabel = .max
    var fragment = Fragment(identification: 1, offset: 1, moreFollow: false)
    fragment.offset = 0xffff
    six.extensionHeaders = [.fragment(fragment)]
    let written = IPPacket.v6(six).wireBytes
    #expect(Array(written[0...3]) == [0x60, 0x0f, 0xff, 0xff])
    #expect(Array(written[42...43]) == [0xff, 0xf8])
  }
}

extension IPv6Address {
  fileprivate var address: IPAddress { .v6(self) }
}
