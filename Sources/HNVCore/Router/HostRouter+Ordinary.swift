/// The decision on an ordinary packet, in one pass through the tables.
///
/// Most packets of most networks go from a machine with a record to another one, past rules that
/// keep no state, and nothing is to be learned, refused or answered. What is decided about them is
/// found here without a detour; all else goes the general way, which says the same of an ordinary
/// packet (a switch's fast path beside its slow one: Pfaff and others, "The Design and
/// Implementation of Open vSwitch", 2015, section 4).
extension HostRouter {
  /// What the general way decides about an ordinary packet; `nil` for any other frame.
  @inline(__always)
  func ordinary(_ frame: FrameHeader, from port: Int, state: HostState) -> Outcome? {
    let packet = frame.packet
    guard router.isOrdinary, packet.kind == .plain, state.connections.isEmpty,
      local.ports.isOrdinary(port),
      let sendingRule = local.ports.ordinaryRule(
        packet, .outbound, in: local.ports.list(of: port)),
      local.ports.maySend(from: frame.source, by: port), let subnet = subnet(ofPort: port)
    else { return nil }
    let (own, host) = router.index.hosts(of: packet, from: subnet)
    guard !own.isNone, own.macAddress == frame.source, !host.isNone, !host.isGateway,
      !isBroadcast(packet, of: subnet), !router.mayLearn(from: frame.source, in: subnet)
    else { return nil }
    let staysWithin = host.virtualSubnetID == subnet.identifier
    guard staysWithin ? frame.destination == host.macAddress : packet.timeToLive > 1 else {
      return nil
    }
    let rewrite = Rewrite(
      destinationMAC: host.macAddress, sourceMAC: frame.source,
      timeToLiveCost: staysWithin ? 0 : 1)
    var grounds = Grounds()
    grounds.outbound = Self.ground(sendingRule)
    grounds.sender = .record(own.record)
    grounds.route = .record(host.record)
    grounds.record = host.record
    if !staysWithin { grounds.steps = .crossed }
    let location = router.location(of: host)
    if owns(location.providerAddress) {
      let receiver = local.directory.slot(for: host.macAddress, in: host.virtualSubnetID)
      guard !receiver.isNone, receiver.asksRulesAlone,
        let receivingRule = local.ports.ordinaryRule(packet, .inbound, in: receiver.list)
      else { return nil }
      grounds.inbound = Self.ground(receivingRule)
      return Outcome(.deliver(port: receiver.port, rewrite), grounds)
    }
    let source = router.location(of: own).providerAddress
    guard location.rule == .encap, owns(source) else { return nil }
    let tunnel = tunnel(
      for: packet, in: host.virtualSubnetID, from: source, to: location.providerAddress)
    return Outcome(.encapsulate(tunnel, rewrite), grounds)
  }

  private static func ground(_ rule: Int) -> PortFilter.Ground {
    rule < 0 ? .nothing : .extended(rule)
  }

  @inline(__always)
  private func isBroadcast(_ packet: PacketHeader, of subnet: SubnetEntry) -> Bool {
    guard let broadcast = subnet.broadcast, packet.family == .v4 else { return false }
    return subnet.hasMorePrefixes || UInt128(broadcast.bits) == packet.destinationBits
  }
}

extension DistributedRouter {
  /// Whether a packet may tell where a machine is of which only the MAC address was known.
  @inline(__always)
  func mayLearn(from mac: MACAddress, in subnet: SubnetEntry) -> Bool {
    !index.special.l2Only.isEmpty && l2OnlyRecord(for: mac, in: subnet.identifier) != nil
  }
}

extension Settings {
  /// Whether an ordinary packet is treated as by default in all that concerns it.
  var areOrdinary: Bool {
    sameHost == .routed && externalRouter == .unused && sourceProviderAddress == .senderRecord
      && sourceMAC == .kept && timeToLive == .decremented && icmpErrors == .none
  }
}
