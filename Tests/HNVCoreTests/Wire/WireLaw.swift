import HNVCore

/// What holds for any bytes: they are read, written and read again, or refused.
enum WireLaw {
  /// What is wrong with how bytes are treated; `nil` where the law is kept.
  static func violation(by bytes: [UInt8]) -> String? {
    guard let frame = try? EthernetFrame(decoding: bytes) else {
      return bytes.count < 14 ? nil : "\(hex(bytes)) is refused"
    }
    if bytes.count < 14 { return "\(hex(bytes)) is no frame" }
    if let place = change(frame, bytes) { return "\(hex(bytes)) changes at \(place): \(frame)" }
    return violation(by: frame).map { "\(hex(bytes)): \($0)" } ?? packetViolation(by: bytes)
  }

  /// Where a frame without padding and without a frame inside has been changed by reading and
  /// writing it; checksums that are zero, or its equal, may become others.
  private static func change(_ frame: EthernetFrame, _ read: [UInt8]) -> Int? {
    if frame.packet?.transport.holdsAnother ?? false { return nil }
    let written = frame.wireBytes
    guard read.count == written.count else { return nil }
    return stride(from: 0, to: read.count, by: 2).first { place in
      let (before, after) = (read[place...].prefix(2), written[place...].prefix(2))
      return before != after && !before.allSatisfy { $0 == 0 } && !before.allSatisfy { $0 == 0xff }
    }
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

extension Transport {
  /// Whether this carries a frame, or a packet behind a checksum.
  fileprivate var holdsAnother: Bool {
    switch self {
    case .nvgre, .vxlan, .geneve, .mpls: true
    case .esp(_, let packet): packet.transport.holdsAnother
    default: false
    }
  }
}
