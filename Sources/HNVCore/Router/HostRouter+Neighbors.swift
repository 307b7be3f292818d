extension HostRouter {
  /// Decides on ARP and neighbour discovery.
  ///
  /// A question to everyone is answered by the host itself with the MAC of the target's record; a
  /// question to one MAC goes to that machine, which keeps unreachability detection working
  /// (ipSpace, May 2015). A question that no record answers is flooded where the subnet has L2Only
  /// records (Microsoft Press), and stays without an answer elsewhere.
  func neighbor(
    _ key: FlowKey, from sender: Sender,
    updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    guard let message = NeighborMessage(key) else { throw .notIP(etherType: key.etherType) }
    let subnet = sender.subnet
    var sender = sender
    // Who looks whether an address is free sends from none (RFC 5227, section 1.1; RFC 4862).
    if !message.sender.isUnspecified {
      sender.record = try checkSource(
        message.sender, key.sourceMAC, in: subnet, grounds: &grounds)
    } else {
      sender.record = router.record(for: key.sourceMAC, in: subnet.identifier).map(router.host)
    }
    changes.learned = learn(from: key, of: sender)
    return try answer(key, message, from: sender, updating: &changes, grounds: &grounds)
  }

  private func answer(
    _ key: FlowKey, _ message: NeighborMessage, from sender: Sender,
    updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    let target = message.target
    let record = neighborRecord(target, in: sender.subnet)
    let owner = record.map { router.policy.lookupRecords[$0].macAddress }
    if message.isGratuitous, owner == nil || owner == key.sourceMAC {
      switch router.settings.gratuitousARP {
      case .consumed: return .absorb
      case .passed:
        return try replicate(
          key, to: nil, from: sender, updating: &changes, grounds: &grounds)
      }
    }
    guard let index = record ?? passiveRecord(key, in: sender.subnet) else {
      guard message.isAsked, key.destinationMAC.isMulticast,
        router.floodsQuestions(in: sender.subnet.identifier)
      else { throw .neighborUnknown(target, sender.subnet.identifier) }
      return try flood(key, from: sender, updating: &changes, grounds: &grounds)
    }
    // A machine that asks for its own address looks for a double.
    guard owner != key.sourceMAC else {
      throw .neighborUnknown(target, sender.subnet.identifier)
    }
    grounds.steps.insert(.neighbor)
    grounds.record = index
    let answering = router.host(index)
    let location = router.location(of: answering)
    let isGateway = answering.isGateway
    // Without a tunnel no Ethernet frame crosses the underlay, so that the host speaks for the
    // machine, and listens for it, whomever the question is addressed to.
    let isBeyondReach = location.rule != .encap && !owns(location.providerAddress)
    if message.isAsked, key.destinationMAC.isMulticast || isGateway || isBeyondReach {
      return .answer(NeighborAnswer(target: target, macAddress: answering.macAddress))
    }
    guard !isGateway else { throw .gatewayAddress(target) }
    return isBeyondReach ? .absorb : try pass(key, to: answering, from: sender)
  }

  /// Hands a question or an answer that is meant for one machine to it, unchanged.
  private func pass(
    _ key: FlowKey, to host: HostRoute, from sender: Sender
  ) throws(Refusal) -> Decision {
    if owns(router.location(of: host).providerAddress) {
      guard let port = port(for: host.macAddress, in: host.virtualSubnetID) else {
        throw .noPort(host.macAddress, host.virtualSubnetID)
      }
      return .deliver(port: port, .none(key))
    }
    return .encapsulate(
      try tunnel(for: key, to: host, from: sender), .none(key))
  }

  /// The record by which the host answers for a neighbour; `nil` for none.
  func neighborRecord(_ target: IPAddress, in subnet: SubnetEntry) -> Int? {
    switch router.settings.neighborProxy {
    case .ownSubnet: return router.record(for: target, in: subnet.identifier)
    case .routingDomain:
      if let own = router.record(for: target, in: subnet.identifier) { return own }
      let host = router.index.hostRoute(for: target, in: subnet.domain)
      return host.isNone ? nil : host.record
    }
  }

  /// The L2Only record of the machine that a frame is addressed to; its address may be unknown yet.
  private func passiveRecord(_ key: FlowKey, in subnet: SubnetEntry) -> Int? {
    router.l2OnlyRecord(for: key.destinationMAC, in: subnet.identifier)
  }
}

extension DistributedRouter {
  /// Whether questions for unknown neighbours are flooded in a virtual subnet.
  func floodsQuestions(in subnet: VirtualSubnetID) -> Bool {
    switch settings.unknownNeighbor {
    case .silent: false
    case .flooded:
      index.domainOfSubnet[subnet].flatMap { index.special.others[$0] }?.contains { number in
        let record = policy.lookupRecords[number]
        return record.type == .l2Only && record.virtualSubnetID == subnet
      } ?? false
    }
  }
}
