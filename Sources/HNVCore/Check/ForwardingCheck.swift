/// Checks the records and routes that a group of hosts was told.
struct ForwardingCheck {
  let group: PolicyGroup
  let settings: Settings
  let directory: HostDirectory

  func faults() -> [Fault] {
    RouteCheck(group: group, settings: settings).faults()
      + PrefixCheck(group: group).faults()
      + RecordCheck(group: group, settings: settings, directory: directory).faults()
      + checkDoubledAddresses()
      + ExternalGatewayCheck(group: group, settings: settings).faults()
  }

  /// One key names one record, and an address of a routing domain one machine.
  private func checkDoubledAddresses() -> [Fault] {
    struct Identity: Hashable {
      let domain: RoutingDomainID
      let address: IPAddress
    }
    var faults: [Fault] = []
    var keys: [LookupRecord.Key: Int] = [:]
    var addresses: [Identity: Int] = [:]
    for (index, record) in group.records {
      let subject = group.subject(.lookupRecord, index)
      if let first = keys.updateValue(index, forKey: record.key) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(record.customerAddress)",
            "it repeats lookup record \(first + 1)"))
        continue
      }
      // A machine at the gateway's address is a fault of its own.
      guard record.type == .static, record.isUnicast, !isReservedByMachine(record),
        let domain = group.virtualSubnets[record.virtualSubnetID]?.routingDomainID
      else { continue }
      let identity = Identity(domain: domain, address: record.customerAddress)
      if let first = addresses.updateValue(index, forKey: identity) {
        faults.append(
          Fault(
            .doubledCustomerAddress, in: subject, value: "\(record.customerAddress)",
            "\(record.customerAddress) is already the address of lookup record \(first + 1)"))
      }
    }
    return faults
  }

  private func isReservedByMachine(_ record: LookupRecord) -> Bool {
    group.isGatewayAddress(record) && directory.host(of: record) != nil
  }
}
