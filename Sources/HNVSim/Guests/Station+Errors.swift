import HNVCore

/// Why a station could not do what a packet asks for, as ICMP tells it.
enum Complaint {
  /// No route leads to the destination.
  case network
  /// The destination, or the next hop to it, did not answer.
  case host
  /// Nothing understands what the packet carries.
  case ipProtocol
  /// Nothing listens at the port.
  case port
  /// The packet does not fit the link that it has to leave by.
  case tooBig(mtu: Int)
  /// The time to live ran out.
  case timeToLive
  /// Parts of the packet are missing.
  case reassemblyTime

  /// The message about a packet, in the packet's family.
  func message(about packet: IPPacket) -> Transport {
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

/// ICMP errors, and when there are none.
extension Station {
  /// Tells the neighbour for whom a packet was forwarded what became of it; of its own packets the
  /// station needs no telling.
  func report(_ complaint: Complaint, to origin: Origin, in context: Context) {
    guard case .neighbor(let link, let sent) = origin else { return }
    report(complaint, about: sent, from: links[link].compartment, in: context)
  }

  /// Tells a packet's sender what became of it, unless nobody may be told.
  ///
  /// The message comes from the address that the packet was sent to where that is the station's,
  /// else from that of the link by which it leaves (RFC 1812, section 4.3.2.4; RFC 4443, section
  /// 2.2).
  func report(
    _ complaint: Complaint, about packet: IPPacket, from compartment: Int,
    as receiver: IPAddress? = nil, in context: Context
  ) {
    let own =
      receiver ?? source(towards: packet.source, preferring: nil, from: compartment)
    guard mayReport(packet, in: compartment), let own,
      let error = IPPacket(
        from: own, to: packet.source, timeToLive: Self.timeToLive,
        transport: complaint.message(about: packet))
    else { return }
    originate(error, .error, from: compartment, in: context.whole)
  }

  /// Never about what no error may be about, nor what was for everyone on a link or came from there
  /// (RFC 1122, section 3.2.2).
  func mayReport(_ packet: IPPacket, in compartment: Int) -> Bool {
    packet.mayBeReported && !packet.source.isLoopback
      && !isGroup(packet.source, in: compartment)
      && !isGroup(packet.destination, in: compartment)
  }
}
