extension HostRouter {
  /// The address of an L2Only machine that a frame gives away; `nil` for nothing new to remember.
  ///
  /// Learning puts a Dynamic record beside the L2Only one (Microsoft Press).
  func learn<Recorder: DecisionRecorder>(
    _ address: IPAddress, _ mac: MACAddress, from sender: Sender,
    recording reasons: inout Recorder
  ) -> LearnedAddress? {
    learn(address, mac, in: sender.subnet.identifier, at: sender.port, recording: &reasons)
  }

  /// Learns from a port's own traffic, whose limit counts, or from another host's (`nil`).
  func learn<Recorder: DecisionRecorder>(
    _ address: IPAddress, _ mac: MACAddress, in subnet: VirtualSubnetID, at port: Int?,
    recording reasons: inout Recorder
  ) -> LearnedAddress? {
    guard address.isOneMachine, let record = router.l2OnlyRecord(for: mac, in: subnet) else {
      return nil
    }
    if let index = router.record(for: address, in: subnet) {
      let known = router.policy.lookupRecords[index]
      let isOwn = known.macAddress == mac
      guard known.type == .dynamic || (!isOwn && router.settings.learnedConflict == .learnedWins)
      else { return nil }
      // An address that ages is heard anew each time.
      if isOwn, router.settings.learnedAgeing == .never { return nil }
    } else if let port, let limit = ports[port].dynamicIPAddressLimit,
      learnedCount(mac, in: subnet) >= limit
    {
      return nil
    }
    reasons.note(.learned(address, record: record))
    return LearnedAddress(address: address, record: record)
  }

  private func learnedCount(_ mac: MACAddress, in subnet: VirtualSubnetID) -> Int {
    var count = 0
    for index in router.index.records(of: subnet) {
      let record = router.policy.lookupRecords[index]
      if record.type == .dynamic, record.macAddress == mac { count += 1 }
    }
    return count
  }
}
