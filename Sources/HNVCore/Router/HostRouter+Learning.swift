extension HostRouter {
  /// The address of an L2Only machine that a frame gives away; `nil` for nothing new to remember.
  ///
  /// Learning puts a Dynamic record beside the L2Only one (Microsoft Press). The sender was found
  /// valid by then, whatever becomes of the frame.
  @inline(__always)
  func learn(
    from key: FlowKey, of sender: Sender
  ) -> LearnedAddress? {
    if router.index.special.l2Only.isEmpty { return nil }
    return learn(from: key, in: sender.subnet.identifier, at: sender.port)
  }

  /// Learns from a port's own traffic, whose limit counts, or from another host's (`nil`).
  func learn(
    from key: FlowKey, in subnet: VirtualSubnetID, at port: Int?
  ) -> LearnedAddress? {
    if router.index.special.l2Only.isEmpty { return nil }
    let mac = key.sourceMAC
    guard let address = address(in: key),
      router.virtualSubnets[subnet]?.contains(address) ?? false,
      let record = router.l2OnlyRecord(for: mac, in: subnet)
    else { return nil }
    let known = router.record(for: address, in: subnet).map { router.policy.lookupRecords[$0] }
    let isOwn = known?.macAddress == mac
    if let known {
      guard known.type == .dynamic || (!isOwn && router.settings.learnedConflict == .learnedWins)
      else { return nil }
      // An address that ages is learned again each time.
      if isOwn, router.settings.learnedAgeing == .never { return nil }
    }
    if !isOwn, let port, let limit = ports[port].dynamicIPAddressLimit,
      learnedCount(mac, in: subnet) >= limit
    {
      return nil
    }
    return LearnedAddress(address: address, record: record)
  }

  /// The address that a frame says its sender has, if the setting listens to it.
  private func address(in key: FlowKey) -> IPAddress? {
    let announced = NeighborMessage(key)?.announced
    let address =
      switch router.settings.learning {
      case .none: nil as IPAddress?
      case .neighborMessages: announced
      case .allTraffic: announced ?? (key.isIP ? key.source : nil)
      }
    return address.flatMap { $0.isOneMachine ? $0 : nil }
  }

  private func learnedCount(_ mac: MACAddress, in subnet: VirtualSubnetID) -> Int {
    var count = 0
    for index in router.index.records(of: subnet, router.policy.lookupRecords) {
      let record = router.policy.lookupRecords[index]
      if record.type == .dynamic, record.macAddress == mac { count += 1 }
    }
    return count
  }
}
