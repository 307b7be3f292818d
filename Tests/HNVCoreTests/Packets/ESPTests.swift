import HNVCore
import Testing

/// ESP in tunnel mode, against the figure of RFC 4303, section 2, written out byte by byte.
struct ESPTests {
  private func inner(_ family: IPFamily, _ payload: Int) throws -> IPPacket {
    let article = try Article(family)
    return try #require(
      IPPacket(
        from: article.a.address, to: article.b.address, timeToLive: 64,
        transport: .udp(
          UDPDatagram(
            sourcePort: 1, destinationPort: 2, data: Array(repeating: 0xaa, count: payload)))))
  }

  @Test(arguments: IPFamily.allCases, 0...8)
  func `a packet is framed by header, padding and trailer`(family: IPFamily, payload: Int) throws {
    let inner = try inner(family, payload)
    let header = ESPHeader(securityParametersIndex: 0x0102_0304, sequence: 0x0506_0708)
    let outer = IPPacket.v4(
      IPv4Packet(
        source: IPv4Address(203, 0, 113, 2), destination: IPv4Address(198, 51, 100, 77),
        timeToLive: 128, transport: .esp(header, inner)))
    let bytes = Array(outer.wireBytes.dropFirst(20))
    let packet = inner.wireBytes
    #expect(outer.wireBytes.count == outer.byteCount)
    #expect(outer.wireBytes[9] == 50)
    #expect(Array(bytes.prefix(8)) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(Array(bytes[8..<(8 + packet.count)]) == packet)
    let tail = Array(bytes.dropFirst(8 + packet.count))
    #expect(bytes.count % 4 == 0)
    #expect((2...5).contains(tail.count))
    #expect(Array(tail.dropLast(2)) == (0..<(tail.count - 2)).map { UInt8($0 + 1) })
    #expect(tail.suffix(2) == [UInt8(tail.count - 2), family == .v4 ? 4 : 41])
    #expect(try IPPacket(decoding: outer.wireBytes) == outer)
  }

  @Test func `what a key is needed for stays bytes`() throws {
    let header = ESPHeader(securityParametersIndex: 256, sequence: 1)
    let inner = try inner(.v4, 3)
    let sound = IPv4Packet(
      source: IPv4Address(203, 0, 113, 2), destination: IPv4Address(198, 51, 100, 77),
      timeToLive: 128, transport: .esp(header, inner))
    let bytes = Array(IPPacket.v4(sound).wireBytes.dropFirst(20))
    // Whatever changes behind the header, length and padding no longer fit one another.
    for index in [8, 10, bytes.count - 3, bytes.count - 2, bytes.count - 1] {
      var other = bytes
      other[index] ^= 0x55
      var packet = sound
      packet.transport = .other(.esp, data: other)
      #expect(try IPPacket(decoding: IPPacket.v4(packet).wireBytes) == .v4(packet))
    }
  }

  @Test(arguments: 40...80) func `the room in a limit is the most that fits it`(limit: Int) {
    let capacity = ESPHeader.capacity(of: limit)
    #expect(ESPHeader.byteCount(around: capacity) <= limit)
    #expect(ESPHeader.byteCount(around: capacity + 1) > limit)
  }
}
