/// Frames with their times and where each was seen: what a capture file holds.
///
/// ```swift
/// let capture = try CaptureFile(contentsOf: "b-to-x.pcapng")
/// for packet in capture.packets { print(packet.time, packet.bytes.count) }
/// ```
public struct CaptureFile: Hashable, Sendable {
  /// The places at which frames were seen.
  public var interfaces: [Interface]

  /// The frames, in the order of the file.
  public var packets: [Packet]

  /// Gathers what was seen.
  public init(interfaces: [Interface] = [], packets: [Packet] = []) {
    self.interfaces = interfaces
    self.packets = packets
  }

  /// A place at which frames were seen.
  public struct Interface: Hashable, Sendable {
    /// Its name; one that a file leaves without is called by its number, from `0`, as analysers do.
    public var name: String
    /// What it is, in a few words; empty where nobody said.
    public var description: String

    /// Names an interface.
    public init(name: String, description: String = "") {
      self.name = name
      self.description = description
    }
  }

  /// Which way a frame went, as the element saw it that has the interface.
  public enum Direction: Hashable, Sendable {
    /// It came in.
    case received
    /// It went out.
    case sent
  }

  /// A frame that was seen.
  public struct Packet: Hashable, Sendable {
    /// The interface that it was seen at, an index of `interfaces`.
    public var interface: Int
    /// When; in files of others since 1970.
    public var time: VirtualTime
    /// The frame from its destination address on, as far as it was kept.
    public var bytes: [UInt8]
    /// How many bytes it had on the wire; more than are kept where the capture cut it short.
    public var byteCount: Int
    /// Which way it went; `nil` where the file does not say.
    public var direction: Direction?
    /// What somebody said of it; empty where nobody did.
    public var comment: String

    /// Describes a frame that was seen, in full by default.
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
