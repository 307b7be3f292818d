/// Checks each lookup record by itself: its form, its place in its subnet, and its host.
struct RecordCheck {
  let group: PolicyGroup
  let settings: Settings
  let directory: HostDirectory

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let users = firstUsers()
    for (index, record) in group.records {
      let subject = group.subject(.lookupRecord, index)
      if let diagnostic = form(record, subject) {
        diagnostics.append(diagnostic)
        continue
      }
      if record.isUnicast {
        if let diagnostic = place(record, subject) { diagnostics.append(diagnostic) }
        if let diagnostic = translation(record, subject, users) { diagnostics.append(diagnostic) }
      }
      if let diagnostic = provider(record, subject) { diagnostics.append(diagnostic) }
    }
    return diagnostics
  }

  private func form(_ record: LookupRecord, _ subject: Subject) -> Diagnostic? {
    let isOpen = record.type == .gatewayWildcard || record.type == .l2Only
    if isOpen != record.customerAddress.isUnspecified {
      return Diagnostic(
        .recordForm, in: subject, value: "\(record.customerAddress)",
        "the address \(record.customerAddress) does not go with the record's type")
    }
    if record.usesVMMACAddress, record.rule != .nat {
      return Diagnostic(
        .recordForm, in: subject, value: "UseVmMACAddress",
        "UseVmMACAddress is set and the rule is not Nat")
    }
    return nil
  }

  /// An address lies in its subnet, and only HNV's own gateway has the lowest one.
  private func place(_ record: LookupRecord, _ subject: Subject) -> Diagnostic? {
    let address = record.customerAddress
    let prefixes =
      group.virtualSubnets[record.virtualSubnetID]?.prefixes.filter {
        $0.family == address.family
      } ?? []
    guard let prefix = prefixes.first else {
      return Diagnostic(
        .uncoveredRecord, in: subject, value: "\(address)",
        "no on-link route of virtual subnet \(record.virtualSubnetID) covers \(address)")
    }
    guard prefixes.contains(where: { $0.contains(address) }) else {
      return Diagnostic(
        .addressOutsideSubnet, in: subject, value: "\(address)",
        "\(address) is outside \(prefix), the prefix of virtual subnet \(record.virtualSubnetID)",
        fix: "choose an address within \(prefix), or correct the virtual subnet")
    }
    guard group.isGatewayAddress(record), let host = directory.host(of: record) else { return nil }
    return Diagnostic(
      .reservedAddress, in: subject, value: "\(address)",
      "\(address) is the lowest usable address of \(prefix), and a port on"
        + " \(directory.hosts[host].name) has the record's MAC address")
  }

  /// Whether packets can be sent as the record's rule has it.
  private func translation(
    _ record: LookupRecord, _ subject: Subject, _ users: [IPAddress: IPAddress]
  ) -> Diagnostic? {
    let (address, provider) = (record.customerAddress, record.providerAddress)
    let reason: String
    switch record.rule {
    case .encap: return nil
    case .none:
      guard settings.untranslated == .refused else { return nil }
      reason = "packets for \(address) are dropped, for \(settings.untranslated.text)"
    case .nat where address.family != provider.family:
      reason = "no address of \(address.family) can be translated into \(provider)"
    case .nat:
      guard let other = users[provider], other != address else { return nil }
      reason = "what comes to \(provider) cannot be told from what is for \(other)"
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
    guard !record.isGroup, !group.isGatewayAddress(record) else { return nil }
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
      "the record of \(record.customerAddress) leads to \(named) by \(record.providerAddress),"
        + " its machine is on \(actual)")
  }
}
