extension HostRouter {
  /// Decides on a frame that a machine sends, by a port of this host.
  ///
  /// The order is that of the extensible switch: the port's own policy on the customer frame, then
  /// HNV. The destination MAC plays no part; only the destination address does (ipSpace, December
  /// 2013). `now` is the time in nanoseconds.
  public func decide<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, from port: Int, state: HostState, at now: UInt64,
    recording reasons: inout Recorder
  ) -> Outcome {
    var remains = Remains()
    let refusal = admit(
      frame, from: port, state: state, at: now, leaving: &remains, recording: &reasons)
    if let refusal { return Outcome(.refuse(refusal)) }
    let decision = route(frame, from: port, recording: &reasons)
    return handOver(
      decision, frame, state: state, at: now, leaving: remains, recording: &reasons)
  }

  private func route<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, from port: Int, recording reasons: inout Recorder
  ) -> Decision {
    guard let identifier = ports[port].virtualSubnetID else { return .bypass }
    guard let subnet = router.virtualSubnets[identifier] else {
      return .refuse(.unknownVirtualSubnet(identifier))
    }
    if case .ip(let packet) = frame.payload, !packet.isNeighborDiscovery {
      return forward(frame, packet, from: port, in: subnet, recording: &reasons)
    }
    if let other = bridge(frame, from: port, in: identifier, recording: &reasons) {
      return .deliver(port: other, .none(frame))
    }
    guard let question = NeighborQuestion(frame) else {
      return .refuse(.notIP(etherType: frame.etherType))
    }
    return neighbor(frame, question, in: subnet, recording: &reasons)
  }

  private func forward<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, from port: Int, in subnet: VirtualSubnet,
    recording reasons: inout Recorder
  ) -> Decision {
    if let other = bridge(frame, from: port, in: subnet.identifier, recording: &reasons) {
      return .deliver(port: other, .none(frame))
    }
    let own = senderRecord(packet.source, frame.source, in: subnet.identifier)
    switch router.settings.sourceValidation {
    case .recordRequired where own == nil:
      return .refuse(.invalidSource(packet.source, frame.source, subnet.identifier))
    case .recordRequired, .none:
      reasons.note(.sourceChecked(packet.source, frame.source, record: own))
    }
    let destination = packet.destination
    guard !destination.isMulticast, !destination.isLimitedBroadcast else {
      return .refuse(.groupDestination(destination))
    }
    guard let entry = router.entry(for: destination, in: subnet.routingDomainID) else {
      return .refuse(.noRoute(destination, subnet.routingDomainID))
    }
    reasons.note(.routed(destination, subnet.routingDomainID, entry))
    do throws(Refusal) {
      let index = try router.resolve(
        destination, entry, in: subnet.routingDomainID, recording: &reasons)
      return send(frame, packet, to: index, from: subnet, own: own, recording: &reasons)
    } catch {
      return .refuse(error)
    }
  }

  /// Under 2012 the switch bridges within a host and subnet before HNV sees the frame.
  private func bridge<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, from port: Int, in subnet: VirtualSubnetID,
    recording reasons: inout Recorder
  ) -> Int? {
    switch router.settings.sameHost {
    case .routed: return nil
    case .bridged:
      guard let other = self.port(for: frame.destination, in: subnet), other != port
      else { return nil }
      reasons.note(.bridged(frame.destination))
      return other
    }
  }

  private func send<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, to index: Int, from subnet: VirtualSubnet,
    own: Int?, recording reasons: inout Recorder
  ) -> Decision {
    let record = router.policy.lookupRecords[index]
    guard record.rule == .encap else { return .refuse(.unsupportedRule(record: index)) }
    if router.isGatewayAddress(record) {
      return .refuse(.gatewayAddress(record.customerAddress))
    }
    var rewrite = Rewrite.none(frame)
    if let refusal = change(
      &rewrite, frame, packet, to: index, from: subnet, recording: &reasons)
    {
      return .refuse(refusal)
    }
    if owns(record.providerAddress) {
      guard let port = port(for: record.macAddress, in: record.virtualSubnetID) else {
        return .refuse(.noPort(record.macAddress, record.virtualSubnetID))
      }
      return .deliver(port: port, rewrite)
    }
    return tunnel(rewrite, to: record, own: own)
  }

  /// Writes the record's MAC, and between subnets what a router changes.
  private func change<Recorder: DecisionRecorder>(
    _ rewrite: inout Rewrite, _ frame: EthernetFrame, _ packet: IPPacket, to index: Int,
    from subnet: VirtualSubnet, recording reasons: inout Recorder
  ) -> Refusal? {
    let record = router.policy.lookupRecords[index]
    rewrite.destinationMAC = record.macAddress
    guard record.virtualSubnetID != subnet.identifier else {
      guard frame.destination != record.macAddress else { return nil }
      switch router.settings.foreignMAC {
      // On the way to a gateway the frame bears the MAC of whatever gateway its sender knows.
      case .dropped where record.customerAddress == packet.destination:
        return .foreignMAC(sent: frame.destination, record: index)
      case .dropped, .rewritten:
        reasons.note(.foreignMAC(sent: frame.destination, record: index))
      }
      return nil
    }
    switch router.settings.timeToLive {
    case .kept: break
    case .decremented:
      guard packet.timeToLive > 1 else { return .timeToLiveExceeded(packet.destination) }
      rewrite.timeToLiveCost = 1
    }
    reasons.note(.crossed(from: subnet.identifier, to: record.virtualSubnetID))
    switch router.settings.sourceMAC {
    case .kept: break
    case .gateway:
      if let target = router.virtualSubnets[record.virtualSubnetID],
        let mac = router.gatewayMAC(of: target, family: packet.destination.family)
      {
        rewrite.sourceMAC = mac
      }
    }
    return nil
  }

  /// The way to another host, from the provider address in the sender's own record.
  func tunnel(_ rewrite: Rewrite, to record: LookupRecord, own: Int?) -> Decision {
    let source = own.map { router.policy.lookupRecords[$0].providerAddress }
    let fallback = providerAddresses.first { $0.address.family == record.providerAddress.family }
    guard let source = source ?? fallback?.address, owns(source) else {
      return .refuse(.foreignProviderAddress(source ?? record.providerAddress))
    }
    return .encapsulate(
      Tunnel(
        virtualSubnetID: record.virtualSubnetID, source: source,
        destination: record.providerAddress, encapsulation: router.settings.encapsulation),
      rewrite)
  }

  /// The record of a sender: its address and MAC, or a wildcard of its MAC (a gateway).
  private func senderRecord(
    _ address: IPAddress, _ mac: MACAddress, in subnet: VirtualSubnetID
  ) -> Int? {
    if let index = router.record(for: address, in: subnet),
      router.policy.lookupRecords[index].macAddress == mac
    {
      return index
    }
    return router.wildcard(for: mac, family: address.family, in: subnet)
  }
}
