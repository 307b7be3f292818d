extension HostRouter {
  /// Decides on ARP and neighbour discovery.
  ///
  /// A question to everyone is answered by the host itself with the MAC of the target's record; a
  /// question to one MAC goes to that machine, which keeps unreachability detection working
  /// (ipSpace, May 2015). No record, no answer.
  func neighbor<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, target: IPAddress, asks: Bool, in subnet: VirtualSubnet,
    recording reasons: inout Recorder
  ) -> Decision {
    guard let index = neighborRecord(target, in: subnet) else {
      return .refuse(.neighborUnknown(target, subnet.identifier))
    }
    let record = router.policy.lookupRecords[index]
    // A machine that asks for its own address looks for a double (RFC 5227, RFC 4862).
    guard record.macAddress != frame.source else {
      return .refuse(.neighborUnknown(target, subnet.identifier))
    }
    reasons.note(.neighbor(target, record: index))
    if asks, frame.destination.isMulticast || router.isGatewayAddress(record) {
      return .answer(NeighborAnswer(target: target, macAddress: record.macAddress))
    }
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
      guard case .record(let index) = router.entry(for: target, in: subnet.routingDomainID)
      else { return nil }
      return index
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
