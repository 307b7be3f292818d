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

  /// IPv4's time to live or IPv6's hop limit.
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
}

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

  /// What the packet carries.
  public var transport: Transport

  /// Creates a packet; guests set Don't Fragment, as path MTU discovery has them do (RFC 1191).
  public init(
    source: IPv4Address, destination: IPv4Address, timeToLive: UInt8, dontFragment: Bool = true,
    transport: Transport
  ) {
    self.source = source
    self.destination = destination
    self.timeToLive = timeToLive
    self.dontFragment = dontFragment
    self.transport = transport
  }

  /// The bytes of a header without options.
  public static let headerByteCount = 20

  /// The bytes of the packet, header included.
  public var byteCount: Int { Self.headerByteCount + transport.byteCount }
}

/// An IPv6 packet (RFC 8200).
public struct IPv6Packet: Hashable, Sendable {
  /// The address the packet comes from.
  public var source: IPv6Address

  /// The address the packet goes to.
  public var destination: IPv6Address

  /// How many more routers may forward the packet.
  public var hopLimit: UInt8

  /// What the packet carries.
  public var transport: Transport

  /// Creates a packet.
  public init(
    source: IPv6Address, destination: IPv6Address, hopLimit: UInt8, transport: Transport
  ) {
    self.source = source
    self.destination = destination
    self.hopLimit = hopLimit
    self.transport = transport
  }

  /// The bytes of the fixed header.
  public static let headerByteCount = 40

  /// The bytes of the packet, header included.
  public var byteCount: Int { Self.headerByteCount + transport.byteCount }
}
