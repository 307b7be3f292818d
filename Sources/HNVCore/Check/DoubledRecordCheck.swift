/// Checks that one key names one record, and an address of a routing domain one machine.
struct DoubledRecordCheck {
  let group: PolicyGroup
  let directory: HostDirectory

  /// What records of one key have in common, and records that claim one address.
  private struct Identity: Hashable {
    let domain: RoutingDomainID?
    /// Of a virtual subnet that no route names, which is in no routing domain.
    let subnet: VirtualSubnetID?
    let address: IPAddress
    /// Of a record for more than one machine's address, of which a domain may have many.
    let macAddress: MACAddress?
  }

  /// A record of an identity that has several.
  private struct Rival {
    let index: Int
    /// Whether it claims the address for its machine.
    let isClaimant: Bool
  }

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    // Nearly every identity has one record, and that costs one place in a dictionary.
    var firsts: [Identity: Int] = [:]
    firsts.reserveCapacity(group.records.count)
    var rivals: [Identity: [Rival]] = [:]
    for (index, record) in group.records {
      let identity = identity(of: record)
      guard let first = firsts[identity] else {
        firsts[identity] = index
        continue
      }
      let known =
        rivals[identity] ?? [
          Rival(index: first, isClaimant: isClaimant(group.policy.lookupRecords[first]))
        ]
      let diagnostic = diagnostic(index, record, known)
      if let diagnostic { diagnostics.append(diagnostic) }
      rivals[identity] =
        known + [
          Rival(index: index, isClaimant: diagnostic?.rule != .duplicateEntry && isClaimant(record))
        ]
    }
    return diagnostics
  }

  private func diagnostic(_ index: Int, _ record: LookupRecord, _ known: [Rival]) -> Diagnostic? {
    let subject = group.subject(.lookupRecord, index)
    let twin = known.last { group.policy.lookupRecords[$0.index].key == record.key }
    if let twin {
      return Diagnostic(
        .duplicateEntry, in: subject, value: "\(record.customerAddress)",
        "it repeats lookup record \(twin.index + 1)")
    }
    guard isClaimant(record), let other = known.last(where: { $0.isClaimant }) else { return nil }
    return Diagnostic(
      .duplicateCustomerAddress, in: subject, value: "\(record.customerAddress)",
      "\(record.customerAddress) is already the address of lookup record \(other.index + 1)")
  }

  private func identity(of record: LookupRecord) -> Identity {
    let subnet = record.virtualSubnetID
    let domain = group.virtualSubnets[subnet]?.routingDomainID
    return Identity(
      domain: domain, subnet: domain == nil ? subnet : nil, address: record.customerAddress,
      macAddress: record.isUnicast ? nil : record.macAddress)
  }

  /// Whether the record says which machine of a routing domain has its address; a machine at the
  /// gateway's address is a diagnostic of its own.
  private func isClaimant(_ record: LookupRecord) -> Bool {
    record.type == .static && record.isUnicast
      && group.virtualSubnets[record.virtualSubnetID] != nil
      && !(group.isGatewayAddress(record) && directory.host(of: record) != nil)
  }
}
