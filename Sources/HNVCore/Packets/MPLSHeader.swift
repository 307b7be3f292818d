/// The one entry of a label stack (RFC 3032, section 2.1), which is thus its bottom, and the tunnel
/// over IP that it travels in.
public struct MPLSHeader: Hashable, Sendable, BitwiseCopyable {
  /// What the receiver forwards by, 20 bits; higher ones are dropped.
  public let label: UInt32

  /// The traffic class, 0 to 7 (RFC 5462); higher bits are dropped.
  public let trafficClass: UInt8

  /// How many more routers may forward the packet by its label.
  public var timeToLive: UInt8

  /// What stands between the IP header and the label.
  public var tunnel: Tunnel

  /// The headers in which MPLS travels over IP.
  public enum Tunnel: Hashable, Sendable, BitwiseCopyable {
    /// GRE of protocol type 0x8847, without a key (RFC 4023, section 4).
    case gre
    /// UDP to port 6635; the source port is entropy of the flow (RFC 7510, section 3).
    case udp(sourcePort: UInt16)
  }

  /// Creates an entry of plain traffic class by default.
  public init(label: UInt32, trafficClass: UInt8 = 0, timeToLive: UInt8, in tunnel: Tunnel) {
    self.label = label & 0xf_ffff
    self.trafficClass = trafficClass & 7
    self.timeToLive = timeToLive
    self.tunnel = tunnel
  }

  /// The UDP destination port that IANA assigned.
  public static let destinationPort: UInt16 = 6635

  /// The bytes of the entry itself.
  public static let byteCount = 4

  /// The bytes of the entry and of the GRE or UDP header before it.
  public var byteCountWithTunnel: Int {
    switch tunnel {
    case .gre: 4 + Self.byteCount
    case .udp: UDPDatagram.headerByteCount + Self.byteCount
    }
  }
}

/// What stands behind a label: a bare IP packet (layer 3) or a whole Ethernet frame (layer 2).
///
/// No field says which; the label's owner knows. Who does not know the label, as this module and
/// analysers, goes by the first four bits: 4 and 6 are versions of IP, all else begins a frame (RFC
/// 4928, section 2). A frame to a MAC address that begins with 4 or 6 is therefore not canonical
/// here (`EthernetFrame`): its bytes read as a packet where they happen to be a sound one, and stay
/// bytes where not.
public enum MPLSPayload: Hashable, Sendable {
  /// An IP packet without a link layer.
  case packet(IPPacket)
  /// A frame without a control word before it.
  case frame(EthernetFrame)

  /// The bytes it takes behind the label.
  public var byteCount: Int {
    switch self {
    case .packet(let packet): packet.byteCount
    case .frame(let frame): frame.byteCount
    }
  }

  /// The IP packet, in a frame or by itself; `nil` for a frame that carries none.
  public var innerPacket: IPPacket? {
    switch self {
    case .packet(let packet): packet
    case .frame(let frame): frame.packet
    }
  }
}
