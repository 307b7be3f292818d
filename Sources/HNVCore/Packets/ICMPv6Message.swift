/// An ICMP message for IPv6 (RFC 4443), neighbour discovery (RFC 4861) included.
public enum ICMPv6Message: Hashable, Sendable {
  /// Type 128: please answer.
  case echoRequest(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 129: the answer, with the same identifier, sequence and data.
  case echoReply(identifier: UInt16, sequence: UInt16, data: [UInt8])
  /// Type 1: what the quoted packet asked for cannot be done.
  case destinationUnreachable(Unreachable, quoting: QuotedPacket)
  /// Type 2: the quoted packet does not fit; `mtu` would.
  case packetTooBig(mtu: UInt32, quoting: QuotedPacket)
  /// Type 3, code 0: the quoted packet's hop limit ran out at a router.
  case timeExceeded(quoting: QuotedPacket)
  /// Type 134: a router presents itself; all that stands behind its checksum.
  case routerAdvertisement(body: [UInt8])
  /// Type 135: who has the target? `sender` is the option "source link-layer address".
  case neighborSolicitation(target: IPv6Address, sender: MACAddress?)
  /// Type 136: the target's link-layer address.
  case neighborAdvertisement(target: IPv6Address, targetMAC: MACAddress, solicited: Bool)
  /// Type 137: the target is a better next hop towards the destination (RFC 4861, section 4.5).
  /// What is quoted beyond `QuotedPacket.init(redirecting:)` is cut on the wire.
  case redirect(Redirect, target: IPv6Address, destination: IPv6Address, quoting: QuotedPacket)
  /// Any other message, or what its case cannot hold: all that stands behind its checksum.
  case other(type: UInt8, code: UInt8, body: [UInt8])

  /// The codes of "destination unreachable" that the simulator's elements send.
  public enum Unreachable: UInt8, Hashable, Sendable {
    /// No route.
    case noRoute = 0
    /// A filter forbids it; between hypervisors, the receiver's policy is missing or another
    /// ([MS-NVGREE], section 2.2.2).
    case prohibited = 1
    /// The neighbour did not answer.
    case address = 3
    /// Nothing listens at the port.
    case port = 4
  }

  /// The codes of "redirect" that the simulator's elements send.
  public enum Redirect: UInt8, Hashable, Sendable {
    /// A better first hop.
    case betterHop = 0
    /// Between hypervisors: the machine has moved to the provider address ([MS-NVGREE], section
    /// 2.2.1).
    case movedMachine = 1
  }

  /// The bytes it takes behind the IP header.
  public var byteCount: Int {
    switch self {
    case .echoRequest(_, _, let data), .echoReply(_, _, let data): 8 + data.count
    case .destinationUnreachable(_, let quoted), .packetTooBig(_, let quoted),
      .timeExceeded(let quoted):
      8 + quoted.bytes.count
    case .routerAdvertisement(let body): 4 + body.count
    case .neighborSolicitation(_, let sender): 24 + (sender == nil ? 0 : 8)
    case .neighborAdvertisement: 32
    case .redirect(_, _, _, let quoted): 40 + 8 + quoted.bytesInOption.count
    case .other(_, _, let body): 4 + body.count
    }
  }

  /// Whether the message tells of a lost packet, or redirects it; none of these is ever about
  /// another (RFC 4443, section 2.4).
  public var isError: Bool {
    switch self {
    case .destinationUnreachable, .packetTooBig, .timeExceeded, .redirect: true
    case .echoRequest, .echoReply, .routerAdvertisement, .neighborSolicitation,
      .neighborAdvertisement:
      false
    // Below 128 are errors (RFC 4443, section 2.1); a redirect is not reported on either.
    case .other(let type, _, _): type < 128 || type == 137
    }
  }

  /// The packet that the message is about; `nil` when it is about none.
  public var quoted: QuotedPacket? {
    switch self {
    case .destinationUnreachable(_, let quoted), .packetTooBig(_, let quoted),
      .timeExceeded(let quoted), .redirect(_, _, _, let quoted):
      quoted
    case .echoRequest, .echoReply, .routerAdvertisement, .neighborSolicitation,
      .neighborAdvertisement, .other:
      nil
    }
  }
}
