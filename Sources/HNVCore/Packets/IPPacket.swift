/// An IP packet of either family, with the questions that forwarding asks of both alike.
public enum IPPacket: Hashable, Sendable {
  /// An IPv4 packet.
  case v4(IPv4Packet)
  /// An IPv6 packet.
  case v6(IPv6Packet)

  /// A packet between two addresses; `nil` when their families differ.
  public init?(
    from source: IPAddress, to destination: IPAddress, timeToLive: UInt8, transport: Transport
  ) {
    switch (source, destination) {
    case (.v4(let source), .v4(let destination)):
      self = .v4(
        IPv4Packet(
          source: source, destination: destination, timeToLive: timeToLive, transport: transport))
    case (.v6(let source), .v6(let destination)):
      self = .v6(
        IPv6Packet(
          source: source, destination: destination, hopLimit: timeToLive, transport: transport))
    default: return nil
    }
  }

  /// The address the packet comes from.
  public var source: IPAddress {
    switch self {
    case .v4(let packet): .v4(packet.source)
    case .v6(let packet): .v6(packet.source)
    }
  }

  /// The address the packet goes to.
  public var destination: IPAddress {
    switch self {
    case .v4(let packet): .v4(packet.destination)
    case .v6(let packet): .v6(packet.destination)
    }
  }

  /// IPv4's TTL or IPv6's hop limit.
  public var timeToLive: UInt8 {
    get {
      switch self {
      case .v4(let packet): packet.timeToLive
      case .v6(let packet): packet.hopLimit
      }
    }
    set {
      switch self {
      case .v4(var packet):
        packet.timeToLive = newValue
        self = .v4(packet)
      case .v6(var packet):
        packet.hopLimit = newValue
        self = .v6(packet)
      }
    }
  }

  /// What the packet carries.
  public var transport: Transport {
    switch self {
    case .v4(let packet): packet.transport
    case .v6(let packet): packet.transport
    }
  }

  /// The bytes of the packet, header included.
  public var byteCount: Int {
    switch self {
    case .v4(let packet): packet.byteCount
    case .v6(let packet): packet.byteCount
    }
  }

  /// Which part of a larger packet this is; `nil` for a whole packet.
  public var fragment: Fragment? {
    switch self {
    case .v4(let packet): packet.fragment
    case .v6(let packet): packet.fragment
    }
  }
}

/// Which part of a packet a fragment is (RFC 791, section 3.2; RFC 8200, section 4.5).
public struct Fragment: Hashable, Sendable {
  /// What all parts of one packet have in common; IPv4 uses the lower 16 bits.
  public var identification: UInt32

  /// Where the part begins, in units of 8 bytes; 13 bits, of which the wire drops higher ones.
  public var offset: UInt16

  /// Whether a further part follows.
  public var moreFollow: Bool

  /// Describes a part.
  public init(identification: UInt32, offset: UInt16, moreFollow: Bool) {
    self.identification = identification
    self.offset = offset & 0x1fff
    self.moreFollow = moreFollow
  }

  /// Whether the part is all there is, for its sender foresaw fragments (RFC 6946).
  package var isWhole: Bool { offset == 0 && !moreFollow }
}
