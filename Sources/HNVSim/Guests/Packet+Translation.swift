import HNVCore

/// What translation reads of a transport.
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
}

extension Packet {
  /// The ports of an exchange, the translated end's and the peer's; `nil` for what has none.
  ///
  /// An echo has its identifier for a port.
  func flow(outward: Bool) -> (own: UInt16, peer: UInt16)? {
    if let echoIdentifier { return (echoIdentifier, 0) }
    guard tunnelHeader == nil, let ports else { return nil }
    return outward ? (ports.source, ports.destination) : (ports.destination, ports.source)
  }

  /// Writes another port at the translated end; does nothing where there is none.
  mutating func translate(own port: UInt16, outward: Bool) {
    if echoIdentifier != nil {
      translate(portsTo: (port, port))
    } else if let ports {
      translate(portsTo: outward ? (port, ports.destination) : (ports.source, port))
    }
  }

  /// Whether the packet may quote another: ICMP other than echo and neighbour discovery.
  var mayQuote: Bool {
    (ipProtocol == .icmp || ipProtocol == .icmpv6) && flowPorts == nil && !isNeighborDiscovery
  }
}

extension PacketTable {
  /// What a packet carries that may be about another; `nil` for any other packet.
  func quotingMessage(of packet: PacketID) -> Transport? {
    self[packet].mayQuote ? transport(of: packet) : nil
  }

  /// The packet that an ICMP error is about; `nil` for anything else.
  func quoted(in packet: PacketID) -> QuotedPacket? { quotingMessage(of: packet)?.quoted }
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
