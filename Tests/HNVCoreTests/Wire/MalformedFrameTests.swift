import HNVCore
import Testing

/// What cannot be read as its type stays bytes, so that a capture can be sent again as it is.
struct MalformedFrameTests {
  private func payload(_ bytes: [UInt8]) throws -> EthernetFrame.Payload {
    try EthernetFrame(decoding: bytes).payload
  }

  @Test(arguments: 0..<14)
  func `fewer than 14 bytes are no frame`(count: Int) {
    let bytes = Array(repeating: 7 as UInt8, count: count)
    let diagnostic = #expect(throws: Diagnostic.self) { try EthernetFrame(decoding: bytes) }
    #expect(diagnostic?.rule == .frameBytes)
    #expect(diagnostic?.value == "\(count) bytes")
  }

  @Test(arguments: [
    ("", "no bytes"), ("55000014", "version is 5"), ("45000014", "IPv4"), ("60000000", "IPv6"),
    // Every bit of a header but its checksum.
    ("45000014 00000000 40ff0000 0a00010b 0a00010c", "IPv4"),
  ])
  func `what has no sound IP header is no packet`(text: String, word: String) {
    let diagnostic = #expect(throws: Diagnostic.self) { try IPPacket(decoding: hex(text)) }
    #expect(diagnostic?.rule == .packetBytes)
    #expect(diagnostic?.explanation.contains(word) == true)
  }

  @Test(
    arguments: [
      ("another version", 0, 0x55), ("a header of 16 bytes", 0, 0x44),
      ("a header longer than the packet", 0, 0x4f), ("a total longer than the frame", 3, 0x21),
      ("a total shorter than the header", 3, 0x13), ("the reserved bit", 6, 0xc0),
    ] as [(String, Int, UInt8)])
  func `an IPv4 header with a wrong field stays bytes`(
    name: String, index: Int, value: UInt8
  ) throws {
    var packet = Array(KnownFrame.echo.bytes.dropFirst(14))
    packet[index] = value
    (packet[10], packet[11]) = (0, 0)
    let header = packet.prefix(Int(packet[0] & 0xf) * 4)
    let sum = SlowChecksum.of(header)
    (packet[10], packet[11]) = (UInt8(sum >> 8), UInt8(sum & 0xff))
    let frame = Array(KnownFrame.echo.bytes.prefix(14)) + packet
    #expect(try payload(frame) == .other(etherType: 0x0800, data: packet))
    #expect(try EthernetFrame(decoding: frame).wireBytes == frame)
  }

  @Test(
    arguments: [
      ("another version", 0, 0x50), ("a length beyond the frame", 5, 0x0d),
    ] as [(String, Int, UInt8)])
  func `an IPv6 header with a wrong field stays bytes`(
    name: String, index: Int, value: UInt8
  ) throws {
    var packet = Array(KnownFrame.udp6.bytes.dropFirst(14))
    packet[index] = value
    let frame = Array(KnownFrame.udp6.bytes.prefix(14)) + packet
    #expect(try payload(frame) == .other(etherType: 0x86dd, data: packet))
  }

  @Test(
    arguments: [
      ("IEEE 802 instead of Ethernet", 1, 6), ("another protocol", 3, 6), ("a long MAC", 4, 8),
      ("a long address", 5, 16), ("RARP", 7, 3), ("no operation", 7, 0),
    ] as [(String, Int, UInt8)])
  func `ARP for anything but IPv4 over Ethernet stays bytes`(
    name: String, index: Int, value: UInt8
  ) throws {
    var message = Array(KnownFrame.arp.bytes.dropFirst(14))
    message[index] = value
    let frame = Array(KnownFrame.arp.bytes.prefix(14)) + message
    #expect(try payload(frame) == .other(etherType: 0x0806, data: message))
  }

  @Test func `a length of IEEE 802.3 is no EtherType`() throws {
    let frame = hex("0180c2000000 00155d000001 0026 424203") + Array(repeating: 0, count: 43)
    #expect(try payload(frame) == .other(etherType: 0x26, data: Array(frame.dropFirst(14))))
    #expect(try EthernetFrame(decoding: frame).wireBytes == frame)
  }

  @Test func `of two tags the second is carried`() throws {
    let addresses = "00155d000002 00155d000001"
    let frame = try EthernetFrame(decoding: hex(addresses + "8100 b00a 8100 0014 0800 4500"))
    #expect(frame.tag == VLANTag(identifier: 10, priority: 5, isDropEligible: true))
    #expect(frame.payload == .other(etherType: 0x8100, data: hex("0014 0800 4500")))
    #expect(hex(frame.wireBytes) == hex(hex(addresses + "8100 b00a 8100 0014 0800 4500")))
  }

  @Test(arguments: ["", "00", "000a", "000a08"])
  func `half a tag is none`(rest: String) throws {
    let bytes = hex("00155d000002 00155d000001 8100" + rest)
    let frame = try EthernetFrame(decoding: bytes)
    #expect(frame.tag == nil)
    #expect(frame.payload == .other(etherType: 0x8100, data: hex(rest)))
    #expect(frame.wireBytes == bytes)
  }

  @Test func `of frames within frames the fifth stays bytes`() throws {
    var frame = try KnownFrame.echo.frame
    let header = NVGREHeader(virtualSubnetID: try VirtualSubnetID(5001))
    for _ in 0..<5 { frame = KnownFrame.frame(KnownFrame.packet(.nvgre(header, frame))) }
    var read = try EthernetFrame(decoding: frame.wireBytes)
    #expect(read.wireBytes == frame.wireBytes)
    for _ in 0..<4 {
      guard case .nvgre(_, let inner) = read.packet?.transport else { break }
      read = inner
    }
    let innermost = try KnownFrame.echo.frame.wireBytes
    #expect(
      read.packet?.transport == .other(.gre, data: hex("20006558 00138900") + innermost))
  }
}
