import HNVCore

/// The numbers of pcapng (draft-ietf-opsawg-pcapng, sections 4 and 10).
enum Pcapng {
  /// The number from whose bytes a reader sees the order of all others.
  static let byteOrderMagic: UInt32 = 0x1A2B_3C4D

  /// LINKTYPE_ETHERNET.
  static let ethernet: UInt16 = 1

  /// The bytes of a block without a body: its type, and its length twice.
  static let emptyBlockByteCount = 12

  enum Block: UInt32 {
    case sectionHeader = 0x0A0D_0D0A
    case interfaceDescription = 1
    case simplePacket = 3
    case enhancedPacket = 6
  }

  /// Options; what a number means depends on the block.
  struct Option: RawRepresentable, Hashable {
    let rawValue: UInt16

    static let end = Option(rawValue: 0)
    static let comment = Option(rawValue: 1)
    static let application = Option(rawValue: 4)
    static let interfaceName = Option(rawValue: 2)
    static let interfaceDescription = Option(rawValue: 3)
    static let timeResolution = Option(rawValue: 9)
    static let timeOffset = Option(rawValue: 14)
    static let flags = Option(rawValue: 2)
  }
}

/// Reads pcapng (draft-ietf-opsawg-pcapng): any number of sections in either byte order.
struct PcapngReader {
  private var cursor: CaptureCursor
  private var capture = CaptureFile()
  /// The interfaces of the current section; each section numbers its own.
  private var interfaces: [SectionInterface] = []
  /// The time of the previous packet, for blocks without one.
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
    default: throw start.diagnostic(.captureFormat, "the section's byte order is not recognized")
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

  /// A packet of the section's first interface; it has no time and gets that of the previous one.
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

/// The unit and the start of an interface's times (draft-ietf-opsawg-pcapng, section 4.2).
struct CaptureClock {
  /// The unit: 10 to the minus this, or 2 to the minus its lower seven bits where the highest is
  /// set; default: microseconds.
  var resolution: UInt8 = 6

  /// Seconds to add.
  var offset: Int64 = 0

  /// The time in nanoseconds, clamped to what a virtual time can hold.
  func time(_ ticks: UInt64) -> VirtualTime {
    let exponent = Int(resolution & 0x7f)
    let nanoseconds: UInt128
    if resolution & 0x80 != 0 {
      nanoseconds = (UInt128(ticks) * 1_000_000_000) >> exponent
    } else if exponent <= 9 {
      nanoseconds = UInt128(ticks) * Self.powerOfTen(9 - exponent)
    } else {
      // From 10 to the 20 on, 64 bits of ticks are less than a nanosecond.
      nanoseconds = exponent < 9 + 20 ? UInt128(ticks) / Self.powerOfTen(exponent - 9) : 0
    }
    let sum = Int128(nanoseconds) + Int128(offset) * 1_000_000_000
    return VirtualTime(nanoseconds: UInt64(clamping: sum))
  }

  private static func powerOfTen(_ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

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
