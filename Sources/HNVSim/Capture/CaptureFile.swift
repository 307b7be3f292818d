public import HNVCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The contents of a capture file: frames, with the time and the interface of each.
///
/// ```swift
/// let capture = try CaptureFile(contentsOf: "b-to-x.pcapng")
/// for packet in capture.packets { print(packet.time, packet.bytes.count) }
/// ```
public struct CaptureFile: Hashable, Sendable {
  /// The interfaces at which frames were captured.
  public var interfaces: [Interface]

  /// The frames, in the order of the file.
  public var packets: [Packet]

  /// Creates a capture.
  public init(interfaces: [Interface] = [], packets: [Packet] = []) {
    self.interfaces = interfaces
    self.packets = packets
  }

  /// An interface at which frames were captured.
  public struct Interface: Hashable, Sendable {
    /// Its name; its number, from `0`, where a file gives none.
    public var name: String
    /// A description; empty where a file gives none.
    public var description: String

    /// Names an interface.
    public init(name: String, description: String = "") {
      self.name = name
      self.description = description
    }
  }

  /// The direction of a frame, seen from the interface.
  public enum Direction: Hashable, Sendable {
    /// Inbound.
    case received
    /// Outbound.
    case sent
  }

  /// A captured frame.
  public struct Packet: Hashable, Sendable {
    /// The interface, an index of `interfaces`.
    public var interface: Int
    /// The time since the start of the run; in captures of real networks since 1970.
    public var time: VirtualTime
    /// The frame from its destination address on, as far as it was captured.
    public var bytes: [UInt8]
    /// Its bytes on the wire; more than `bytes` holds where the capture truncated it.
    public var byteCount: Int
    /// Its direction; `nil` where a file does not say.
    public var direction: Direction?
    /// A comment; empty for none.
    public var comment: String

    /// Describes a captured frame, not truncated by default.
    public init(
      interface: Int, time: VirtualTime, bytes: [UInt8], byteCount: Int? = nil,
      direction: Direction? = nil, comment: String = ""
    ) {
      self.interface = interface
      self.time = time
      self.bytes = bytes
      self.byteCount = byteCount ?? bytes.count
      self.direction = direction
      self.comment = comment
    }
  }
}

extension CaptureFile {
  /// Reads a capture file.
  ///
  /// - Throws: what keeps the file from being opened, or what is wrong with it.
  public init(contentsOf path: String) throws(Diagnostics) {
    self = try Self.read(try InputFile.bytes(of: path, kind: "capture file"), named: path)
  }

  /// Reads a capture in pcapng or in pcap, of either byte order; `file` names it in diagnostics.
  ///
  /// Blocks of other kinds are skipped. Lengths in the file are checked before they are used.
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
          isPacked ? "the file is gzip-compressed" : "the file is not a pcap or pcapng file",
          fix: isPacked ? "unpack it" : nil)
      }
    } catch {
      throw Diagnostics([error])
    }
  }
}

extension CaptureFile {
  /// The capture as a pcapng file, little-endian, with times in nanoseconds.
  ///
  /// - Complexity: O(*n*) for *n* bytes of frames and comments.
  public var pcapng: [UInt8] { PcapngWriter(self).bytes }

  /// Writes the capture as pcapng to a new file, or over an empty file or another capture.
  ///
  /// - Throws: why the file cannot be written, or that something else is in it.
  public func write(to path: String) throws(Diagnostics) {
    if FileManager.default.fileExists(atPath: path) {
      let bytes = try InputFile.bytes(of: path, kind: "capture file")
      guard bytes.isEmpty || CaptureFormat(beginning: bytes) != nil else {
        throw Self.unwritable(path, "\(path) exists and is not a capture")
      }
    }
    do {
      try Data(pcapng).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Self.unwritable(
        path, "\(path) cannot be written", fix: "check that the folder exists and its permissions")
    }
  }

  private static func unwritable(
    _ path: String, _ what: String, fix: String? = nil
  ) -> Diagnostics {
    Diagnostics([
      Diagnostic(.unwritableFile, in: .named("file \(path)"), value: path, what, fix: fix)
    ])
  }
}

/// The format of a capture, by its first four bytes.
enum CaptureFormat {
  case pcapng
  case pcap(Pcap)

  /// The byte order and the time unit of a pcap file.
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
