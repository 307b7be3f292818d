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
    var connection: Connection?
    let refusal = admit(
      frame, from: port, state: state, at: now, leaving: &connection, recording: &reasons)
    if let refusal { return Outcome(.refuse(refusal)) }
    var outcome = dispatch(frame, from: port, recording: &reasons)
    outcome.remains.sender = connection
    return handOver(outcome, frame, state: state, at: now, recording: &reasons)
  }

  private func dispatch<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, from port: Int, recording reasons: inout Recorder
  ) -> Outcome {
    guard let identifier = ports[port].virtualSubnetID else { return Outcome(.bypass) }
    guard let subnet = router.subnet(identifier) else {
      return Outcome(.refuse(.unknownVirtualSubnet(identifier)))
    }
    let sender = Sender(port: port, subnet: subnet)
    var remains = Remains()
    do throws(Refusal) {
      let decision = try dispatch(frame, from: sender, leaving: &remains, recording: &reasons)
      return Outcome(decision, remains)
    } catch {
      return Outcome(.refuse(error), remains)
    }
  }

  /// Where a frame comes from on this host.
  struct Sender {
    let port: Int
    let subnet: SubnetEntry
    /// The record that the source matched; `nil` before the check, or without one.
    var record: HostRoute?
  }

  private func dispatch<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, from sender: Sender, leaving remains: inout Remains,
    recording reasons: inout Recorder
  ) throws(Refusal) -> Decision {
    if case .ip(let packet) = frame.payload, !packet.isNeighborDiscovery {
      return try forward(frame, packet, from: sender, leaving: &remains, recording: &reasons)
    }
    if let other = bridge(frame, from: sender, recording: &reasons) {
      return .deliver(port: other, .none(frame))
    }
    guard let message = NeighborMessage(frame) else {
      throw .notIP(etherType: frame.etherType)
    }
    return try neighbor(frame, message, from: sender, leaving: &remains, recording: &reasons)
  }

  private func forward<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, from sender: Sender,
    leaving remains: inout Remains, recording reasons: inout Recorder
  ) throws(Refusal) -> Decision {
    if let other = bridge(frame, from: sender, recording: &reasons) {
      return .deliver(port: other, .none(frame))
    }
    guard !packet.isRouterAdvertisement else { throw .routerAdvertisement }
    var sender = sender
    sender.record = try checkSource(
      packet.source, frame.source, in: sender.subnet, recording: &reasons)
    remains.learned = learn(from: frame, nil, of: sender, recording: &reasons)
    return try route(frame, packet, from: sender, recording: &reasons)
  }

  private func route<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, from sender: Sender,
    recording reasons: inout Recorder
  ) throws(Refusal) -> Decision {
    let destination = packet.destination
    guard !isGroup(destination, in: sender.subnet) else {
      return try replicate(frame, to: destination, from: sender, recording: &reasons)
    }
    guard let match = router.match(destination, from: sender.subnet) else {
      throw .noRoute(destination, sender.subnet.routingDomainID)
    }
    reasons.note(.routed(destination, sender.subnet.routingDomainID, match.entry))
    let host: HostRoute
    do throws(Refusal) {
      host = try router.resolve(
        destination, match, in: sender.subnet.routingDomainID, recording: &reasons)
    } catch {
      // Of an L2Only machine the MAC address is known, and that is how a DHCP offer reaches it.
      guard let known = router.l2OnlyRecord(for: frame.destination, in: sender.subnet.identifier),
        router.virtualSubnets[sender.subnet.identifier]?.contains(destination) ?? false
      else { throw error }
      host = router.host(known)
      reasons.note(.resolved(destination, sender.subnet.identifier, record: known))
    }
    return try send(frame, packet, to: host, from: sender, recording: &reasons)
  }

  /// Under 2012 the switch bridges within a host and subnet before HNV sees the frame.
  private func bridge<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, from sender: Sender, recording reasons: inout Recorder
  ) -> Int? {
    switch router.settings.sameHost {
    case .routed: return nil
    case .bridged:
      guard let other = port(for: frame.destination, in: sender.subnet.identifier),
        other != sender.port
      else { return nil }
      reasons.note(.bridged(frame.destination))
      return other
    }
  }

  /// The record of a sender: its address and MAC address, a wildcard of its MAC address (a
  /// gateway), or an L2Only record of it (a machine whose address is yet to be learned).
  func checkSource<Recorder: DecisionRecorder>(
    _ address: IPAddress, _ mac: MACAddress, in subnet: SubnetEntry,
    recording reasons: inout Recorder
  ) throws(Refusal) -> HostRoute? {
    let own = router.index.host(for: address, of: subnet.identifier, in: subnet.domain)
    let record =
      !own.isNone && own.macAddress == mac
      ? own : openRecord(for: mac, address.family, in: subnet.identifier)
    switch router.settings.sourceValidation {
    case .recordRequired where record == nil:
      throw .invalidSource(address, mac, subnet.identifier)
    case .recordRequired, .none:
      reasons.note(.sourceChecked(address, mac, record: record?.record))
    }
    return record
  }

  private func openRecord(
    for mac: MACAddress, _ family: IPFamily, in subnet: VirtualSubnetID
  ) -> HostRoute? {
    let record =
      router.wildcard(for: mac, family: family, in: subnet)
      ?? router.l2OnlyRecord(for: mac, in: subnet)
    return record.map(router.host)
  }
}

extension DistributedRouter {
  /// The L2Only record of a MAC address in a virtual subnet; `nil` for none.
  func l2OnlyRecord(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    index.special.l2Only[SpecialRecords.MACKey(subnet: subnet, address: mac)]
  }
}

extension IPPacket {
  /// Whether a machine presents itself as a router (RFC 4861, section 4.2).
  var isRouterAdvertisement: Bool {
    if case .icmpv6(.routerAdvertisement) = transport { true } else { false }
  }
}
