extension HostRouter {
  /// Decides on a frame that arrived in a tunnel for one of this host's provider addresses.
  ///
  /// The receiver needs a record of its own for the inner frame, stamps the virtual subnet of the
  /// wire, and hands the frame to the port that has it and the MAC (Microsoft's two-tenant sample),
  /// past that port's inbound access rules. `now` is the time in nanoseconds.
  public func receive(
    _ frame: EthernetFrame, in subnet: VirtualSubnetID, from sender: IPAddress,
    at provider: IPAddress, state: HostState, at now: UInt64
  ) -> Outcome {
    receive(FlowKey(frame), in: subnet, from: sender, at: provider, state: state, at: now)
  }

  /// Decides on a frame of which the key has been read.
  package func receive(
    _ key: FlowKey, in subnet: VirtualSubnetID, from sender: IPAddress,
    at provider: IPAddress, state: HostState, at now: UInt64
  ) -> Outcome {
    var (changes, grounds) = (StateChanges(), Grounds())
    do throws(Refusal) {
      let decision = try unwrap(
        key, in: subnet, from: sender, at: provider, updating: &changes, grounds: &grounds)
      try applyEgressRules(
        key, decision, state: state, at: now, updating: &changes, grounds: &grounds)
      return Outcome(decision, grounds, changes)
    } catch {
      return Outcome(.refuse(error), grounds, changes)
    }
  }

  private func unwrap(
    _ key: FlowKey, in subnet: VirtualSubnetID, from sender: IPAddress,
    at provider: IPAddress, updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    do throws(Refusal) {
      guard owns(provider) || provider.isMulticast else { throw .notOurProviderAddress(provider) }
      // RFC 7637, section 3.2: what bears a tag inside the tunnel is dropped.
      if let tag = key.tag { throw .taggedInside(tag) }
      changes.learned = learn(from: key, in: subnet, at: nil)
      if key.isIP, key.kind != .neighborDiscovery {
        try checkReceived(
          key.source, key.sourceMAC, in: subnet, from: sender, grounds: &grounds)
      }
      return try place(key, in: subnet, updating: &changes, grounds: &grounds)
    } catch {
      // No errors are sent about packets to a group (RFC 1122, section 3.2.2).
      if owns(provider) { changes.notice = notice(of: error) }
      throw error
    }
  }

  /// Finds the port, or the ports, of a frame that came in a tunnel.
  private func place(
    _ key: FlowKey, in subnet: VirtualSubnetID, updating changes: inout StateChanges,
    grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    if key.destinationMAC.isMulticast {
      let ports = ports(in: subnet)
      guard !ports.isEmpty else { throw .noReceivers(key.destinationMAC, subnet) }
      grounds.steps.insert(.flooded)
      changes.copies = Replication(ports: ports, tunnels: [])
      return .replicate
    }
    guard let index = receiverRecord(of: key, in: subnet) else {
      throw .noRecordAtReceiver(key.destinationMAC, subnet)
    }
    grounds.steps.insert(.received)
    grounds.record = index
    guard let port = port(for: key.destinationMAC, in: subnet) else {
      let record = router.policy.lookupRecords[index]
      guard owns(record.providerAddress) else {
        throw .moved(key.destinationMAC, subnet, to: record.providerAddress)
      }
      throw .noPort(key.destinationMAC, subnet)
    }
    return .deliver(port: port, .none(key))
  }

  /// The notice to the sender of a refused tunnel packet ([MS-NVGREE], section 2.2).
  private func notice(of refusal: Refusal) -> ControlNotice? {
    guard router.settings.controlMessages == .sent, router.settings.encapsulation == .nvgre else {
      return nil
    }
    switch refusal {
    case .moved(_, _, let provider): return .redirect(to: provider)
    case .noPort, .noRecordAtReceiver: return .unreachable
    default: return nil
    }
  }

  /// The record of the address that a frame is for; what passes a gateway is for an address that
  /// has none, and is matched by the gateway's MAC in the packet's own family.
  private func receiverRecord(of key: FlowKey, in subnet: VirtualSubnetID) -> Int? {
    guard key.hasAddresses else {
      return router.record(for: key.destinationMAC, in: subnet)
    }
    let destination = key.destination
    if let host = router.index.record(for: destination, in: subnet),
      host.macAddress == key.destinationMAC
    {
      return host.record
    }
    return router.record(for: key.destinationMAC, family: destination.family, in: subnet)
      ?? router.l2OnlyRecord(for: key.destinationMAC, in: subnet)
  }
}
