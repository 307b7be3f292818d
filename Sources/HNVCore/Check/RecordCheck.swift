/// Checks each lookup record by itself: its form, its address in its subnet, and its host.
struct RecordCheck {
  let group: PolicyGroup
  let settings: Settings
  let directory: HostDirectory

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let users = firstUsers()
    let subnets = GroupSubnets(group)
    for (index, record) in group.records {
      let subject = group.subject(.lookupRecord, index)
      if let diagnostic = form(record, subject) {
        diagnostics.append(diagnostic)
        continue
      }
      let subnet = subnets[record.virtualSubnetID]
      let isGateway = subnet?.gatewayAddresses.contains(record.customerAddress) ?? false
      if record.isUnicast {
        if let diagnostic = coverage(record, subject, subnet?.subnet, isGateway: isGateway) {
          diagnostics.append(diagnostic)
        }
        if let diagnostic = translation(record, subject, users) { diagnostics.append(diagnostic) }
      }
      if !isGateway, let diagnostic = provider(record, subject) { diagnostics.append(diagnostic) }
    }
    return diagnostics
  }

  private func form(_ record: LookupRecord, _ subject: Subject) -> Diagnostic? {
    let isOpen = record.type == .gatewayWildcard || record.type == .l2Only
    if isOpen != record.customerAddress.isUnspecified {
      return Diagnostic(
        .recordForm, in: subject, value: "\(record.customerAddress)",
        "the type \(record.type) does not allow the address \(record.customerAddress)")
    }
    if record.usesVMMACAddress, record.rule != .nat {
      return Diagnostic(
        .recordForm, in: subject, value: "UseVmMACAddress",
        "UseVmMACAddress is set, but the rule is not Nat")
    }
    return nil
  }

  /// An address lies in its subnet, and only HNV's own gateway has the lowest one.
  private func coverage(
    _ record: LookupRecord, _ subject: Subject, _ subnet: VirtualSubnet?, isGateway: Bool
  ) -> Diagnostic? {
    let address = record.customerAddress
    guard isGateway || subnet?.contains(address) != true else { return nil }
    let prefixes = subnet?.prefixes.filter { $0.family == address.family } ?? []
    guard let prefix = prefixes.first else {
      return Diagnostic(
        .uncoveredRecord, in: subject, value: "\(address)",
        "no on-link route of VSID \(record.virtualSubnetID) covers \(address)")
    }
    guard prefixes.contains(where: { $0.contains(address) }) else {
      return Diagnostic(
        .addressOutsideSubnet, in: subject, value: "\(address)",
        "\(address) is outside \(prefix), the prefix of VSID \(record.virtualSubnetID)",
        fix: "choose an address within \(prefix), or correct the VSID")
    }
    guard isGateway, let host = directory.host(of: record) else { return nil }
    return Diagnostic(
      .reservedAddress, in: subject, value: "\(address)",
      "\(address) is the gateway address of \(prefix), but a port on"
        + " \(directory.hosts[host].name) has the record's MAC address")
  }

  /// Whether packets can be sent by the record's rule.
  private func translation(
    _ record: LookupRecord, _ subject: Subject, _ users: [IPAddress: IPAddress]
  ) -> Diagnostic? {
    let (address, provider) = (record.customerAddress, record.providerAddress)
    let reason: String
    switch record.rule {
    case .encap: return nil
    case .none:
      guard settings.untranslated == .refused else { return nil }
      reason = "packets for \(address) are dropped (\(settings.untranslated.text))"
    case .nat where address.family != provider.family:
      reason = "an \(address.family) address cannot be translated into \(provider)"
    case .nat:
      guard let other = users[provider], other != address else { return nil }
      reason = "\(provider) is already the translation of \(other)"
    }
    return Diagnostic(.unsupportedTranslation, in: subject, value: "\(address)", reason)
  }

  /// The first customer address behind each provider address, where some record translates.
  private func firstUsers() -> [IPAddress: IPAddress] {
    var users: [IPAddress: IPAddress] = [:]
    guard group.records.contains(where: { $0.entry.rule == .nat }) else { return users }
    for (_, record) in group.records
    where record.isUnicast && !group.isGatewayAddress(record)
      && users[record.providerAddress] == nil
    {
      users[record.providerAddress] = record.customerAddress
    }
    return users
  }

  /// A provider address has a host, and it is that of the machine.
  private func provider(_ record: LookupRecord, _ subject: Subject) -> Diagnostic? {
    // A group's provider address is a group itself; a gateway address needs no real one at all:
    // Microsoft's sample gives 169.254.254.254.
    guard !record.isGroup else { return nil }
    guard let owner = directory.providers.hosts[record.providerAddress] else {
      return Diagnostic(
        .unknownProviderAddress, in: subject, value: "\(record.providerAddress)",
        "no host has the provider address \(record.providerAddress) of the record of"
          + " \(record.customerAddress)")
    }
    guard let host = directory.host(of: record), host != owner else { return nil }
    let (named, actual) = (directory.hosts[owner].name, directory.hosts[host].name)
    return Diagnostic(
      .staleRecord, in: subject, value: "\(record.providerAddress)",
      "the record of \(record.customerAddress) points to \(named) (\(record.providerAddress)),"
        + " but its machine is on \(actual)")
  }
}

extension DiagnosticRule {
  /// What a record breaks by itself, or beside records of its address on other hosts.
  static let ofSingleRecords: Set<DiagnosticRule> = [
    .recordForm, .uncoveredRecord, .addressOutsideSubnet, .reservedAddress,
    .unsupportedTranslation, .unknownProviderAddress, .staleRecord, .driftedRecord,
    .undeliveredRecord,
  ]
}

/// Checks that one key names one record, and an address of a routing domain one machine.
struct DuplicateRecordCheck {
  let group: PolicyGroup
  let directory: HostDirectory

  /// What records with one key, and records that claim one address, have in common.
  private struct Identity: Hashable {
    let domain: Int?
    /// Set only for a virtual subnet that no route names and which is in no routing domain.
    let subnet: VirtualSubnetID?
    let address: IPAddress
    /// Set only for a record that is not one machine's address: a domain may have many of them.
    let macAddress: MACAddress?

    /// A number that mostly differs for different ones.
    var spread: UInt32 {
      let owner = domain.map { UInt64($0) } ?? 1 << 32 | UInt64(subnet?.number ?? 0)
      let high = UInt64(address.spread) << 32 | UInt64((macAddress?.bits ?? 0).spread)
      return (UInt128(owner) << 64 | UInt128(high)).spread
    }
  }

  /// One of several records with one identity.
  private struct Candidate {
    let index: Int
    /// Whether it claims the address for its machine.
    let claimsAddress: Bool
  }

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let subnets = GroupSubnets(group)
    var firsts = FirstOfEqual(for: group.records.count)
    var candidates: [Identity: [Candidate]] = [:]
    for (index, record) in group.records {
      let identity = identity(of: record, subnets)
      let first = firsts.insert(index, hash: identity.spread) { other in
        self.identity(of: group.policy.lookupRecords[other], subnets) == identity
      }
      guard let first else { continue }
      let known =
        candidates[identity] ?? [
          Candidate(index: first, claimsAddress: claimsAddress(group.policy.lookupRecords[first]))
        ]
      let diagnostic = diagnostic(index, record, known)
      if let diagnostic { diagnostics.append(diagnostic) }
      candidates[identity] =
        known + [
          Candidate(
            index: index,
            claimsAddress: diagnostic?.rule != .duplicateEntry && claimsAddress(record))
        ]
    }
    return diagnostics
  }

  private func diagnostic(_ index: Int, _ record: LookupRecord, _ known: [Candidate]) -> Diagnostic?
  {
    let subject = group.subject(.lookupRecord, index)
    let duplicate = known.last { group.policy.lookupRecords[$0.index].key == record.key }
    if let duplicate {
      return Diagnostic(
        .duplicateEntry, in: subject, value: "\(record.customerAddress)",
        "duplicate of lookup record \(duplicate.index + 1)")
    }
    guard claimsAddress(record), let other = known.last(where: { $0.claimsAddress }) else {
      return nil
    }
    return Diagnostic(
      .duplicateCustomerAddress, in: subject, value: "\(record.customerAddress)",
      "\(record.customerAddress) is already the address of lookup record \(other.index + 1)")
  }

  private func identity(of record: LookupRecord, _ subnets: GroupSubnets) -> Identity {
    let subnet = record.virtualSubnetID
    let domain = subnets[subnet].flatMap { $0.subnet == nil ? nil : $0.domain }
    return Identity(
      domain: domain, subnet: domain == nil ? subnet : nil, address: record.customerAddress,
      macAddress: record.isUnicast ? nil : record.macAddress)
  }

  /// Whether the record says which machine of a routing domain has its address; a machine at the
  /// gateway's address is a diagnostic of its own.
  private func claimsAddress(_ record: LookupRecord) -> Bool {
    record.type == .static && record.isUnicast
      && group.virtualSubnets[record.virtualSubnetID] != nil
      && !(group.isGatewayAddress(record) && directory.host(of: record) != nil)
  }
}

extension IPAddress {
  /// A number that mostly differs for different addresses.
  fileprivate var spread: UInt32 {
    switch self {
    case .v4(let address): address.bits.spread
    case .v6(let address): address.bits.spread
    }
  }
}

extension UInt64 {
  /// A number that mostly differs for different ones.
  fileprivate var spread: UInt32 { UInt128(self).spread }
}
