/// RFC 1071, section 1, word by word: add, and carry around at once.
enum SlowChecksum {
  static func of(_ bytes: some Collection<UInt8>) -> UInt16 {
    var bytes = Array(bytes)
    if bytes.count % 2 == 1 { bytes.append(0) }
    var sum = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += Int(bytes[index]) * 256 + Int(bytes[index + 1])
      if sum > 0xffff { sum = sum - 0x10000 + 1 }
    }
    return UInt16(0xffff - sum)
  }

  /// The checksum of UDP and TCP over IPv4, with the pseudo-header drawn in RFC 9293, section 3.1.
  static func ofTransport(inV4 packet: [UInt8]) -> UInt16 {
    let header = Int(packet[0] & 0xf) * 4
    let count = packet.count - header
    let pseudo = packet[12..<20] + [0, packet[9], UInt8(count / 256), UInt8(count % 256)]
    return of(pseudo + packet[header...])
  }

  /// The checksum of a transport right behind the fixed header of IPv6 (RFC 8200, section 8.1).
  static func ofTransport(inV6 packet: [UInt8]) -> UInt16 {
    let count = packet.count - 40
    let pseudo =
      packet[8..<40] + [0, 0, UInt8(count / 256), UInt8(count % 256), 0, 0, 0, packet[6]]
    return of(pseudo + packet[40...])
  }
}
