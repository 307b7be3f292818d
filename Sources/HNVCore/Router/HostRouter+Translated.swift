extension HostRouter {
  /// Decides on a packet that came from the underlay without a tunnel: rules Nat and None.
  ///
  /// Under Nat each customer address has a provider address of its own, so that the records say
  /// whose packet it is; under None the packet bears its customer address. Nothing else of the
  /// packet names its routing domain: what two machines share translates to neither, and under Nat
  /// the sender has to be one of the receiver's routing domain.
  ///
  /// - Returns: the decision, and the packet as the machine gets it; it is the given one where it
  ///   is refused.
  package func receiveTranslated(
    _ packet: Packet, state: HostState, at now: UInt64
  ) -> (outcome: Outcome, packet: Packet) {
    let destination = packet.destination
    guard let index = translated(destination) ?? untranslated(destination) else {
      return (Outcome(.refuse(.untranslatable(destination))), packet)
    }
    let record = router.policy.lookupRecords[index]
    var grounds = Grounds()
    grounds.steps.insert(.received)
    grounds.record = index
    let sender = record.rule == .nat ? router.translatingRecord(for: packet.source) : nil
    let inner = restored(packet, to: index, from: sender)
    do throws(Refusal) {
      if record.rule == .nat {
        guard let sender, router.isOneDomain(sender, index) else {
          throw .unknownSource(packet.source, record.virtualSubnetID, from: packet.source)
        }
        grounds.sender = .record(sender)
      } else {
        try checkReceived(
          packet.source, inner.sourceMAC, in: record.virtualSubnetID, from: packet.source,
          grounds: &grounds)
      }
    } catch {
      return (Outcome(.refuse(error), grounds), packet)
    }
    guard let port = port(for: record.macAddress, in: record.virtualSubnetID) else {
      return (
        Outcome(.refuse(.noPort(record.macAddress, record.virtualSubnetID)), grounds), packet
      )
    }
    return (deliver(inner.key, to: port, state: state, at: now, after: grounds), inner)
  }

  /// The packet as its receiver gets it, with the customer addresses that the records say.
  private func restored(
    _ packet: Packet, to index: Int, from sender: Int?
  ) -> Packet {
    let record = router.policy.lookupRecords[index]
    let source = sender.map { router.policy.lookupRecords[$0] }
    var packet = packet
    if record.rule == .nat {
      packet.readdress(
        from: source?.customerAddress ?? packet.source, to: record.customerAddress)
    }
    packet.readdress(from: source?.macAddress ?? packet.sourceMAC, to: record.macAddress)
    packet.tag = nil
    return packet
  }

  private func translated(_ destination: IPAddress) -> Int? {
    guard owns(destination) else { return nil }
    return router.translatingRecord(for: destination)
  }

  private func untranslated(_ destination: IPAddress) -> Int? {
    let found = router.policy.lookupRecords.indices.filter { index in
      let record = router.policy.lookupRecords[index]
      return record.rule == .none && record.customerAddress == destination
        && record.isUnicast && !record.isUnusable && owns(record.providerAddress)
    }
    guard let first = found.first, found.allSatisfy({ router.isOneMachine($0, first) }) else {
      return nil
    }
    return first
  }
}

extension DistributedRouter {
  /// The record whose rule Nat translates a provider address; `nil` for none, and where two
  /// machines share one.
  func translatingRecord(for provider: IPAddress) -> Int? {
    index.special.sharedProviders.contains(provider) ? nil : index.special.byProvider[provider]
  }

  /// Whether two records are of the same address in the same virtual subnet.
  fileprivate func isOneMachine(_ one: Int, _ other: Int) -> Bool {
    let (one, other) = (policy.lookupRecords[one], policy.lookupRecords[other])
    return one.virtualSubnetID == other.virtualSubnetID
      && one.customerAddress == other.customerAddress
  }

  /// Whether the virtual subnets of two records are of one routing domain.
  fileprivate func isOneDomain(_ one: Int, _ other: Int) -> Bool {
    let (one, other) = (policy.lookupRecords[one], policy.lookupRecords[other])
    guard let domain = virtualSubnets[one.virtualSubnetID]?.routingDomainID else { return false }
    return virtualSubnets[other.virtualSubnetID]?.routingDomainID == domain
  }
}
