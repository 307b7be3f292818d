/// The answer of Select-NetVirtualizationNextHop: its six fields.
public struct NextHopLookup: Hashable, Sendable {
  /// The address the packet would come from; `nil` when it was not given.
  public let sourceCustomerAddress: IPAddress?
  /// The address the packet would go to.
  public let destinationCustomerAddress: IPAddress
  /// The virtual subnet of the sender.
  public let sourceVirtualSubnetID: VirtualSubnetID
  /// The address to which the table leads: the destination itself, or a gateway's.
  public let nextHopAddress: IPAddress
  /// The sender's MAC, from its record; `nil` without a source address or record.
  public let sourceMACAddress: MACAddress?
  /// The next hop's MAC, from its record.
  public let nextHopMACAddress: MACAddress
}

extension DistributedRouter {
  /// Answers as Select-NetVirtualizationNextHop does, from the tables alone: no port, no access
  /// rule and no TTL play a part.
  ///
  /// - Throws: the refusal that a packet would meet as well.
  public func selectNextHop(
    from source: IPAddress?, to destination: IPAddress, in identifier: VirtualSubnetID
  ) throws(Refusal) -> NextHopLookup {
    guard let subnet = subnet(identifier) else {
      throw .unknownVirtualSubnet(identifier)
    }
    guard let match = match(destination, from: subnet) else {
      throw .noRoute(destination, subnet.routingDomainID)
    }
    var grounds = Grounds()
    let host = try resolve(
      destination, match, in: subnet.routingDomainID, grounds: &grounds)
    let record = policy.lookupRecords[host.record]
    let sender = source.flatMap { self.record(for: $0, in: identifier) }
    return NextHopLookup(
      sourceCustomerAddress: source, destinationCustomerAddress: destination,
      sourceVirtualSubnetID: identifier, nextHopAddress: record.customerAddress,
      sourceMACAddress: sender.map { policy.lookupRecords[$0].macAddress },
      nextHopMACAddress: nextHopMAC(record, from: subnet))
  }

  private func nextHopMAC(_ record: LookupRecord, from subnet: SubnetEntry) -> MACAddress {
    switch settings.nextHopAnswer {
    case .machine: return record.macAddress
    case .gateway:
      guard record.virtualSubnetID != subnet.identifier else { return record.macAddress }
      return gatewayMAC(of: subnet, family: record.customerAddress.family) ?? record.macAddress
    }
  }
}
