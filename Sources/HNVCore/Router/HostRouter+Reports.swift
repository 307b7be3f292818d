extension HostRouter {
  /// The ICMP error by which the host tells a machine that its packet was lost.
  ///
  /// It comes from the gateway address of the sender's subnet, as from any router's near interface
  /// (RFC 1812, section 4.3.2.4).
  ///
  /// - Returns: `nil` where the setting `icmpErrors` has hosts say nothing, where the refusal is
  ///   none that ICMP speaks of, or where no error may be sent about the packet.
  public func report(
    _ refusal: Refusal, about frame: EthernetFrame, from port: Int
  ) -> EthernetFrame? {
    // What was sent to a group of stations is not reported either (RFC 1122, section 3.2.2).
    guard router.settings.icmpErrors == .sent, let packet = frame.packet,
      !frame.destination.isMulticast, packet.mayBeReported,
      let identifier = ports[port].virtualSubnetID,
      let subnet = router.virtualSubnets[identifier],
      let own = subnet.gatewayAddresses.first(where: { $0.family == packet.source.family }),
      let transport = refusal.report(about: packet),
      let error = IPPacket(
        from: own, to: packet.source, timeToLive: 128, transport: transport)
    else { return nil }
    let mac = router.gatewayMAC(of: subnet, family: own.family) ?? frame.destination
    return EthernetFrame(destination: frame.source, source: mac, payload: .ip(error))
  }
}

extension Refusal {
  /// The message that ICMP has for the refusal; `nil` for none.
  fileprivate func report(about packet: IPPacket) -> Transport? {
    let quoted = QuotedPacket(packet)
    switch (self, packet) {
    case (.timeToLiveExceeded, .v4): return .icmp(.timeExceeded(quoting: quoted))
    case (.timeToLiveExceeded, .v6): return .icmpv6(.timeExceeded(quoting: quoted))
    case (.noRoute, .v4): return .icmp(.destinationUnreachable(.network, quoting: quoted))
    case (.noRoute, .v6): return .icmpv6(.destinationUnreachable(.noRoute, quoting: quoted))
    case (.noRecord, .v4): return .icmp(.destinationUnreachable(.host, quoting: quoted))
    case (.noRecord, .v6): return .icmpv6(.destinationUnreachable(.address, quoting: quoted))
    case (.packetTooBig(_, let room), .v4):
      return .icmp(.fragmentationNeeded(mtu: UInt16(clamping: room), quoting: quoted))
    case (.packetTooBig(_, let room), .v6):
      return .icmpv6(.packetTooBig(mtu: UInt32(clamping: room), quoting: quoted))
    default: return nil
    }
  }
}

extension IPPacket {
  /// Whether an ICMP error may be sent about the packet: not about another error, a later
  /// fragment, or what was sent to a group or by nobody (RFC 1122, section 3.2.2; RFC 4443, section
  /// 2.4).
  public var mayBeReported: Bool {
    switch transport {
    case .icmp(let message) where message.isError: return false
    case .icmpv6(let message) where message.isError: return false
    default: break
    }
    let isLater = fragment.map { $0.offset > 0 } ?? false
    return !isLater && source.isOneMachine && destination.isOneMachine
  }
}

extension EthernetFrame {
  /// The answer to an echo request, from whom it was sent to and with a MAC address of choice.
  ///
  /// - Returns: `nil` for a frame that is no echo request.
  public func echoAnswer(from mac: MACAddress) -> EthernetFrame? {
    let transport: Transport
    switch packet?.transport {
    case .icmp(.echoRequest(let identifier, let sequence, let data)):
      transport = .icmp(.echoReply(identifier: identifier, sequence: sequence, data: data))
    case .icmpv6(.echoRequest(let identifier, let sequence, let data)):
      transport = .icmpv6(.echoReply(identifier: identifier, sequence: sequence, data: data))
    default: return nil
    }
    guard let packet,
      let answer = IPPacket(
        from: packet.destination, to: packet.source, timeToLive: 128, transport: transport)
    else { return nil }
    return EthernetFrame(destination: source, source: mac, payload: .ip(answer))
  }
}
