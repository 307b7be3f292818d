/// An IPv6 packet (RFC 8200).
public struct IPv6Packet: Hashable, Sendable {
  /// The address the packet comes from.
  public var source: IPv6Address

  /// The address the packet goes to.
  public var destination: IPv6Address

  /// How many more routers may forward the packet.
  public var hopLimit: UInt8

  /// The traffic class: code point and congestion bits (RFC 2474, RFC 3168).
  public var trafficClass: UInt8

  /// The flow label, 20 bits (RFC 6437).
  public var flowLabel: UInt32

  /// The headers between the fixed one and what the packet carries, in order.
  public var extensionHeaders: [IPv6ExtensionHeader]

  /// What the packet carries; a fragment carries bytes, `Transport.other`.
  public var transport: Transport

  /// Creates a packet.
  public init(
    source: IPv6Address, destination: IPv6Address, hopLimit: UInt8, trafficClass: UInt8 = 0,
    flowLabel: UInt32 = 0, extensionHeaders: [IPv6ExtensionHeader] = [], transport: Transport
  ) {
    self.source = source
    self.destination = destination
    self.hopLimit = hopLimit
    self.trafficClass = trafficClass
    self.flowLabel = flowLabel & 0xf_ffff
    self.extensionHeaders = extensionHeaders
    self.transport = transport
  }

  /// The bytes of the fixed header.
  public static let headerByteCount = 40

  /// The bytes of the packet, all headers included; the wire has at most 65535 behind the first.
  public var byteCount: Int {
    var count = Self.headerByteCount + transport.byteCount
    for header in extensionHeaders { count += header.byteCount }
    return count
  }

  /// Which part of a larger packet this is; `nil` for a whole packet.
  public var fragment: Fragment? { Self.fragment(in: extensionHeaders) }

  static func fragment(in extensionHeaders: [IPv6ExtensionHeader]) -> Fragment? {
    for header in extensionHeaders {
      if case .fragment(let fragment) = header, !fragment.isWhole { return fragment }
    }
    return nil
  }
}

/// A header that stands between IPv6's fixed header and what the packet carries (RFC 8200,
/// section 4).
public enum IPv6ExtensionHeader: Hashable, Sendable {
  /// Hop-by-hop options (0), routing (43) or destination options (60), and no other number: all
  /// behind its two bytes of next header and length, 6 bytes and a multiple of 8 more, at most
  /// 2046; others are padded with zeros or cut on the wire.
  case options(IPProtocol, [UInt8])
  /// The fragment header (44).
  case fragment(Fragment)

  /// The number by which the header before it names it.
  public var ipProtocol: IPProtocol {
    switch self {
    case .options(let number, _): number
    case .fragment: IPProtocol(number: 44)
    }
  }

  /// The bytes of the header on the wire: a multiple of eight, at most 256 times eight.
  public var byteCount: Int {
    switch self {
    case .options(_, let body): min(2048, max(8, (2 + body.count + 7) / 8 * 8))
    case .fragment: 8
    }
  }
}
