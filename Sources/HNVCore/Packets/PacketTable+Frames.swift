/// Rows of frames, and frames of rows.
extension PacketTable {
  /// Adds a frame; what a tunnel carries is a packet of its own.
  public mutating func add(_ frame: EthernetFrame) -> PacketID {
    switch frame.payload {
    case .arp(let message):
      return add(
        Packet(
          key: FlowKey(frame),
          body: .arp(senderMAC: message.senderMAC, targetMAC: message.targetMAC)))
    case .ip(let packet): return add(packet, FlowKey(frame))
    case .other(_, let data):
      return add(Packet(key: FlowKey(frame), body: .bytes(keep(data))))
    }
  }

  /// Adds a packet for which there is no frame yet.
  public mutating func add(_ packet: IPPacket) -> PacketID { add(packet, FlowKey(packet)) }

  private mutating func add(_ packet: IPPacket, _ key: FlowKey) -> PacketID {
    let header: Header
    switch packet {
    case .v4(let packet):
      header = .v4(
        IPv4Rest(
          identification: packet.identification, fragmentOffset: packet.fragmentOffset,
          moreFragments: packet.moreFragments, options: packet.options))
    case .v6(let packet):
      header = .v6(flowLabel: packet.flowLabel, extensionHeaders: packet.extensionHeaders)
    }
    // Of a fragment nothing is read but what a switch finds behind its header.
    let body =
      if packet.fragment != nil, !packet.transport.isBytes {
        Packet.Body.message(keep(packet.transport))
      } else {
        body(of: packet.transport, in: packet.source.family)
      }
    return add(Packet(key: key, body: body, header: keep(header)))
  }

  mutating func body(of transport: Transport, in family: IPFamily) -> Packet.Body {
    switch transport {
    case .icmp(.echoRequest(_, let sequence, let data)) where family == .v4,
      .icmp(.echoReply(_, let sequence, let data)) where family == .v4,
      .icmpv6(.echoRequest(_, let sequence, let data)) where family == .v6,
      .icmpv6(.echoReply(_, let sequence, let data)) where family == .v6:
      .echo(sequence: sequence, keep(data))
    case .icmpv6(.neighborSolicitation(_, let sender)): .solicitation(senderMAC: sender)
    case .icmpv6(.neighborAdvertisement(_, let mac, let isSolicited)):
      .advertisement(targetMAC: mac, isSolicited: isSolicited)
    case .udp(let datagram): .udp(keep(datagram.data))
    case .nvgre(let header, let frame): .tunnel(.nvgre(header), add(frame))
    case .vxlan(let header, let frame): .tunnel(.vxlan(header), add(frame))
    case .geneve(let header, let frame): .tunnel(.geneve(header), add(frame))
    case .mpls(let header, .frame(let frame)):
      .tunnel(.mpls(header, aroundFrame: true), add(frame))
    case .mpls(let header, .packet(let packet)):
      .tunnel(.mpls(header, aroundFrame: false), add(packet))
    case .esp(let header, let packet): .esp(header, add(packet))
    case .icmp, .icmpv6, .tcp, .vrrp: .message(keep(transport))
    case .other(_, let data): .bytes(keep(data))
    }
  }

  /// A packet in full, with the frame around it.
  public func frame(_ packet: PacketID) -> EthernetFrame {
    let row = self[packet]
    let payload: EthernetFrame.Payload
    if case .arp(let senderMAC, let targetMAC) = row.body {
      payload = .arp(
        ARPMessage(
          operation: row.isQuestion ? .request : .reply, senderMAC: senderMAC,
          senderAddress: IPv4Address(bits: row.key.sourceBits.v4), targetMAC: targetMAC,
          targetAddress: IPv4Address(bits: row.key.destinationBits.v4)))
    } else if let packet = ipPacket(packet) {
      payload = .ip(packet)
    } else {
      payload = .other(etherType: row.key.etherType, data: otherData(of: row))
    }
    return EthernetFrame(
      destination: row.destinationMAC, source: row.sourceMAC, tag: row.tag, payload: payload)
  }

  private func otherData(of row: Packet) -> [UInt8] {
    if case .bytes(let range) = row.body { data(range) } else { [] }
  }

  /// A packet in full, without the frame around it; `nil` for what is no IP packet.
  public func ipPacket(_ packet: PacketID) -> IPPacket? {
    let row = self[packet]
    guard row.isIP, let transport = transport(of: packet) else { return nil }
    switch (row.family, header(row.header)) {
    case (.v4, let header):
      var packet = IPv4Packet(
        source: IPv4Address(bits: row.key.sourceBits.v4),
        destination: IPv4Address(bits: row.key.destinationBits.v4), timeToLive: row.timeToLive,
        dontFragment: row.dontFragment, differentiatedServices: row.differentiatedServices,
        transport: transport)
      guard case .v4(let rest) = header else { return .v4(packet) }
      packet.identification = rest.identification
      packet.fragmentOffset = rest.fragmentOffset
      packet.moreFragments = rest.moreFragments
      packet.options = rest.options
      return .v4(packet)
    case (.v6, let header):
      var packet = IPv6Packet(
        source: IPv6Address(bits: row.key.sourceBits.bits),
        destination: IPv6Address(bits: row.key.destinationBits.bits), hopLimit: row.timeToLive,
        trafficClass: row.differentiatedServices, transport: transport)
      guard case .v6(let flowLabel, let extensionHeaders) = header else { return .v6(packet) }
      packet.flowLabel = flowLabel
      packet.extensionHeaders = extensionHeaders
      return .v6(packet)
    }
  }

  /// What an IP packet carries, in full; `nil` for what is no IP packet.
  public func transport(of packet: PacketID) -> Transport? {
    let row = self[packet]
    guard row.isIP else { return nil }
    switch row.body {
    case .echo(let sequence, let range): return echo(row, sequence, data(range))
    case .solicitation(let mac):
      return .icmpv6(
        .neighborSolicitation(target: IPv6Address(bits: row.key.neighborBits.bits), sender: mac))
    case .advertisement(let mac, let isSolicited):
      return .icmpv6(
        .neighborAdvertisement(
          target: IPv6Address(bits: row.key.neighborBits.bits), targetMAC: mac,
          solicited: isSolicited))
    case .udp(let range):
      return .udp(
        UDPDatagram(
          sourcePort: row.key.sourcePort, destinationPort: row.key.destinationPort,
          data: data(range)))
    case .tunnel(let header, let inner): return tunnel(header, around: inner)
    case .esp(let header, let inner): return ipPacket(inner).map { .esp(header, $0) }
    case .message(let number): return message(number).with(ports: row.ports)
    case .bytes(let range): return .other(row.ipProtocol, data: data(range))
    case .arp: return nil
    }
  }

  private func echo(_ row: Packet, _ sequence: UInt16, _ data: [UInt8]) -> Transport {
    let identifier = row.key.sourcePort
    switch (row.family, row.isEchoRequest) {
    case (.v4, true):
      return .icmp(.echoRequest(identifier: identifier, sequence: sequence, data: data))
    case (.v4, false):
      return .icmp(.echoReply(identifier: identifier, sequence: sequence, data: data))
    case (.v6, true):
      return .icmpv6(.echoRequest(identifier: identifier, sequence: sequence, data: data))
    case (.v6, false):
      return .icmpv6(.echoReply(identifier: identifier, sequence: sequence, data: data))
    }
  }

  private func tunnel(_ header: Packet.TunnelHeader, around inner: PacketID) -> Transport? {
    switch header {
    case .nvgre(let header): return .nvgre(header, frame(inner))
    case .vxlan(let header): return .vxlan(header, frame(inner))
    case .geneve(let header): return .geneve(header, frame(inner))
    case .mpls(let header, aroundFrame: true): return .mpls(header, .frame(frame(inner)))
    case .mpls(let header, aroundFrame: false):
      return ipPacket(inner).map { .mpls(header, .packet($0)) }
    case .experimental(let header):
      return .other(ExperimentalHeader.ipProtocol, data: header.wireBytes(around: frame(inner)))
    }
  }
}

extension Transport {
  /// Whether this is nothing but bytes.
  fileprivate var isBytes: Bool { if case .other = self { true } else { false } }

  /// A TCP segment or UDP datagram between other ports; what has none stays as it is.
  fileprivate func with(ports: (source: UInt16, destination: UInt16)?) -> Transport {
    guard let ports else { return self }
    switch self {
    case .tcp(var segment):
      (segment.sourcePort, segment.destinationPort) = ports
      return .tcp(segment)
    case .udp(var datagram):
      (datagram.sourcePort, datagram.destinationPort) = ports
      return .udp(datagram)
    default: return self
    }
  }
}
