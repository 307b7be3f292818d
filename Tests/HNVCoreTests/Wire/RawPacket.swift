import HNVCore
import Testing

/// Transports given as bytes, in a packet whose header is right.
enum RawPacket {
  /// What bytes are read as behind an IPv4 header from 10.0.1.11 to 10.0.1.12.
  static func readV4(_ number: UInt8, _ bytes: [UInt8]) throws -> Transport {
    let raw = IPv4Packet(
      source: KnownFrame.a, destination: KnownFrame.b, timeToLive: 64,
      transport: .other(IPProtocol(number: number), data: bytes))
    return try IPPacket(decoding: IPPacket.v4(raw).wireBytes).transport
  }

  /// What bytes are read as behind an IPv6 header from 2001:db8:1::b to 2001:db8:1::c.
  static func readV6(_ number: UInt8, _ bytes: [UInt8]) throws -> IPv6Packet {
    let raw = IPv6Packet(
      source: KnownFrame.a6, destination: KnownFrame.b6, hopLimit: 64,
      transport: .other(IPProtocol(number: number), data: bytes))
    let read = try IPPacket(decoding: IPPacket.v6(raw).wireBytes)
    guard case .v6(let packet) = read else { throw OtherFamily() }
    return packet
  }

  struct OtherFamily: Error {}

  /// Bytes with their checksum, which covers addresses where there are any, at an offset.
  static func sealed(_ text: String, at offset: Int, _ number: UInt8? = nil, v6: Bool = false)
    -> [UInt8]
  {
    var bytes = hex(text)
    let (high, low) = (UInt8(bytes.count / 256), UInt8(bytes.count % 256))
    let pseudo: [UInt8] =
      switch (number, v6) {
      case (nil, _): []
      case (let number?, false): hex("0a00010b 0a00010c") + [0, number, high, low]
      case (let number?, true):
        hex("20010db8000100000000 00000000000b  20010db8000100000000 00000000000c")
          + [0, 0, high, low, 0, 0, 0, number]
      }
    let sum = SlowChecksum.of(pseudo + bytes)
    (bytes[offset], bytes[offset + 1]) = (UInt8(sum >> 8), UInt8(sum & 0xff))
    return bytes
  }
}
