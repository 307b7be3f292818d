extension HostRouter {
  /// Sends a packet to the machine of a record: to a port of this host, or to another host.
  @inline(__always)
  func send(
    _ key: FlowKey, to host: HostRoute, from sender: Sender,
    grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    if host.isGateway {
      return try answerEcho(key, for: router.policy.lookupRecords[host.record])
    }
    let rewrite = try change(key, to: host, from: sender.subnet, grounds: &grounds)
    let location = router.location(of: host)
    if owns(location.providerAddress) {
      guard let port = port(for: host.macAddress, in: host.virtualSubnetID) else {
        throw .noPort(host.macAddress, host.virtualSubnetID)
      }
      return .deliver(port: port, rewrite)
    }
    switch location.rule {
    case .encap:
      return .encapsulate(try tunnel(for: key, to: host, from: sender), rewrite)
    case .nat, .none:
      return .translate(try translation(of: key, to: host, from: sender), rewrite)
    }
  }

  /// Ping to a gateway address: nothing listens there, unless the setting has the host answer.
  private func answerEcho(
    _ key: FlowKey, for gateway: LookupRecord
  ) throws(Refusal) -> Decision {
    switch router.settings.gatewayEcho {
    case .answered
    where key.destination == gateway.customerAddress && key.has(.echoRequest):
      return .answerEcho(gateway: gateway.macAddress)
    case .answered, .silent: throw .gatewayAddress(gateway.customerAddress)
    }
  }

  /// Writes the record's MAC, and between subnets what a router changes.
  @inline(__always)
  private func change(
    _ key: FlowKey, to host: HostRoute, from subnet: SubnetEntry,
    grounds: inout Grounds
  ) throws(Refusal) -> Rewrite {
    var rewrite = Rewrite.none(key)
    rewrite.destinationMAC = host.macAddress
    guard host.virtualSubnetID != subnet.identifier else {
      guard key.destinationMAC != host.macAddress else { return rewrite }
      switch router.settings.foreignMAC {
      // On the way to a gateway the frame bears the MAC of whatever gateway its sender knows.
      case .dropped
      where router.policy.lookupRecords[host.record].customerAddress == key.destination:
        throw .foreignMAC(sent: key.destinationMAC, record: host.record)
      case .dropped, .rewritten:
        grounds.steps.insert(.foreignMAC)
      }
      return rewrite
    }
    switch router.settings.timeToLive {
    case .kept: break
    case .decremented:
      guard key.timeToLive > 1 else {
        throw .timeToLiveExceeded(key.destination)
      }
      rewrite.timeToLiveCost = 1
    }
    grounds.steps.insert(.crossed)
    switch router.settings.sourceMAC {
    case .kept: break
    case .gateway:
      if let target = router.virtualSubnets[host.virtualSubnetID],
        let mac = router.gatewayMAC(of: target, family: key.destination.family)
      {
        rewrite.sourceMAC = mac
      }
    }
    return rewrite
  }

  /// The provider address that the host sends from for a sender.
  @inline(__always)
  func sourceProvider(
    towards provider: IPAddress, from sender: Sender
  ) throws(Refusal) -> IPAddress {
    var source: IPAddress?
    if router.settings.sourceProviderAddress == .senderRecord, let own = sender.record {
      source = router.location(of: own).providerAddress
    } else {
      source = providerAddresses.first { $0.address.family == provider.family }?.address
    }
    guard let source, owns(source) else {
      throw .foreignProviderAddress(source ?? provider)
    }
    return source
  }

  /// The way to another host for a packet to a record.
  @inline(__always)
  func tunnel(
    for key: FlowKey, to host: HostRoute, from sender: Sender
  ) throws(Refusal) -> Tunnel {
    let provider = router.location(of: host).providerAddress
    let source = try sourceProvider(towards: provider, from: sender)
    let tunnel = self.tunnel(for: key, in: host.virtualSubnetID, from: source, to: provider)
    // Only a host that says so by ICMP refuses a packet; otherwise the underlay has to carry it.
    if router.settings.icmpErrors == .sent, tunnel.dontFragment {
      try checkSize(Int(key.byteCount), in: tunnel)
    }
    return tunnel
  }

  private func checkSize(_ byteCount: Int, in tunnel: Tunnel) throws(Refusal) {
    let room = underlayMTU - tunnel.encapsulation.overhead(over: tunnel.source.family)
    if byteCount > room, byteCount > 0 {
      throw .packetTooBig(byteCount: byteCount, room: max(room, 0))
    }
  }

  /// A tunnel between two provider addresses, with the outer header that the settings have.
  public func tunnel(
    for frame: EthernetFrame, in subnet: VirtualSubnetID, from source: IPAddress,
    to destination: IPAddress
  ) -> Tunnel {
    tunnel(for: FlowKey(frame), in: subnet, from: source, to: destination)
  }

  /// A tunnel for a frame of which the key has been read.
  @inline(__always)
  package func tunnel(
    for key: FlowKey, in subnet: VirtualSubnetID, from source: IPAddress,
    to destination: IPAddress
  ) -> Tunnel {
    let entropy: UInt16 =
      switch router.settings.flowID {
      case .zero: 0
      case .hashed: key.flowHash
      }
    let service: UInt8 =
      switch router.settings.outerDSCP {
      case .zero: 0
      case .copied: key.differentiatedServices
      }
    let dontFragment =
      switch router.settings.outerDontFragment {
      case .set: true
      case .clear: false
      case .copied: key.has(.dontFragment)
      }
    return Tunnel(
      virtualSubnetID: subnet, source: source, destination: destination,
      encapsulation: router.settings.encapsulation, entropy: entropy,
      differentiatedServices: service, dontFragment: dontFragment)
  }

  /// The way to another host without a tunnel: rules Nat and None.
  private func translation(
    of key: FlowKey, to host: HostRoute, from sender: Sender
  ) throws(Refusal) -> Translation {
    let location = router.location(of: host)
    let provider = location.providerAddress
    var translation = Translation(nextHop: provider, source: nil, sourceMAC: nil)
    switch (location.rule, router.settings.untranslated) {
    case (.encap, _): break
    case (.none, .refused): throw .untranslated(record: host.record)
    case (.none, .plain): break
    case (.nat, _):
      guard provider.family == key.destination.family else {
        throw .familiesDiffer(record: host.record)
      }
      let source = try sourceProvider(towards: provider, from: sender)
      guard source.family == key.source.family else {
        throw .familiesDiffer(record: host.record)
      }
      translation.source = source
      if let own = sender.record, router.location(of: own).usesVMMACAddress {
        translation.sourceMAC = own.macAddress
      }
    }
    return translation
  }
}
