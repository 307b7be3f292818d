/// Writes pcapng (draft-ietf-opsawg-pcapng): little-endian, one section, the same bytes on every
/// run and machine.
struct PcapngWriter {
  private(set) var bytes: [UInt8] = []

  init(_ capture: CaptureFile) {
    writeSectionHeader()
    for interface in capture.interfaces { write(interface) }
    for packet in capture.packets { write(packet) }
  }

  private mutating func writeSectionHeader() {
    block(.sectionHeader) { block in
      block.append(Pcapng.byteOrderMagic)
      block.append(UInt16(1))
      block.append(UInt16(0))
      // The length of the section is left unsaid, as most writers do.
      block.append(UInt64.max)
      // Neither hardware nor system: they would differ from one machine to the next.
      block.append(option: .application, text: "hnv")
      block.appendEndOfOptions()
    }
  }

  private mutating func write(_ interface: CaptureFile.Interface) {
    block(.interfaceDescription) { block in
      block.append(Pcapng.ethernet)
      block.append(UInt16(0))
      // No limit on the length of frames.
      block.append(UInt32(0))
      block.append(option: .interfaceName, text: interface.name)
      block.append(option: .interfaceDescription, text: interface.description)
      block.append(option: .timeResolution, [9])
      block.appendEndOfOptions()
    }
  }

  private mutating func write(_ packet: CaptureFile.Packet) {
    block(.enhancedPacket) { block in
      block.append(UInt32(clamping: packet.interface))
      block.append(UInt32(truncatingIfNeeded: packet.time.nanoseconds >> 32))
      block.append(UInt32(truncatingIfNeeded: packet.time.nanoseconds))
      block.append(UInt32(clamping: packet.bytes.count))
      block.append(UInt32(clamping: packet.byteCount))
      block.append(padded: packet.bytes)
      block.append(option: .comment, text: packet.comment)
      if let direction = packet.direction {
        block.append(option: .flags, [direction == .received ? 1 : 2, 0, 0, 0])
      }
      block.appendEndOfOptions()
    }
  }

  /// A block around a body, with its length before and behind.
  private mutating func block(_ type: Pcapng.Block, _ write: (inout PcapngBody) -> Void) {
    var body = PcapngBody()
    write(&body)
    var frame = PcapngBody()
    let length = UInt32(clamping: Pcapng.emptyBlockByteCount + body.bytes.count)
    frame.append(type.rawValue)
    frame.append(length)
    bytes += frame.bytes + body.bytes
    bytes += frame.bytes[4...]
  }
}

/// The body of a block as it is written.
struct PcapngBody {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  /// Appends bytes, and zeros up to the next multiple of four.
  mutating func append(padded more: [UInt8]) {
    bytes += more
    bytes += Array(repeating: 0, count: (4 - more.count % 4) % 4)
  }

  mutating func append(option: Pcapng.Option, _ value: [UInt8]) {
    append(option.rawValue)
    append(UInt16(clamping: value.count))
    append(padded: value)
  }

  /// Appends a text, unless there is none; one that the length cannot count is cut short.
  mutating func append(option: Pcapng.Option, text: String) {
    guard !text.isEmpty else { return }
    // A character that the cut leaves in part becomes U+FFFD, of three bytes.
    let whole = text.utf8.count <= Int(UInt16.max)
    let kept = whole ? text : String(decoding: text.utf8.prefix(Int(UInt16.max) - 3), as: UTF8.self)
    append(option: option, Array(kept.utf8))
  }

  mutating func appendEndOfOptions() { append(option: .end, []) }
}

extension CaptureFile {
  /// The capture as a pcapng file, little-endian, with times in nanoseconds.
  ///
  /// - Complexity: O(*n*) for *n* bytes of frames and comments.
  public var pcapng: [UInt8] { PcapngWriter(self).bytes }
}
