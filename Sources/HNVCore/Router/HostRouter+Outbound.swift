extension HostRouter {
  /// Decides on a frame that a machine sends.
  ///
  /// - Parameters:
  ///   - frame: The frame as the machine sends it.
  ///   - port: The index of the machine's port in `ports`.
  ///   - state: What the host has learned; by default that of a host that no packet has passed.
  ///   - now: The time in nanoseconds, on which the age of open connections depends.
  /// - Returns: what the host does with the frame, and the changes to make to `state`.
  public func decide(
    _ frame: EthernetFrame, from port: Int, state: HostState = HostState(), at now: UInt64 = 0
  ) -> Outcome {
    decide(FlowKey(frame), from: port, state: state, at: now)
  }

  /// Decides on a frame of which the key has been read.
  ///
  /// The order is that of the extensible switch: the port's own policy on the customer frame, then
  /// HNV. The destination MAC is ignored; only the destination address counts (ipSpace, December
  /// 2013). `now` is the time in nanoseconds.
  public func decide(
    _ key: FlowKey, from port: Int, state: HostState, at now: UInt64
  ) -> Outcome {
    guard let match = fastMatch(key, from: port, state: state) else {
      return slowPath(key, from: port, state: state, at: now)
    }
    return outcome(key, match)
  }

  /// Decides on any frame.
  @inline(never)
  func slowPath(
    _ key: FlowKey, from port: Int, state: HostState, at now: UInt64
  ) -> Outcome {
    var (changes, grounds) = (StateChanges(), Grounds())
    do throws(Refusal) {
      try applyIngressRules(
        key, from: port, state: state, at: now, updating: &changes, grounds: &grounds)
      guard let subnet = subnet(ofPort: port) else {
        guard let unknown = ports[port].virtualSubnetID else {
          return Outcome(.bypass, grounds, changes)
        }
        throw .unknownVirtualSubnet(unknown)
      }
      let decision = try dispatch(
        key, from: Sender(port: port, subnet: subnet), updating: &changes, grounds: &grounds)
      try applyEgressRules(
        key, decision, state: state, at: now, updating: &changes, grounds: &grounds)
      return Outcome(decision, grounds, changes)
    } catch {
      return Outcome(.refuse(error), grounds, changes)
    }
  }

  /// Where a frame comes from on this host.
  struct Sender {
    let port: Int
    let subnet: SubnetEntry
    /// The record that the source matched; `nil` before the check, or without one.
    var record: HostRoute?
  }

  @inline(__always)
  private func dispatch(
    _ key: FlowKey, from sender: Sender, updating changes: inout StateChanges,
    grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    if let other = bridge(key, from: sender, grounds: &grounds) {
      return .deliver(port: other, .none(key))
    }
    switch key.kind {
    case .plain: return try forward(key, from: sender, updating: &changes, grounds: &grounds)
    case .routerAdvertisement: throw .routerAdvertisement
    case .neighborDiscovery, .arp:
      return try neighbor(key, from: sender, updating: &changes, grounds: &grounds)
    case .other: throw .notIP(etherType: key.etherType)
    }
  }

  @inline(__always)
  private func forward(
    _ key: FlowKey, from sender: Sender,
    updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    var sender = sender
    sender.record = try checkSource(
      key.source, key.sourceMAC, in: sender.subnet, grounds: &grounds)
    let learned = learn(from: key, of: sender)
    if let learned { changes.learned = learned }
    return try route(key, from: sender, updating: &changes, grounds: &grounds)
  }

  @inline(__always)
  private func route(
    _ key: FlowKey, from sender: Sender,
    updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    let destination = key.destination
    guard !isGroup(destination, in: sender.subnet) else {
      return try replicate(
        key, to: destination, from: sender, updating: &changes, grounds: &grounds)
    }
    guard let match = router.match(destination, from: sender.subnet) else {
      throw .noRoute(destination, sender.subnet.routingDomainID)
    }
    grounds.route = match.entry
    let host: HostRoute
    do throws(Refusal) {
      host = try router.resolve(
        destination, match, in: sender.subnet.routingDomainID, grounds: &grounds)
    } catch {
      // Of an L2Only machine the MAC address is known, and that is how a DHCP offer reaches it.
      guard let known = router.l2OnlyRecord(for: key.destinationMAC, in: sender.subnet.identifier),
        router.virtualSubnets[sender.subnet.identifier]?.contains(destination) ?? false
      else { throw error }
      host = router.host(known)
      grounds.steps.insert(.resolvedByMAC)
    }
    grounds.record = host.record
    return try send(key, to: host, from: sender, grounds: &grounds)
  }

  /// Under 2012 the switch bridges within a host and subnet before HNV sees the frame.
  @inline(__always)
  private func bridge(
    _ key: FlowKey, from sender: Sender, grounds: inout Grounds
  ) -> Int? {
    switch router.settings.sameHost {
    case .routed: return nil
    case .bridged:
      guard let other = port(for: key.destinationMAC, in: sender.subnet.identifier),
        other != sender.port
      else { return nil }
      grounds.steps.insert(.bridged)
      return other
    }
  }

  /// The record of a sender: its address and MAC address, a wildcard of its MAC address (a
  /// gateway), or an L2Only record of it (a machine whose address is yet to be learned).
  @inline(__always)
  func checkSource(
    _ address: IPAddress, _ mac: MACAddress, in subnet: SubnetEntry,
    grounds: inout Grounds
  ) throws(Refusal) -> HostRoute? {
    let own = router.index.host(for: address, of: subnet.identifier, in: subnet.domain)
    let record =
      !own.isNone && own.macAddress == mac
      ? own : openRecord(for: mac, address.family, in: subnet.identifier)
    switch router.settings.sourceValidation {
    case .recordRequired where record == nil:
      throw .invalidSource(address, mac, subnet.identifier)
    case .recordRequired, .none:
      grounds.sender = record.map { .record($0.record) } ?? .unknown
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
    index.special.l2Only[AdapterKey(subnet: subnet, address: mac)]
  }
}
