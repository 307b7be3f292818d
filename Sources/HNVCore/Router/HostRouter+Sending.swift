extension HostRouter {
  /// Sends a packet to the machine of a record: to a port of this host, or to another host.
  func send<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, to host: HostRoute, from sender: Sender,
    recording reasons: inout Recorder
  ) throws(Refusal) -> Decision {
    if host.isGateway {
      return try answerEcho(packet, for: router.policy.lookupRecords[host.record])
    }
    let rewrite = try change(frame, packet, to: host, from: sender.subnet, recording: &reasons)
    let location = router.location(of: host)
    if owns(location.providerAddress) {
      guard let port = port(for: host.macAddress, in: host.virtualSubnetID) else {
        throw .noPort(host.macAddress, host.virtualSubnetID)
      }
      return .deliver(port: port, rewrite)
    }
    switch location.rule {
    case .encap: return .encapsulate(try tunnel(for: frame, to: host, from: sender), rewrite)
    case .nat, .none:
      return .translate(try translation(of: packet, to: host, from: sender), rewrite)
    }
  }

  /// Ping to a gateway address: nothing listens there, unless the setting has the host answer.
  private func answerEcho(
    _ packet: IPPacket, for gateway: LookupRecord
  ) throws(Refusal) -> Decision {
    switch router.settings.gatewayEcho {
    case .answered
    where packet.destination == gateway.customerAddress && packet.transport.echoReply != nil:
      return .answerEcho(gateway: gateway.macAddress)
    case .answered, .silent: throw .gatewayAddress(gateway.customerAddress)
    }
  }

  /// Writes the record's MAC, and between subnets what a router changes.
  private func change<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, to host: HostRoute, from subnet: SubnetEntry,
    recording reasons: inout Recorder
  ) throws(Refusal) -> Rewrite {
    var rewrite = Rewrite.none(frame)
    rewrite.destinationMAC = host.macAddress
    guard host.virtualSubnetID != subnet.identifier else {
      guard frame.destination != host.macAddress else { return rewrite }
      switch router.settings.foreignMAC {
      // On the way to a gateway the frame bears the MAC of whatever gateway its sender knows.
      case .dropped
      where router.policy.lookupRecords[host.record].customerAddress == packet.destination:
        throw .foreignMAC(sent: frame.destination, record: host.record)
      case .dropped, .rewritten:
        reasons.note(.foreignMAC(sent: frame.destination, record: host.record))
      }
      return rewrite
    }
    switch router.settings.timeToLive {
    case .kept: break
    case .decremented:
      guard packet.timeToLive > 1 else { throw .timeToLiveExceeded(packet.destination) }
      rewrite.timeToLiveCost = 1
    }
    reasons.note(.crossed(from: subnet.identifier, to: host.virtualSubnetID))
    switch router.settings.sourceMAC {
    case .kept: break
    case .gateway:
      if let target = router.virtualSubnets[host.virtualSubnetID],
        let mac = router.gatewayMAC(of: target, family: packet.destination.family)
      {
        rewrite.sourceMAC = mac
      }
    }
    return rewrite
  }

  /// The provider address that the host sends from for a sender.
  func sourceProvider(
    towards provider: IPAddress, from sender: Sender
  ) throws(Refusal) -> IPAddress {
    let first = providerAddresses.first { $0.address.family == provider.family }?.address
    let own = sender.record.map { router.location(of: $0).providerAddress }
    let source =
      switch router.settings.sourceProviderAddress {
      case .senderRecord: own ?? first
      case .firstOfHost: first
      }
    guard let source, owns(source) else {
      throw .foreignProviderAddress(source ?? provider)
    }
    return source
  }

  /// The way to another host for a frame to a record.
  func tunnel(
    for frame: EthernetFrame, to host: HostRoute, from sender: Sender
  ) throws(Refusal) -> Tunnel {
    let provider = router.location(of: host).providerAddress
    let source = try sourceProvider(towards: provider, from: sender)
    let tunnel = self.tunnel(for: frame, in: host.virtualSubnetID, from: source, to: provider)
    let byteCount = (frame.packet?.byteCount ?? 0)
    let room = underlayMTU - tunnel.encapsulation.overhead(over: source.family)
    // Only a host that says so by ICMP refuses a packet; otherwise the underlay has to carry it.
    if router.settings.icmpErrors == .sent, byteCount > room, byteCount > 0,
      tunnel.dontFragment
    {
      throw .packetTooBig(byteCount: byteCount, room: max(room, 0))
    }
    return tunnel
  }

  /// A tunnel between two provider addresses, with the outer header that the settings have.
  public func tunnel(
    for frame: EthernetFrame, in subnet: VirtualSubnetID, from source: IPAddress,
    to destination: IPAddress
  ) -> Tunnel {
    let packet = frame.packet
    let entropy: UInt16 =
      switch router.settings.flowID {
      case .zero: 0
      case .hashed: packet.map { $0.flowHash } ?? 0
      }
    let service: UInt8 =
      switch router.settings.outerDSCP {
      case .zero: 0
      case .copied: packet.map { $0.differentiatedServices } ?? 0
      }
    let dontFragment =
      switch router.settings.outerDontFragment {
      case .set: true
      case .clear: false
      case .copied: packet.map { $0.dontFragment } ?? true
      }
    return Tunnel(
      virtualSubnetID: subnet, source: source, destination: destination,
      encapsulation: router.settings.encapsulation, entropy: entropy,
      differentiatedServices: service, dontFragment: dontFragment)
  }

  /// The way to another host without a tunnel: rules Nat and None.
  private func translation(
    of packet: IPPacket, to host: HostRoute, from sender: Sender
  ) throws(Refusal) -> Translation {
    let location = router.location(of: host)
    let provider = location.providerAddress
    var translation = Translation(nextHop: provider, addresses: nil, sourceMAC: nil)
    switch (location.rule, router.settings.untranslated) {
    case (.encap, _): break
    case (.none, .refused): throw .untranslated(record: host.record)
    case (.none, .plain): break
    case (.nat, _):
      guard provider.family == packet.destination.family else {
        throw .familiesDiffer(record: host.record)
      }
      let source = try sourceProvider(towards: provider, from: sender)
      guard source.family == packet.source.family else {
        throw .familiesDiffer(record: host.record)
      }
      translation.addresses = Translation.Addresses(source: source, destination: provider)
      if let own = sender.record, router.location(of: own).usesVMMACAddress {
        translation.sourceMAC = own.macAddress
      }
    }
    return translation
  }
}

extension IPPacket {
  /// The field that both families have under different names (RFC 2474).
  var differentiatedServices: UInt8 {
    switch self {
    case .v4(let packet): packet.differentiatedServices
    case .v6(let packet): packet.trafficClass
    }
  }

  /// Whether routers must not fragment the packet; those of IPv6 never may (RFC 8200, section 5).
  var dontFragment: Bool {
    switch self {
    case .v4(let packet): packet.dontFragment
    case .v6: true
    }
  }

  /// The same number for all packets of a flow: FNV-1a over addresses, protocol and ports.
  public var flowHash: UInt16 {
    var hash: UInt32 = 0x811c_9dc5
    func add(_ bits: UInt128, _ byteCount: Int) {
      for index in 0..<byteCount {
        hash = (hash ^ UInt32(truncatingIfNeeded: bits >> UInt128(8 * index)) & 0xff) &* 0x0100_0193
      }
    }
    for address in [source, destination] {
      switch address {
      case .v4(let address): add(UInt128(address.bits), 4)
      case .v6(let address): add(address.bits, 16)
      }
    }
    add(UInt128(transport.ipProtocol.number), 1)
    if let ports = transport.ports {
      add(UInt128(ports.source), 2)
      add(UInt128(ports.destination), 2)
    }
    return UInt16(truncatingIfNeeded: hash >> 16 ^ hash)
  }
}
