public import HNVCore

extension CaptureFile {
  /// Reads a capture file.
  ///
  /// - Throws: what keeps the file from being opened, or what is wrong with it.
  public init(contentsOf path: String) throws(Diagnostics) {
    self = try Self.read(try InputFile.bytes(of: path, kind: "capture file"), named: path)
  }

  /// Reads a capture in pcapng or in pcap, of either byte order; `file` names it in diagnostics.
  ///
  /// Blocks of other kinds are passed over. What a file says of its own lengths is not believed
  /// before it is checked.
  ///
  /// - Throws: what is wrong with the file, with the byte at which it was seen.
  /// - Complexity: O(*n*) for *n* bytes.
  public static func read(_ bytes: [UInt8], named file: String) throws(Diagnostics) -> CaptureFile {
    let cursor = CaptureCursor(bytes, named: file)
    do throws(Diagnostic) {
      switch CaptureFormat(beginning: bytes) {
      case .pcapng: return try PcapngReader.read(cursor)
      case .pcap(let format): return try PcapReader.read(cursor, format)
      case nil:
        let isPacked = bytes.starts(with: [0x1F, 0x8B])
        throw cursor.diagnostic(
          .captureFormat,
          isPacked ? "the file is packed by gzip" : "the file does not begin as a capture does",
          fix: isPacked ? "unpack it" : nil)
      }
    } catch {
      throw Diagnostics([error])
    }
  }
}

/// The format of a capture, as its first four bytes tell it.
enum CaptureFormat {
  case pcapng
  case pcap(Pcap)

  /// What varies from one pcap file to the next.
  struct Pcap {
    let isBigEndian: Bool
    let nanosecondsOfTick: UInt64
  }

  /// `nil` for what is no capture.
  init?(beginning bytes: [UInt8]) {
    switch bytes.prefix(4) {
    case [0x0A, 0x0D, 0x0D, 0x0A]: self = .pcapng
    case [0xA1, 0xB2, 0xC3, 0xD4]: self = .pcap(Pcap(isBigEndian: true, nanosecondsOfTick: 1_000))
    case [0xD4, 0xC3, 0xB2, 0xA1]: self = .pcap(Pcap(isBigEndian: false, nanosecondsOfTick: 1_000))
    case [0xA1, 0xB2, 0x3C, 0x4D]: self = .pcap(Pcap(isBigEndian: true, nanosecondsOfTick: 1))
    case [0x4D, 0x3C, 0xB2, 0xA1]: self = .pcap(Pcap(isBigEndian: false, nanosecondsOfTick: 1))
    default: return nil
    }
  }
}
