import HNVCore
import Testing

/// Frames as the RFCs draw them, in both directions and with every kind of damage.
struct KnownFrameTests {
  @Test(arguments: KnownFrame.all)
  func `a frame is read, and written as it was`(known: KnownFrame) throws {
    let read = try EthernetFrame(decoding: known.bytes)
    #expect(read == (try known.frame))
    #expect(hex(try known.frame.wireBytes) == hex(known.bytes))
    #expect(try known.frame.byteCount == known.bytes.count)
  }

  @Test(arguments: KnownFrame.all)
  func `a packet alone is read, and written as it was`(known: KnownFrame) throws {
    guard let packet = try known.frame.packet else { return }
    let bytes = known.bytes.suffix(packet.byteCount)
    #expect(try IPPacket(decoding: bytes) == packet)
    #expect(packet.wireBytes == Array(bytes))
  }

  @Test func `checksums are those of the slow sum`() throws {
    for known in KnownFrame.all {
      switch try known.frame.packet {
      case .v4(let packet):
        let bytes = Array(known.bytes.suffix(packet.byteCount))
        #expect(SlowChecksum.of(bytes.prefix(20 + packet.options.count)) == 0)
        switch packet.transport {
        case .udp, .tcp, .geneve, .vrrp: #expect(SlowChecksum.ofTransport(inV4: bytes) == 0)
        case .icmp: #expect(SlowChecksum.of(bytes.dropFirst(20)) == 0)
        default: #expect(packet.transport.ipProtocol == .gre || known.bytes[40...41] == [0, 0])
        }
      case .v6(let packet):
        let bytes = Array(known.bytes.suffix(packet.byteCount))
        let isGRE = packet.transport.ipProtocol == .gre
        #expect(isGRE || SlowChecksum.ofTransport(inV6: bytes) == 0)
      case nil: #expect(known.bytes[12...13] == [8, 6])
      }
    }
  }

  @Test(arguments: KnownFrame.all)
  func `cut anywhere, a frame is another or none`(known: KnownFrame) throws {
    let frame = try known.frame
    for count in 0..<known.bytes.count {
      let cut = Array(known.bytes.prefix(count))
      let violation = WireLaw.violation(by: cut)
      #expect(violation == nil)
      #expect((try? EthernetFrame(decoding: cut)) != frame)
    }
  }

  @Test(arguments: KnownFrame.all)
  func `with one bit flipped, a frame is another`(known: KnownFrame) throws {
    let frame = try known.frame
    for index in known.bytes.indices {
      for bit in 0..<8 {
        var flipped = known.bytes
        flipped[index] ^= 1 << bit
        let violation = WireLaw.violation(by: flipped)
        #expect(violation == nil)
        let read = try EthernetFrame(decoding: flipped)
        #expect(read != frame, "bit \(bit) of byte \(index)")
      }
    }
  }

  @Test(arguments: KnownFrame.all)
  func `what pads a frame to 60 bytes is dropped`(known: KnownFrame) throws {
    // IEEE 802.3: a frame has at least 64 bytes, 4 of them its check sequence.
    let padded = known.bytes + Array(repeating: 0, count: 60)
    #expect(try EthernetFrame(decoding: padded) == (try known.frame))
  }
}
