/// Why a router or a receiver could not do what a packet asks for, as ICMP tells it.
package enum ICMPComplaint: Hashable, Sendable {
  /// No route leads to the destination.
  case network
  /// The destination, or the next hop to it, did not answer.
  case host
  /// Nothing understands what the packet carries.
  case ipProtocol
  /// Nothing listens at the port.
  case port
  /// The packet does not fit what it has to leave by, which takes `mtu` bytes.
  case tooBig(mtu: Int)
  /// The TTL ran out.
  case timeToLive
  /// Parts of the packet are missing.
  case reassemblyTime

  /// The message about a packet, in the packet's family.
  package func message(about packet: IPPacket) -> Transport {
    let quoted = QuotedPacket(packet)
    return packet.source.family == .v4 ? .icmp(v4(quoted)) : .icmpv6(v6(quoted))
  }

  private func v4(_ quoted: QuotedPacket) -> ICMPMessage {
    switch self {
    case .network: .destinationUnreachable(.network, quoting: quoted)
    case .host: .destinationUnreachable(.host, quoting: quoted)
    case .ipProtocol: .destinationUnreachable(.protocol, quoting: quoted)
    case .port: .destinationUnreachable(.port, quoting: quoted)
    case .tooBig(let mtu): .fragmentationNeeded(mtu: UInt16(clamping: mtu), quoting: quoted)
    case .timeToLive: .timeExceeded(quoting: quoted)
    // RFC 792: time exceeded, code 1.
    case .reassemblyTime: .other(type: 11, code: 1, body: [0, 0, 0, 0] + quoted.bytes)
    }
  }

  private func v6(_ quoted: QuotedPacket) -> ICMPv6Message {
    switch self {
    case .network: .destinationUnreachable(.noRoute, quoting: quoted)
    case .host: .destinationUnreachable(.address, quoting: quoted)
    // RFC 4443, section 3.4: parameter problem, code 1, pointing to the fixed header's next header.
    case .ipProtocol: .other(type: 4, code: 1, body: [0, 0, 0, 6] + quoted.bytes)
    case .port: .destinationUnreachable(.port, quoting: quoted)
    case .tooBig(let mtu): .packetTooBig(mtu: UInt32(clamping: mtu), quoting: quoted)
    case .timeToLive: .timeExceeded(quoting: quoted)
    // RFC 4443, section 3.3: time exceeded, code 1.
    case .reassemblyTime: .other(type: 3, code: 1, body: [0, 0, 0, 0] + quoted.bytes)
    }
  }
}
