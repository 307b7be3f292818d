extension HostRouter {
  /// The ICMP error that the host sends to a machine whose packet was dropped.
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
      let complaint = refusal.complaint,
      let error = IPPacket(
        from: own, to: packet.source, timeToLive: 128,
        transport: complaint.message(about: packet))
    else { return nil }
    let mac = router.gatewayMAC(of: subnet, family: own.family) ?? frame.destination
    return EthernetFrame(destination: frame.source, source: mac, payload: .ip(error))
  }
}

extension Refusal {
  /// What ICMP has to say of the refusal; `nil` for nothing.
  fileprivate var complaint: ICMPComplaint? {
    switch self {
    case .timeToLiveExceeded: .timeToLive
    case .noRoute: .network
    case .noRecord: .host
    case .packetTooBig(_, let room): .tooBig(mtu: room)
    default: nil
    }
  }
}

extension IPPacket {
  /// Whether an ICMP error may be sent about the packet: not about another error, a later
  /// fragment, or what was sent to a group or by nobody (RFC 1122, section 3.2.2; RFC 4443, section
  /// 2.4).
  package var mayBeReported: Bool {
    switch transport {
    case .icmp(let message) where message.isError: return false
    case .icmpv6(let message) where message.isError: return false
    default: break
    }
    let isLater = fragment.map { $0.offset > 0 } ?? false
    return !isLater && source.isOneMachine && destination.isOneMachine
  }
}

extension PacketTable {
  /// Adds the answer to an echo request, from whom it was sent to and with a MAC address of choice.
  ///
  /// - Returns: `nil` for what is no echo request.
  package mutating func addEchoAnswer(to request: PacketID, from mac: MACAddress) -> PacketID? {
    guard let bare = addEchoReply(to: request, timeToLive: 128) else { return nil }
    let asker = self[request].sourceMAC
    return changing(bare) { $0.readdress(from: mac, to: asker) }
  }
}
