import HNVCore

/// What holds for any bytes: they are read, written and read again, or refused.
enum WireLaw {
  /// What is wrong with how bytes are treated; `nil` where the law is kept.
  static func violation(by bytes: [UInt8]) -> String? {
    guard let frame = try? EthernetFrame(decoding: bytes) else {
      return bytes.count < 14 ? nil : "\(hex(bytes)) is refused"
    }
    if bytes.count < 14 { return "\(hex(bytes)) is no frame" }
    return violation(by: frame).map { "\(hex(bytes)): \($0)" } ?? packetViolation(by: bytes)
  }

  /// What is wrong with how a canonical frame is written and read again.
  static func violation(by frame: EthernetFrame) -> String? {
    let written = frame.wireBytes
    if frame.byteCount != written.count { return "\(written.count) bytes of \(frame)" }
    guard let again = try? EthernetFrame(decoding: written) else { return "unreadable: \(frame)" }
    return again == frame ? nil : "\(frame) became \(again)"
  }

  private static func packetViolation(by bytes: [UInt8]) -> String? {
    guard let packet = try? IPPacket(decoding: bytes[14...]) else { return nil }
    let again = try? IPPacket(decoding: packet.wireBytes)
    return again == packet ? nil : "\(packet) became \(String(describing: again))"
  }
}
