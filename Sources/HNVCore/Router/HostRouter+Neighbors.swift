extension HostRouter {
  /// Decides on ARP and neighbour discovery.
  ///
  /// A question to everyone is answered by the host itself with the MAC of the target's record; a
  /// question to one MAC goes to that machine, which keeps unreachability detection working
  /// (ipSpace, May 2015). No record, no answer.
  func neighbor<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ question: NeighborQuestion, in subnet: VirtualSubnet,
    recording reasons: inout Recorder
  ) -> Decision {
    let target = question.target
    guard let index = neighborRecord(target, in: subnet) else {
      return .refuse(.neighborUnknown(target, subnet.identifier))
    }
    let record = router.policy.lookupRecords[index]
    // A machine that asks for its own address looks for a double (RFC 5227, RFC 4862).
    guard record.macAddress != frame.source else {
      return .refuse(.neighborUnknown(target, subnet.identifier))
    }
    reasons.note(.neighbor(target, record: index))
    let isGateway = router.isGatewayAddress(record)
    if question.isAsked, frame.destination.isMulticast || isGateway {
      return .answer(NeighborAnswer(target: target, macAddress: record.macAddress))
    }
    guard !isGateway else { return .refuse(.gatewayAddress(target)) }
    return pass(frame, to: index, in: subnet)
  }

  /// Hands a question or an answer that is meant for one machine to it, unchanged.
  private func pass(
    _ frame: EthernetFrame, to index: Int, in subnet: VirtualSubnet
  ) -> Decision {
    let record = router.policy.lookupRecords[index]
    guard record.rule == .encap else { return .refuse(.unsupportedRule(record: index)) }
    if owns(record.providerAddress) {
      guard let port = port(for: record.macAddress, in: record.virtualSubnetID) else {
        return .refuse(.noPort(record.macAddress, record.virtualSubnetID))
      }
      return .deliver(port: port, .none(frame))
    }
    let own = router.record(for: frame.source, in: subnet.identifier)
    return tunnel(.none(frame), to: record, own: own)
  }

  private func neighborRecord(_ target: IPAddress, in subnet: VirtualSubnet) -> Int? {
    switch router.settings.neighborProxy {
    case .ownSubnet: return router.record(for: target, in: subnet.identifier)
    case .routingDomain:
      if let own = router.record(for: target, in: subnet.identifier) { return own }
      guard case .record(let index) = router.entry(for: target, in: subnet.routingDomainID)
      else { return nil }
      return index
    }
  }
}

/// What an ARP message or a neighbour discovery packet is about.
struct NeighborQuestion {
  /// The address that is asked for, or to which an answer goes.
  let target: IPAddress

  /// Whether the frame asks; otherwise it answers.
  let isAsked: Bool

  /// `nil` for a frame that takes no part in address resolution.
  init?(_ frame: EthernetFrame) {
    switch frame.payload {
    case .arp(let message):
      target = .v4(message.targetAddress)
      isAsked = message.operation == .request
    case .ip(let packet):
      switch packet.transport {
      case .icmpv6(.neighborSolicitation(let target, _)):
        self.target = .v6(target)
        isAsked = true
      case .icmpv6(.neighborAdvertisement):
        target = packet.destination
        isAsked = false
      default: return nil
      }
    case .other: return nil
    }
  }
}

extension NeighborAnswer {
  /// The frame that answers a question: an ARP reply, or a neighbour advertisement.
  ///
  /// `nil` when the frame asks nothing.
  public func frame(answering question: EthernetFrame) -> EthernetFrame? {
    switch (question.payload, target) {
    case (.arp(let request), .v4(let address)):
      return EthernetFrame(
        destination: question.source, source: macAddress,
        payload: .arp(
          ARPMessage(
            operation: .reply, senderMAC: macAddress, senderAddress: address,
            targetMAC: request.senderMAC, targetAddress: request.senderAddress)))
    case (.ip(.v6(let packet)), .v6(let address)):
      guard case .icmpv6(.neighborSolicitation) = packet.transport else { return nil }
      // RFC 4861, section 7.1.2: neighbour discovery travels with a hop limit of 255.
      let answer = IPv6Packet(
        source: address, destination: packet.source, hopLimit: 255,
        transport: .icmpv6(
          .neighborAdvertisement(target: address, targetMAC: macAddress, solicited: true)))
      return EthernetFrame(
        destination: question.source, source: macAddress, payload: .ip(.v6(answer)))
    default: return nil
    }
  }
}
