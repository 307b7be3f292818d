/// The decision on most packets, in one pass through the tables.
///
/// Most packets of most networks go from a machine with a record to another one, past rules that
/// keep no state, and nothing is to be learned, refused or answered. What is decided about them is
/// found here without a detour; all else takes the slow path, which says the same of these packets,
/// too (Pfaff and others, "The Design and Implementation of Open vSwitch", 2015, section 4).
extension HostRouter {
  /// All that decides about a packet on the fast path.
  struct FastMatch {
    fileprivate let sender: HostRoute
    fileprivate let destination: HostRoute
    fileprivate let outbound: RuleVerdict
    fileprivate let isCrossing: Bool
    /// The receiver's port here and what its rules say; `nil` for a machine on another host.
    fileprivate let receiver: (port: Int, inbound: RuleVerdict)?
  }

  /// Finds what decides about a packet; `nil` for one that takes the slow path.
  @inline(__always)
  func fastMatch(_ key: FlowKey, from port: Int, state: HostState) -> FastMatch? {
    fastMatch(key, from: port, state: state) {
      router.hosts(of: key, from: $0.identifier, in: $0.domain)
    }
  }

  /// The same, where the records of the sender and the destination may have been found before.
  @inline(__always)
  func fastMatch(
    _ key: FlowKey, from port: Int, state: HostState,
    hosts: (SubnetEntry) -> (source: HostRoute, destination: HostRoute)
  ) -> FastMatch? {
    let line = local.ports.line(port)
    guard router.allowsFastPath, key.kind == .plain, state.connections.isEmpty,
      line.allowsFastPath, line.subnet >= 0,
      line.macAddress == key.sourceMAC || line.allowsMACSpoofing
    else { return nil }
    let outbound = local.ports.verdict(key, .outbound, in: line.list)
    guard outbound.allows, !outbound.isStateful else { return nil }
    let subnet = router.subnetEntries[Int(line.subnet)]
    let (sender, destination) = hosts(subnet)
    guard !sender.isNone, sender.macAddress == key.sourceMAC, !destination.isNone,
      !destination.isGateway, !isBroadcast(key, of: subnet),
      !router.mayLearn(from: key.sourceMAC, in: subnet)
    else { return nil }
    let isCrossing = destination.virtualSubnetID != subnet.identifier
    guard isCrossing ? key.timeToLive > 1 : key.destinationMAC == destination.macAddress else {
      return nil
    }
    let location = router.location(of: destination)
    guard owns(location.providerAddress) else {
      guard location.rule == .encap, owns(router.location(of: sender).providerAddress) else {
        return nil
      }
      return FastMatch(
        sender: sender, destination: destination, outbound: outbound, isCrossing: isCrossing,
        receiver: nil)
    }
    let slot = local.directory.slot(for: destination.macAddress, in: destination.virtualSubnetID)
    guard !slot.isNone, slot.asksRulesAlone else { return nil }
    let inbound = local.ports.verdict(key, .inbound, in: slot.list)
    guard inbound.allows, !inbound.isStateful else { return nil }
    return FastMatch(
      sender: sender, destination: destination, outbound: outbound, isCrossing: isCrossing,
      receiver: (slot.port, inbound))
  }

  /// The outcome for a packet on the fast path.
  @inline(__always)
  func outcome(_ key: FlowKey, _ match: FastMatch) -> Outcome {
    let rewrite = Rewrite(
      destinationMAC: match.destination.macAddress, sourceMAC: key.sourceMAC,
      timeToLiveCost: match.isCrossing ? 1 : 0)
    let grounds = Grounds(
      from: match.sender.record, to: match.destination.record, isCrossing: match.isCrossing,
      match.outbound, match.receiver?.inbound)
    if let receiver = match.receiver {
      return Outcome(.deliver(port: receiver.port, rewrite), grounds)
    }
    let tunnel = tunnel(
      for: key, in: match.destination.virtualSubnetID,
      from: router.location(of: match.sender).providerAddress,
      to: router.location(of: match.destination).providerAddress)
    return Outcome(.encapsulate(tunnel, rewrite), grounds)
  }

  @inline(__always)
  private func isBroadcast(_ key: FlowKey, of subnet: SubnetEntry) -> Bool {
    guard let broadcast = subnet.broadcast, key.family == .v4 else { return false }
    return subnet.hasMorePrefixes || broadcast.bits == key.destinationBits.v4
  }
}

extension DistributedRouter {
  // A call on the index itself would copy all of it for the callee.
  @inline(never)
  func hosts(
    of key: FlowKey, from subnet: VirtualSubnetID, in domain: Int
  ) -> (source: HostRoute, destination: HostRoute) {
    index.hosts(of: key, from: subnet, in: domain)
  }

  /// Whether a packet may tell where a machine is of which only the MAC address was known.
  @inline(__always)
  func mayLearn(from mac: MACAddress, in subnet: SubnetEntry) -> Bool {
    !index.special.l2Only.isEmpty && l2OnlyRecord(for: mac, in: subnet.identifier) != nil
  }
}

extension Settings {
  /// Whether packets are treated as by default in all that concerns the fast path.
  var allowFastPath: Bool {
    sameHost == .routed && externalRouter == .unused && sourceProviderAddress == .senderRecord
      && sourceMAC == .kept && timeToLive == .decremented && icmpErrors == .none
  }
}
