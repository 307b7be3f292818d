import HNVCore

/// The replies of a stack.
extension NetworkStack {
  /// The TTL of what a stack sends by itself: Windows' default.
  static let timeToLive: UInt8 = 128

  /// The answer that a packet is due; `nil` when it is due none.
  mutating func reply(to packet: PacketID, in compartment: Int, _ world: inout World) -> PacketID? {
    let row = world.packets[packet]
    switch row.ipProtocol {
    case .icmp, .icmpv6:
      return world.packets.addEchoReply(to: packet, timeToLive: Self.timeToLive)
    case .udp:
      // An answer that comes to somebody else, whose address a replayed frame bore, ends there.
      guard !world.isAnswer, !isAwaited(row, in: compartment) else { return nil }
      return world.packets.addDatagramReply(to: packet, timeToLive: Self.timeToLive)
    case .tcp:
      guard case .tcp(let segment) = world.packets.transport(of: packet),
        let answer = answer(to: segment)
      else { return nil }
      return world.packets.add(
        from: row.destination, to: row.source, timeToLive: Self.timeToLive, answer)
    default: return nil
    }
  }

  /// The handshake of RFC 9293, section 3.5: SYN, SYN and ACK, ACK.
  private func answer(to segment: TCPSegment) -> Transport? {
    let flags: TCPSegment.Flags
    switch segment.flags {
    case [.syn]: flags = [.syn, .ack]
    case [.syn, .ack]: flags = [.ack]
    default: return nil
    }
    return .tcp(
      TCPSegment(
        sourcePort: segment.destinationPort, destinationPort: segment.sourcePort,
        sequence: segment.acknowledgment, acknowledgment: segment.sequence &+ 1, flags: flags))
  }

  /// The reply of a closed port: RST (RFC 9293, section 3.10.7.1) except to a RST, or port
  /// unreachable.
  mutating func refuse(_ packet: PacketID, in compartment: Int, _ world: inout World) {
    let row = world.packets[packet]
    guard case .tcp(let segment) = world.packets.transport(of: packet) else {
      report(.port, about: packet, from: compartment, as: row.destination, in: &world)
      return
    }
    guard !segment.flags.contains(.rst),
      let reset = world.packets.add(
        from: row.destination, to: row.source, timeToLive: Self.timeToLive,
        .tcp(
          TCPSegment(
            sourcePort: segment.destinationPort, destinationPort: segment.sourcePort, sequence: 0,
            acknowledgment: segment.sequence &+ 1, flags: [.rst, .ack])))
    else { return }
    originate(reset, .error, from: compartment, in: &world)
  }
}

extension Packet {
  /// Whether an answer may be sent in parts: over IPv4 when this was allowed to be, over IPv6
  /// always, where only a sender that looks for the path's MTU forgoes it (RFC 8200, section 5).
  var allowsDividedAnswers: Bool { family == .v6 || !dontFragment }

  /// Whether a machine has a handler for the protocol.
  ///
  /// A payload of these protocols that cannot be parsed is damaged, not unknown.
  var isUnderstood: Bool {
    switch ipProtocol {
    case .icmp, .icmpv6, .udp, .tcp: true
    default: false
    }
  }
}

extension IPPacket {
  /// Whether a forwarder may fragment the packet.
  var allowsDivision: Bool {
    if case .v4(let packet) = self { !packet.dontFragment } else { false }
  }
}

extension Transport {
  /// The bytes that a sender chose to send, without any header.
  var payloadByteCount: Int {
    switch self {
    case .icmp(.echoRequest(_, _, let data)), .icmp(.echoReply(_, _, let data)),
      .icmpv6(.echoRequest(_, _, let data)), .icmpv6(.echoReply(_, _, let data)):
      data.count
    case .udp(let datagram): datagram.data.count
    case .tcp(let segment): segment.data.count
    case .nvgre(_, let frame), .vxlan(_, let frame), .geneve(_, let frame):
      frame.packet?.transport.payloadByteCount ?? 0
    case .mpls(_, let payload): payload.innerPacket?.transport.payloadByteCount ?? 0
    default: 0
    }
  }

  /// Whether this is an ICMP error.
  var isICMPError: Bool {
    switch self {
    case .icmp(let message): message.isError
    case .icmpv6(let message): message.isError
    default: false
    }
  }

  /// The packet in a few words.
  var words: String {
    switch self {
    case .icmp(.echoRequest), .icmpv6(.echoRequest): "ICMP echo request"
    case .icmp(.echoReply), .icmpv6(.echoReply): "ICMP echo reply"
    case .icmp(.destinationUnreachable), .icmpv6(.destinationUnreachable):
      "ICMP destination unreachable"
    case .icmp(.fragmentationNeeded): "ICMP fragmentation needed"
    case .icmpv6(.packetTooBig): "ICMP packet too big"
    case .icmp(.redirect), .icmpv6(.redirect): "ICMP redirect"
    case .icmp(.timeExceeded), .icmpv6(.timeExceeded): "ICMP time exceeded"
    case .icmp(.other(type: 11, code: 1, _)), .icmpv6(.other(type: 3, code: 1, _)):
      "ICMP reassembly time exceeded"
    case .icmpv6(.other(type: 4, code: 1, _)): "ICMP unknown next header"
    case .icmp(.other(let type, _, _)), .icmpv6(.other(let type, _, _)): "ICMP type \(type)"
    case .icmpv6(.routerAdvertisement): "router advertisement"
    case .icmpv6(.neighborSolicitation(let target, _)): "neighbour solicitation for \(target)"
    case .icmpv6(.neighborAdvertisement(let target, _, _)):
      "neighbour advertisement of \(target)"
    case .udp(let datagram): "UDP \(datagram.sourcePort) -> \(datagram.destinationPort)"
    case .tcp(let segment):
      "TCP \(segment.flags.words) \(segment.sourcePort) -> \(segment.destinationPort)"
    case .nvgre(let header, _): "NVGRE, VSID \(header.virtualSubnetID)"
    case .vxlan(let header, _): "VXLAN, VNI \(header.virtualSubnetID)"
    case .geneve(let header, _): "Geneve, VNI \(header.networkIdentifier)"
    case .mpls(let header, _): "MPLS, label \(header.label)"
    case .esp(_, let packet): "ESP around \(packet.transport.words)"
    case .vrrp(let advertisement):
      "VRRP, virtual router \(advertisement.virtualRouterID), priority \(advertisement.priority)"
    case .other(let number, _): "protocol \(number)"
    }
  }
}

extension TCPSegment.Flags {
  /// The control bits by name, as `SYN+ACK`.
  var words: String {
    let names: [(TCPSegment.Flags, String)] = [
      (.syn, "SYN"), (.rst, "RST"), (.fin, "FIN"), (.psh, "PSH"), (.ack, "ACK"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: "+")
  }
}

extension PacketSummary {
  init(_ packet: IPPacket) {
    self.init(
      source: packet.source, destination: packet.destination, text: packet.transport.words)
  }
}
