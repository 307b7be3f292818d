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

extension PacketTable {
  /// Adds the frame that answers a question: an ARP reply, or a neighbour advertisement.
  ///
  /// - Returns: `nil` when the frame asks nothing, or of the other family.
  public mutating func add(_ answer: NeighborAnswer, to question: PacketID) -> PacketID? {
    let asked = self[question]
    guard asked.isQuestion else { return nil }
    switch (asked.body, answer.target) {
    case (.arp(let senderMAC, _), .v4(let address)):
      return add(
        ARPMessage(
          operation: .reply, senderMAC: answer.macAddress, senderAddress: address,
          targetMAC: senderMAC, targetAddress: IPv4Address(bits: asked.key.sourceBits.v4)),
        from: answer.macAddress, to: asked.sourceMAC)
    case (.solicitation, .v6(let address)) where asked.family == .v6:
      return add(
        .neighborAdvertisement(target: address, targetMAC: answer.macAddress, solicited: true),
        from: address, answer.macAddress, to: IPv6Address(bits: asked.key.sourceBits.bits),
        asked.sourceMAC)
    default: return nil
    }
  }
}
