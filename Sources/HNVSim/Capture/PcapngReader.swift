import HNVCore

/// Reads pcapng (draft-ietf-opsawg-pcapng): any number of sections in either byte order.
struct PcapngReader {
  private var cursor: CaptureCursor
  private var capture = CaptureFile()
  /// The interfaces of the section at hand; they are counted anew in each.
  private var interfaces: [SectionInterface] = []
  /// Of the packet before, for blocks that have no time of their own.
  private var time = VirtualTime.zero

  private struct SectionInterface {
    let index: Int
    let snapLength: UInt32
    let clock: CaptureClock
  }

  private init(_ cursor: CaptureCursor) { self.cursor = cursor }

  static func read(_ cursor: CaptureCursor) throws(Diagnostic) -> CaptureFile {
    var reader = PcapngReader(cursor)
    while !reader.cursor.isAtEnd { try reader.readBlock() }
    return reader.capture
  }

  private mutating func readBlock() throws(Diagnostic) {
    let start = cursor
    let type = try cursor.number(UInt32.self, "a block's type")
    // This type reads the same in both orders, so that the order can be seen behind it.
    if type == Pcapng.Block.sectionHeader.rawValue { try readByteOrder() }
    let length = try cursor.number(UInt32.self, "a block's length")
    guard length >= Pcapng.emptyBlockByteCount, length.isMultiple(of: 4) else {
      throw start.diagnostic(.captureLength, "a block cannot have \(length) bytes")
    }
    guard length - 8 <= cursor.count else {
      throw start.diagnostic(
        .captureCutOff, "this block has \(length) bytes, and \(start.count) are left")
    }
    var body = try cursor.part(Int(length) - Pcapng.emptyBlockByteCount, "the block")
    let again = try cursor.number(UInt32.self, "the length behind a block")
    guard again == length else {
      throw start.diagnostic(
        .captureLength, "this block has \(length) bytes by its first length, \(again) by its last")
    }
    switch Pcapng.Block(rawValue: type) {
    case .sectionHeader: try readSectionHeader(&body)
    case .interfaceDescription: try readInterface(&body)
    case .enhancedPacket: try readEnhancedPacket(&body)
    case .simplePacket: try readSimplePacket(&body)
    case nil: break
    }
  }

  /// Looks beyond the length, which cannot be read before the order is known.
  private mutating func readByteOrder() throws(Diagnostic) {
    var ahead = cursor
    ahead.isBigEndian = true
    _ = try ahead.number(UInt32.self, "a section's length")
    let start = ahead
    let magic = try ahead.number(UInt32.self, "a section's byte order")
    switch magic {
    case Pcapng.byteOrderMagic: cursor.isBigEndian = true
    case Pcapng.byteOrderMagic.byteSwapped: cursor.isBigEndian = false
    default: throw start.diagnostic(.captureFormat, "the section's byte order is in neither order")
    }
  }

  private mutating func readSectionHeader(_ body: inout CaptureCursor) throws(Diagnostic) {
    _ = try body.number(UInt32.self, "the byte order")
    let start = body
    let version = try body.number(UInt16.self, "the version")
    _ = try body.number(UInt16.self, "the version")
    guard version == 1 else {
      throw start.diagnostic(.captureFormat, "the section is of version \(version) of the format")
    }
    _ = try body.number(UInt64.self, "the section's length")
    interfaces = []
  }

  private mutating func readInterface(_ body: inout CaptureCursor) throws(Diagnostic) {
    let start = body
    let linkType = try body.number(UInt16.self, "the link type")
    guard linkType == Pcapng.ethernet else {
      throw start.diagnostic(.captureLinkType, "an interface has the link type \(linkType)")
    }
    _ = try body.number(UInt16.self, "what is reserved")
    let snapLength = try body.number(UInt32.self, "the longest frame")
    var interface = CaptureFile.Interface(name: "\(capture.interfaces.count)")
    var clock = CaptureClock()
    let isBigEndian = body.isBigEndian
    try readOptions(&body) { option, value throws(Diagnostic) in
      switch option {
      case .interfaceName where !value.isEmpty:
        interface.name = String(decoding: value, as: UTF8.self)
      case .interfaceDescription: interface.description = String(decoding: value, as: UTF8.self)
      case .timeResolution: clock.resolution = value.first ?? clock.resolution
      case .timeOffset:
        var value = CaptureCursor(value, named: "")
        value.isBigEndian = isBigEndian
        clock.offset = try value.number(Int64.self, "the time's offset")
      default: break
      }
    }
    interfaces.append(
      SectionInterface(index: capture.interfaces.count, snapLength: snapLength, clock: clock))
    capture.interfaces.append(interface)
  }

  private mutating func readEnhancedPacket(_ body: inout CaptureCursor) throws(Diagnostic) {
    let start = body
    let interface = try interface(
      try body.number(UInt32.self, "the packet's interface"), at: start)
    let upper = try body.number(UInt32.self, "the packet's time")
    let lower = try body.number(UInt32.self, "the packet's time")
    time = interface.clock.time(UInt64(upper) << 32 | UInt64(lower))
    let kept = try body.number(UInt32.self, "the packet's length")
    let byteCount = try body.number(UInt32.self, "the packet's length on the wire")
    var packet = CaptureFile.Packet(
      interface: interface.index, time: time, bytes: try body.padded(kept, "the packet"),
      byteCount: Int(byteCount))
    let isBigEndian = body.isBigEndian
    try readOptions(&body) { option, value throws(Diagnostic) in
      switch option {
      case .comment:
        // There may be several, one below the other.
        packet.comment += packet.comment.isEmpty ? "" : "\n"
        packet.comment += String(decoding: value, as: UTF8.self)
      case .flags where value.count == 4:
        // The lowest two of the 32 bits (section 4.3.1).
        switch value[isBigEndian ? 3 : 0] & 3 {
        case 1: packet.direction = .received
        case 2: packet.direction = .sent
        default: break
        }
      default: break
      }
    }
    capture.packets.append(packet)
  }

  /// A packet of the section's first interface, without a time: it has that of the one before.
  private mutating func readSimplePacket(_ body: inout CaptureCursor) throws(Diagnostic) {
    let interface = try interface(0, at: body)
    let byteCount = try body.number(UInt32.self, "the packet's length on the wire")
    let kept = interface.snapLength == 0 ? byteCount : min(byteCount, interface.snapLength)
    capture.packets.append(
      CaptureFile.Packet(
        interface: interface.index, time: time, bytes: try body.padded(kept, "the packet"),
        byteCount: Int(byteCount)))
  }

  private func interface(
    _ number: UInt32, at body: CaptureCursor
  ) throws(Diagnostic) -> SectionInterface {
    guard number < interfaces.count else {
      throw body.diagnostic(
        .captureInterface,
        "the packet is of interface \(number), and its section has described \(interfaces.count)",
        fix: "open the capture in an analyser and save it again")
    }
    return interfaces[Int(number)]
  }

  private func readOptions(
    _ body: inout CaptureCursor, _ take: (Pcapng.Option, [UInt8]) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    while !body.isAtEnd {
      let option = Pcapng.Option(rawValue: try body.number(UInt16.self, "an option"))
      let length = try body.number(UInt16.self, "an option's length")
      let value = try body.padded(length, "an option")
      if option == .end { return }
      try take(option, value)
    }
  }
}
