/// A TCP segment (RFC 9293).
public struct TCPSegment: Hashable, Sendable {
  /// The control bits that a handshake and a refusal need.
  public struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
    /// The control bits as the wire has them.
    public let rawValue: UInt8

    /// Takes the control bits as the wire has them.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// No more data from the sender.
    public static let fin = Flags(rawValue: 1)
    /// Synchronise sequence numbers.
    public static let syn = Flags(rawValue: 2)
    /// Reset the connection.
    public static let rst = Flags(rawValue: 4)
    /// Push.
    public static let psh = Flags(rawValue: 8)
    /// The acknowledgement field counts.
    public static let ack = Flags(rawValue: 16)
    /// The urgent pointer counts.
    public static let urg = Flags(rawValue: 32)
  }

  /// The port it comes from.
  public var sourcePort: UInt16

  /// The port it goes to.
  public var destinationPort: UInt16

  /// The number of the first byte of data, or of SYN.
  public var sequence: UInt32

  /// The next sequence number that the sender expects.
  public var acknowledgment: UInt32

  /// The control bits.
  public var flags: Flags

  /// How many bytes more the sender takes.
  public var window: UInt16

  /// Where urgent data ends, counted from `sequence`.
  public var urgentPointer: UInt16

  /// The options as they stand on the wire, a multiple of four and at most 40 bytes; others are
  /// padded with zeros or cut there.
  public var options: [UInt8]

  /// Its payload.
  public var data: [UInt8]

  /// Creates a segment.
  public init(
    sourcePort: UInt16, destinationPort: UInt16, sequence: UInt32, acknowledgment: UInt32 = 0,
    flags: Flags, window: UInt16 = .max, urgentPointer: UInt16 = 0, options: [UInt8] = [],
    data: [UInt8] = []
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.flags = flags
    self.window = window
    self.urgentPointer = urgentPointer
    self.options = options
    self.data = data
  }

  /// The bytes of a header without options.
  public static let headerByteCount = 20

  /// The bytes of the segment, header and options included.
  public var byteCount: Int {
    Self.headerByteCount + HeaderOptions.byteCount(options) + data.count
  }
}
