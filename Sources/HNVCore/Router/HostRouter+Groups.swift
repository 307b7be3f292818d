extension HostRouter {
  /// Whether a packet from a subnet is for a group rather than for one machine.
  @inline(__always)
  func isGroup(_ destination: IPAddress, in subnet: SubnetEntry) -> Bool {
    if destination.isMulticast || destination.isLimitedBroadcast { return true }
    switch router.settings.subnetBroadcast {
    case .unicast: return false
    case .group: return router.isBroadcast(destination, of: subnet)
    }
  }

  /// Copies a frame to the machines of its virtual subnet, here and on other hosts, and to nobody
  /// beyond it (Microsoft Press; ipSpace, December 2013).
  func replicate(
    _ key: FlowKey, to destination: IPAddress?, from sender: Sender,
    updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    let subnet = sender.subnet.identifier
    var providers: [IPAddress] = []
    var group: Int?
    switch router.settings.groups {
    case .sameHost: break
    case .replicated: providers = router.providers(of: subnet)
    case .multicast:
      group = destination.flatMap { router.groupRecord(for: $0, in: subnet) }
      providers =
        group.map { [router.policy.lookupRecords[$0].providerAddress] }
        ?? router.providers(of: subnet)
    }
    grounds.steps.insert(.flooded)
    grounds.record = group
    changes.copies = try copies(of: key, to: providers, from: sender)
    return .replicate
  }

  /// Copies a question for an unknown neighbour to the machines of the subnet here, and to the
  /// hosts of its L2Only records (Microsoft Press).
  func flood(
    _ key: FlowKey, from sender: Sender, updating changes: inout StateChanges,
    grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    grounds.steps.insert(.flooded)
    let providers = router.providers(of: sender.subnet.identifier) { $0.type == .l2Only }
    changes.copies = try copies(of: key, to: providers, from: sender)
    return .replicate
  }

  private func copies(
    of key: FlowKey, to providers: [IPAddress], from sender: Sender
  ) throws(Refusal) -> Replication {
    let subnet = sender.subnet.identifier
    var tunnels: [Tunnel] = []
    for provider in providers where !owns(provider) {
      let source = try sourceProvider(towards: provider, from: sender)
      tunnels.append(tunnel(for: key, in: subnet, from: source, to: provider))
    }
    let ports = ports(in: subnet).filter { $0 != sender.port }
    guard !ports.isEmpty || !tunnels.isEmpty else {
      throw .noReceivers(key.destinationMAC, subnet)
    }
    return Replication(ports: ports, tunnels: tunnels)
  }
}

extension DistributedRouter {
  /// Whether an address means all machines of a virtual subnet.
  func isBroadcast(_ address: IPAddress, of subnet: SubnetEntry) -> Bool {
    guard case .v4(let address) = address, subnet.broadcast != nil else { return false }
    if subnet.broadcast == address { return true }
    return subnet.hasMorePrefixes
      && virtualSubnets[subnet.identifier]?.prefixes.contains { $0.broadcast == .v4(address) }
        ?? false
  }

  /// The record that maps a group's address to a provider group; `nil` for none.
  func groupRecord(for address: IPAddress, in subnet: VirtualSubnetID) -> Int? {
    index.special.groups[SubnetAddress(address, in: subnet)]
  }

  /// The provider addresses of a virtual subnet's machines, each once, in the order of the records.
  ///
  /// - Complexity: O(*n*) for *n* records of the subnet.
  func providers(
    of subnet: VirtualSubnetID, where isIncluded: (LookupRecord) -> Bool = { _ in true }
  ) -> [IPAddress] {
    var providers: [IPAddress] = []
    var seen: Set<IPAddress> = []
    for index in index.records(of: subnet, policy.lookupRecords) {
      let record = policy.lookupRecords[index]
      // The gateway address is on no host, whatever its record says.
      guard isIncluded(record), record.rule == .encap, !record.isGroup, !isGatewayAddress(record),
        seen.insert(record.providerAddress).inserted
      else { continue }
      providers.append(record.providerAddress)
    }
    return providers
  }
}
