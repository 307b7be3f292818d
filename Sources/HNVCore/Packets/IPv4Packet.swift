/// An IPv4 packet (RFC 791).
public struct IPv4Packet: Hashable, Sendable {
  /// The address the packet comes from.
  public var source: IPv4Address

  /// The address the packet goes to.
  public var destination: IPv4Address

  /// How many more routers may forward the packet.
  public var timeToLive: UInt8

  /// Whether a router must drop the packet rather than fragment it.
  public var dontFragment: Bool

  /// The differentiated services field: code point and congestion bits (RFC 2474, RFC 3168).
  public var differentiatedServices: UInt8

  /// What names the packet among its sender's, should it be fragmented.
  public var identification: UInt16

  /// Where a fragment begins, in units of 8 bytes, 13 bits, of which the wire drops higher ones; 0
  /// for a whole packet and for the first fragment.
  public var fragmentOffset: UInt16

  /// Whether a further fragment follows.
  public var moreFragments: Bool

  /// The options as they stand on the wire, a multiple of four and at most 40 bytes; others are
  /// padded with zeros or cut there.
  public var options: [UInt8]

  /// What the packet carries; a fragment carries bytes, `Transport.other`.
  public var transport: Transport

  /// Creates a whole packet; guests set Don't Fragment for path MTU discovery (RFC 1191).
  public init(
    source: IPv4Address, destination: IPv4Address, timeToLive: UInt8, dontFragment: Bool = true,
    differentiatedServices: UInt8 = 0, identification: UInt16 = 0, options: [UInt8] = [],
    transport: Transport
  ) {
    self.source = source
    self.destination = destination
    self.timeToLive = timeToLive
    self.dontFragment = dontFragment
    self.differentiatedServices = differentiatedServices
    self.identification = identification
    fragmentOffset = 0
    moreFragments = false
    self.options = options
    self.transport = transport
  }

  /// The bytes of a header without options.
  public static let headerByteCount = 20

  /// The bytes of the packet, header included; the wire has at most 65535 of them.
  public var byteCount: Int {
    Self.headerByteCount + HeaderOptions.byteCount(options) + transport.byteCount
  }

  /// Which part of a larger packet this is; `nil` for a whole packet.
  public var fragment: Fragment? {
    guard moreFragments || fragmentOffset > 0 else { return nil }
    return Fragment(
      identification: UInt32(identification), offset: fragmentOffset, moreFollow: moreFragments)
  }
}
