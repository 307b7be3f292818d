extension HostRouter {
  /// Decides on a packet that came from the underlay without a tunnel: rules Nat and None.
  ///
  /// Under Nat each customer address has a provider address of its own, so that the records say
  /// whose packet it is; under None the packet bears its customer address.
  ///
  /// - Returns: the decision, and the frame as the machine gets it; the frame is the given one
  ///   where the packet is refused.
  public func receiveTranslated<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, state: HostState, at now: UInt64,
    recording reasons: inout Recorder
  ) -> (outcome: Outcome, frame: EthernetFrame) {
    guard let index = router.translatingRecord(for: packet.destination) ?? untranslated(packet)
    else { return (Outcome(.refuse(.untranslatable(packet.destination))), frame) }
    let record = router.policy.lookupRecords[index]
    reasons.note(.received(record.macAddress, record.virtualSubnetID, record: index))
    let sender = router.translatingRecord(for: packet.source)
    var restored = packet
    if record.rule == .nat {
      restored = packet.readdressed(
        from: sender.map { router.policy.lookupRecords[$0].customerAddress } ?? packet.source,
        to: record.customerAddress)
    }
    let inner = EthernetFrame(
      destination: record.macAddress,
      source: sender.map { router.policy.lookupRecords[$0].macAddress } ?? frame.source,
      payload: .ip(restored))
    guard let port = port(for: record.macAddress, in: record.virtualSubnetID) else {
      return (Outcome(.refuse(.noPort(record.macAddress, record.virtualSubnetID))), frame)
    }
    return (hand(inner, to: port, state: state, at: now, recording: &reasons), inner)
  }

  private func untranslated(_ packet: IPPacket) -> Int? {
    router.policy.lookupRecords.indices.first { index in
      let record = router.policy.lookupRecords[index]
      return record.rule == .none && record.customerAddress == packet.destination
        && record.isUnicast && !record.isUnusable && owns(record.providerAddress)
    }
  }
}

extension DistributedRouter {
  /// The record whose rule Nat translates a provider address; `nil` for none.
  func translatingRecord(for provider: IPAddress) -> Int? { index.byProvider[provider] }
}

extension IPPacket {
  /// The packet with other addresses of its own family; unchanged where a family differs.
  public func readdressed(from source: IPAddress, to destination: IPAddress) -> IPPacket {
    switch (self, source, destination) {
    case (.v4(var packet), .v4(let source), .v4(let destination)):
      packet.source = source
      packet.destination = destination
      return .v4(packet)
    case (.v6(var packet), .v6(let source), .v6(let destination)):
      packet.source = source
      packet.destination = destination
      return .v6(packet)
    default: return self
    }
  }
}
