/// An ICMP message for IPv4 (RFC 792).
public enum ICMPMessage: Hashable, Sendable {
  /// Type 8: please answer.
  case echoRequest(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 0: the answer, with the same identifier, sequence and data.
  case echoReply(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 3: what the quoted packet asked for cannot be done.
  case destinationUnreachable(Unreachable, quoting: QuotedPacket)
  /// Type 11, code 0: the quoted packet's time to live ran out at a router.
  case timeExceeded(quoting: QuotedPacket)

  /// The codes of "destination unreachable" that the simulator's boxes send.
  public enum Unreachable: UInt8, Hashable, Sendable {
    /// No route.
    case network = 0
    /// The neighbour did not answer.
    case host = 1
    /// Nothing listens at the port.
    case port = 3
  }

  /// The bytes it takes behind the IP header.
  public var byteCount: Int {
    switch self {
    case .echoRequest(_, _, let data), .echoReply(_, _, let data): 8 + data.count
    // RFC 792 quotes the internet header and 64 bits of what follows.
    case .destinationUnreachable(_, let quoted), .timeExceeded(let quoted):
      8 + min(quoted.byteCount, IPv4Packet.headerByteCount + 8)
    }
  }
}

/// An ICMP message for IPv6 (RFC 4443), neighbour discovery (RFC 4861) included.
public enum ICMPv6Message: Hashable, Sendable {
  /// Type 128: please answer.
  case echoRequest(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 129: the answer, with the same identifier, sequence and data.
  case echoReply(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 1: what the quoted packet asked for cannot be done.
  case destinationUnreachable(Unreachable, quoting: QuotedPacket)
  /// Type 3, code 0: the quoted packet's hop limit ran out at a router.
  case timeExceeded(quoting: QuotedPacket)
  /// Type 135: who has the target? `sender` is the option "source link-layer address".
  case neighborSolicitation(target: IPv6Address, sender: MACAddress?)
  /// Type 136: the target's link-layer address.
  case neighborAdvertisement(target: IPv6Address, targetMAC: MACAddress, solicited: Bool)

  /// The codes of "destination unreachable" that the simulator's boxes send.
  public enum Unreachable: UInt8, Hashable, Sendable {
    /// No route.
    case noRoute = 0
    /// The neighbour did not answer.
    case address = 3
    /// Nothing listens at the port.
    case port = 4
  }

  /// The bytes it takes behind the IP header.
  public var byteCount: Int {
    switch self {
    case .echoRequest(_, _, let data), .echoReply(_, _, let data): 8 + data.count
    // RFC 4443 quotes as much as fits into 1280 bytes.
    case .destinationUnreachable(_, let quoted), .timeExceeded(let quoted):
      8 + min(quoted.byteCount, 1280 - IPv6Packet.headerByteCount - 8)
    case .neighborSolicitation(_, let sender): 24 + (sender == nil ? 0 : 8)
    case .neighborAdvertisement: 32
    }
  }
}

/// The start of a packet that an ICMP error is about: enough to know whose packet it was.
public struct QuotedPacket: Hashable, Sendable {
  /// The quoted packet's source: the error's receiver.
  public let source: IPAddress

  /// The quoted packet's destination.
  public let destination: IPAddress

  /// What it carried.
  public let ipProtocol: IPProtocol

  /// The first 64 bits behind its IP header, read as UDP and TCP lay them out; `nil` otherwise.
  public let sourcePort: UInt16?

  /// The destination port likewise.
  public let destinationPort: UInt16?

  /// The bytes of the whole packet.
  public let byteCount: Int

  /// Quotes a packet.
  public init(_ packet: IPPacket) {
    let ports = packet.transport.ports
    source = packet.source
    destination = packet.destination
    ipProtocol = packet.transport.ipProtocol
    sourcePort = ports?.source
    destinationPort = ports?.destination
    byteCount = packet.byteCount
  }
}
