import HNVCore

/// What translation reads of a transport, and what it writes.
extension Transport {
  /// The ports of an exchange, the translated end's and the peer's; `nil` for what has none.
  ///
  /// An echo has its identifier for a port.
  func flow(outward: Bool) -> (own: UInt16, peer: UInt16)? {
    switch self {
    case .udp(let datagram):
      outward
        ? (datagram.sourcePort, datagram.destinationPort)
        : (datagram.destinationPort, datagram.sourcePort)
    case .tcp(let segment):
      outward
        ? (segment.sourcePort, segment.destinationPort)
        : (segment.destinationPort, segment.sourcePort)
    case .icmp(.echoRequest(let identifier, _, _)), .icmp(.echoReply(let identifier, _, _)),
      .icmpv6(.echoRequest(let identifier, _, _)), .icmpv6(.echoReply(let identifier, _, _)):
      (identifier, 0)
    default: nil
    }
  }

  /// The transport with another port at the translated end; as it is where it has none.
  func replacing(own port: UInt16, outward: Bool) -> Transport {
    switch self {
    case .udp(var datagram):
      if outward { datagram.sourcePort = port } else { datagram.destinationPort = port }
      return .udp(datagram)
    case .tcp(var segment):
      if outward { segment.sourcePort = port } else { segment.destinationPort = port }
      return .tcp(segment)
    case .icmp(.echoRequest(_, let sequence, let data)):
      return .icmp(.echoRequest(identifier: port, sequence: sequence, data: data))
    case .icmp(.echoReply(_, let sequence, let data)):
      return .icmp(.echoReply(identifier: port, sequence: sequence, data: data))
    case .icmpv6(.echoRequest(_, let sequence, let data)):
      return .icmpv6(.echoRequest(identifier: port, sequence: sequence, data: data))
    case .icmpv6(.echoReply(_, let sequence, let data)):
      return .icmpv6(.echoReply(identifier: port, sequence: sequence, data: data))
    default: return self
    }
  }

  /// The packet that an ICMP error is about; `nil` for anything else.
  var quoted: QuotedPacket? {
    switch self {
    case .icmp(let message): message.quoted
    case .icmpv6(let message): message.quoted
    default: nil
    }
  }

  /// The error about another packet; as it is where it is about none.
  func replacing(quoted: QuotedPacket) -> Transport {
    switch self {
    case .icmp(let message): .icmp(message.replacing(quoted))
    case .icmpv6(let message): .icmpv6(message.replacing(quoted))
    default: self
    }
  }

  /// The control bits of a TCP segment; `nil` for anything else.
  var tcpFlags: TCPSegment.Flags? {
    if case .tcp(let segment) = self { segment.flags } else { nil }
  }
}

extension ICMPMessage {
  fileprivate func replacing(_ quoted: QuotedPacket) -> ICMPMessage {
    switch self {
    case .destinationUnreachable(let code, _): .destinationUnreachable(code, quoting: quoted)
    case .fragmentationNeeded(let mtu, _): .fragmentationNeeded(mtu: mtu, quoting: quoted)
    case .redirect(let code, let gateway, _):
      .redirect(code, gateway: gateway, quoting: quoted)
    case .timeExceeded: .timeExceeded(quoting: quoted)
    case .echoRequest, .echoReply, .other: self
    }
  }
}

extension ICMPv6Message {
  fileprivate func replacing(_ quoted: QuotedPacket) -> ICMPv6Message {
    switch self {
    case .destinationUnreachable(let code, _): .destinationUnreachable(code, quoting: quoted)
    case .packetTooBig(let mtu, _): .packetTooBig(mtu: mtu, quoting: quoted)
    case .timeExceeded: .timeExceeded(quoting: quoted)
    case .redirect(let code, let target, let destination, _):
      .redirect(code, target: target, destination: destination, quoting: quoted)
    default: self
    }
  }
}
