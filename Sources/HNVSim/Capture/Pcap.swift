import HNVCore

/// Reads pcap (draft-ietf-opsawg-pcap), the format of libpcap.
enum PcapReader {
  static func read(
    _ start: CaptureCursor, _ format: CaptureFormat.Pcap
  ) throws(Diagnostic) -> CaptureFile {
    var cursor = start
    cursor.isBigEndian = format.isBigEndian
    _ = try cursor.number(UInt32.self, "the first number")
    let beforeVersion = cursor
    let version = try cursor.number(UInt16.self, "the version")
    guard version == 2 else {
      throw beforeVersion.diagnostic(
        .captureFormat, "the capture is of version \(version) of the format")
    }
    // The minor version, time zone and accuracy, which are zero, and the longest frame.
    _ = try cursor.bytes(14, "the file's header")
    let beforeLinkType = cursor
    // The upper bits tell of a frame check sequence, which decoding leaves aside as padding.
    let linkType = UInt16(
      truncatingIfNeeded: try cursor.number(UInt32.self, "the file's link type"))
    guard linkType == Pcapng.ethernet else {
      throw beforeLinkType.diagnostic(.captureLinkType, "the capture has the link type \(linkType)")
    }
    var capture = CaptureFile(interfaces: [CaptureFile.Interface(name: "0")])
    while !cursor.isAtEnd {
      capture.packets.append(try readPacket(&cursor, format))
    }
    return capture
  }

  private static func readPacket(
    _ cursor: inout CaptureCursor, _ format: CaptureFormat.Pcap
  ) throws(Diagnostic) -> CaptureFile.Packet {
    let seconds = try cursor.number(UInt32.self, "a packet's time")
    let ticks = try cursor.number(UInt32.self, "a packet's time")
    let kept = try cursor.number(UInt32.self, "a packet's length")
    let byteCount = try cursor.number(UInt32.self, "a packet's length on the wire")
    // Two numbers of 32 bits stay within 64 bits of nanoseconds.
    let time = UInt64(seconds) * 1_000_000_000 + UInt64(ticks) * format.nanosecondsOfTick
    return CaptureFile.Packet(
      interface: 0, time: VirtualTime(nanoseconds: time),
      bytes: try cursor.bytes(kept, "a packet"), byteCount: Int(byteCount))
  }
}
