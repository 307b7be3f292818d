/// An ICMP message for IPv4 (RFC 792).
public enum ICMPMessage: Hashable, Sendable {
  /// Type 8: please answer.
  case echoRequest(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 0: the answer, with the same identifier, sequence and data.
  case echoReply(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 3: what the quoted packet asked for cannot be done.
  case destinationUnreachable(Unreachable, quoting: QuotedPacket)
  /// Type 3, code 4: the quoted packet must not be fragmented and does not fit; `mtu` would
  /// (RFC 1191, section 4).
  case fragmentationNeeded(mtu: UInt16, quoting: QuotedPacket)
  /// Type 5: the gateway is a better next hop for the quoted packet.
  case redirect(Redirect, gateway: IPv4Address, quoting: QuotedPacket)
  /// Type 11, code 0: the quoted packet's TTL ran out at a router.
  case timeExceeded(quoting: QuotedPacket)
  /// Any other message, or what its case cannot hold: all that stands behind its checksum.
  case other(type: UInt8, code: UInt8, body: [UInt8])

  /// The codes of "destination unreachable" that the simulator's elements send.
  public enum Unreachable: UInt8, Hashable, Sendable {
    /// No route.
    case network = 0
    /// The neighbour did not answer.
    case host = 1
    /// Nothing understands the protocol.
    case `protocol` = 2
    /// Nothing listens at the port.
    case port = 3
    /// Between hypervisors: the receiver's policy is missing or another ([MS-NVGREE], section
    /// 2.2.2).
    case policy = 10
    /// A filter forbids it (RFC 1812, section 5.2.7.1).
    case prohibited = 13
  }

  /// The codes of "redirect" that the simulator's elements send.
  public enum Redirect: UInt8, Hashable, Sendable {
    /// For this host.
    case host = 1
    /// Between hypervisors: the machine has moved to the provider address ([MS-NVGREE], section
    /// 2.2.1).
    case movedMachine = 10
  }

  /// The bytes it takes behind the IP header.
  public var byteCount: Int {
    switch self {
    case .echoRequest(_, _, let data), .echoReply(_, _, let data): 8 + data.count
    case .destinationUnreachable(_, let quoted), .fragmentationNeeded(_, let quoted),
      .redirect(_, _, let quoted), .timeExceeded(let quoted):
      8 + quoted.bytes.count
    case .other(_, _, let body): 4 + body.count
    }
  }

  /// Whether the message tells of a lost packet, or redirects it; none of these is ever about
  /// another (RFC 1122, section 3.2.2).
  public var isError: Bool {
    switch self {
    case .destinationUnreachable, .fragmentationNeeded, .redirect, .timeExceeded: true
    case .echoRequest, .echoReply: false
    // Source quench and parameter problem are errors as well.
    case .other(let type, _, _): [3, 4, 5, 11, 12].contains(type)
    }
  }

  /// The packet that the message is about; `nil` when it is about none.
  public var quoted: QuotedPacket? {
    switch self {
    case .destinationUnreachable(_, let quoted), .fragmentationNeeded(_, let quoted),
      .redirect(_, _, let quoted), .timeExceeded(let quoted):
      quoted
    case .echoRequest, .echoReply, .other: nil
    }
  }
}
