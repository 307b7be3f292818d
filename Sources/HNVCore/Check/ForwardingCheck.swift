/// Checks the records and routes that a group of hosts was told.
struct ForwardingCheck {
  let group: PolicyGroup
  let settings: Settings
  let directory: HostDirectory

  func faults() -> [Fault] {
    checkRoutes() + checkPrefixes() + checkRecords() + checkDoubledAddresses()
      + checkExternalGateways()
  }

  private func checkRoutes() -> [Fault] {
    var faults: [Fault] = []
    var seen: [CustomerRoute.Key: Int] = [:]
    for (index, route) in group.policy.customerRoutes.enumerated() {
      let subject = group.subject(.customerRoute, index)
      if let first = seen.updateValue(index, forKey: route.key) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(route.destinationPrefix)",
            "it repeats customer route \(first + 1)"))
      }
      guard case .via(let nextHop) = route.nextHop else { continue }
      if nextHop.family != route.destinationPrefix.family || nextHop.isUnspecified
        || nextHop.isMulticast || nextHop.isLimitedBroadcast
      {
        faults.append(
          Fault(
            .routeForm, in: subject, value: "\(nextHop)",
            "\(nextHop) cannot be the next hop to \(route.destinationPrefix)"))
      } else if !group.policy.lookupRecords.contains(where: { record in
        record.customerAddress == nextHop && record.isUnicast && !record.isUnusable
          && record.virtualSubnetID == route.virtualSubnetID
      }) {
        faults.append(
          Fault(
            .unresolvedNextHop, in: subject, value: "\(nextHop)",
            "no lookup record resolves \(nextHop), the next hop to \(route.destinationPrefix),"
              + " in virtual subnet \(route.virtualSubnetID)"))
      }
    }
    return faults
  }

  /// Prefixes of one routing domain are disjoint, and a subnet has one of each family.
  private func checkPrefixes() -> [Fault] {
    var faults: [Fault] = []
    var earlier: [RoutingDomainID: [Int]] = [:]
    for (index, route) in group.policy.customerRoutes.enumerated() where route.nextHop == .onLink {
      for other in earlier[route.routingDomainID] ?? [] {
        let first = group.policy.customerRoutes[other]
        if first.virtualSubnetID == route.virtualSubnetID {
          guard first.destinationPrefix != route.destinationPrefix,
            first.destinationPrefix.family == route.destinationPrefix.family
          else { continue }
          faults.append(
            Fault(
              .secondPrefix, in: group.subject(.customerRoute, index),
              value: "\(route.destinationPrefix)",
              "virtual subnet \(route.virtualSubnetID) already has the on-link prefix"
                + " \(first.destinationPrefix)"))
        } else if first.destinationPrefix.overlaps(route.destinationPrefix) {
          faults.append(
            Fault(
              .overlappingPrefixes, in: group.subject(.customerRoute, index),
              value: "\(route.destinationPrefix)",
              "\(route.destinationPrefix) of virtual subnet \(route.virtualSubnetID) overlaps"
                + " \(first.destinationPrefix) of virtual subnet \(first.virtualSubnetID)"))
        }
      }
      earlier[route.routingDomainID, default: []].append(index)
    }
    return faults
  }

  private func checkRecords() -> [Fault] {
    var faults: [Fault] = []
    for (index, record) in group.policy.lookupRecords.enumerated() {
      let subject = group.subject(.lookupRecord, index)
      if let fault = form(record, subject) {
        faults.append(fault)
        continue
      }
      guard record.isUnicast else { continue }
      if let fault = place(record, subject) { faults.append(fault) }
      if record.rule != .encap {
        faults.append(
          Fault(
            .unsupportedTranslation, in: subject, value: "\(record.customerAddress)",
            "packets for \(record.customerAddress) will not be forwarded"))
      }
      if let fault = provider(record, subject) { faults.append(fault) }
    }
    return faults
  }

  private func form(_ record: LookupRecord, _ subject: Subject) -> Fault? {
    let isOpen = record.type == .gatewayWildcard || record.type == .l2Only
    if isOpen != record.customerAddress.isUnspecified {
      return Fault(
        .recordForm, in: subject, value: "\(record.customerAddress)",
        "the address \(record.customerAddress) does not go with the record's type")
    }
    if record.usesVMMACAddress, record.rule != .nat {
      return Fault(
        .recordForm, in: subject, value: "UseVmMACAddress",
        "UseVmMACAddress is set and the rule is not Nat")
    }
    return nil
  }

  /// An address lies in its subnet, and only HNV's own gateway has the lowest one.
  private func place(_ record: LookupRecord, _ subject: Subject) -> Fault? {
    let address = record.customerAddress
    let prefixes =
      group.virtualSubnets[record.virtualSubnetID]?.prefixes.filter {
        $0.family == address.family
      } ?? []
    guard let prefix = prefixes.first else {
      return Fault(
        .uncoveredRecord, in: subject, value: "\(address)",
        "no on-link route of virtual subnet \(record.virtualSubnetID) covers \(address)")
    }
    guard prefixes.contains(where: { $0.contains(address) }) else {
      return Fault(
        .addressOutsideSubnet, in: subject, value: "\(address)",
        "\(address) is outside \(prefix), the prefix of virtual subnet \(record.virtualSubnetID)",
        mend: "choose an address within \(prefix), or correct the virtual subnet")
    }
    guard group.isGatewayAddress(record), let host = directory.host(of: record) else { return nil }
    return Fault(
      .reservedAddress, in: subject, value: "\(address)",
      "\(address) is the lowest usable address of \(prefix), and a port on"
        + " \(directory.hosts[host].name) has the record's MAC address")
  }

  /// A provider address has a host, and it is that of the machine.
  private func provider(_ record: LookupRecord, _ subject: Subject) -> Fault? {
    // A gateway address needs no real provider address: Microsoft's sample gives 169.254.254.254.
    guard !group.isGatewayAddress(record) else { return nil }
    guard let owner = directory.owners[record.providerAddress] else {
      return Fault(
        .unknownProviderAddress, in: subject, value: "\(record.providerAddress)",
        "no host has the provider address \(record.providerAddress) of the record of"
          + " \(record.customerAddress)")
    }
    guard let host = directory.host(of: record), host != owner else { return nil }
    let (named, actual) = (directory.hosts[owner].name, directory.hosts[host].name)
    return Fault(
      .staleRecord, in: subject, value: "\(record.providerAddress)",
      "the record of \(record.customerAddress) leads to \(named) by \(record.providerAddress),"
        + " its machine is on \(actual)")
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
    for (index, record) in group.policy.lookupRecords.enumerated() {
      let subject = group.subject(.lookupRecord, index)
      if let first = keys.updateValue(index, forKey: record.key) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(record.customerAddress)",
            "it repeats lookup record \(first + 1)"))
        continue
      }
      guard record.type == .static, record.isUnicast,
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

  /// The subnet of an external gateway holds gateways only, where the setting asks for it.
  private func checkExternalGateways() -> [Fault] {
    switch settings.externalGateway {
    case .anySubnet: return []
    case .ownSubnet:
      var gateways: [VirtualSubnetID: Set<MACAddress>] = [:]
      for route in group.policy.customerRoutes {
        guard case .via(let nextHop) = route.nextHop else { continue }
        for record in group.policy.lookupRecords
        where record.customerAddress == nextHop && record.virtualSubnetID == route.virtualSubnetID {
          gateways[route.virtualSubnetID, default: []].insert(record.macAddress)
        }
      }
      return group.policy.customerRoutes.enumerated().compactMap { index, route in
        externalGatewayFault(route, index, gateways: gateways[route.virtualSubnetID] ?? [])
      }
    }
  }

  private func externalGatewayFault(
    _ route: CustomerRoute, _ index: Int, gateways: Set<MACAddress>
  ) -> Fault? {
    guard case .via(let nextHop) = route.nextHop else { return nil }
    let neighbor = group.policy.lookupRecords.first { record in
      record.virtualSubnetID == route.virtualSubnetID && record.isUnicast
        && !gateways.contains(record.macAddress) && !group.isGatewayAddress(record)
    }
    guard let neighbor else { return nil }
    let name = neighbor.vmName.isEmpty ? "" : "\(neighbor.vmName) at "
    return Fault(
      .externalGatewaySubnet, in: group.subject(.customerRoute, index), value: "\(nextHop)",
      "the gateway \(nextHop) shares virtual subnet \(route.virtualSubnetID) with"
        + " \(name)\(neighbor.customerAddress)")
  }
}
