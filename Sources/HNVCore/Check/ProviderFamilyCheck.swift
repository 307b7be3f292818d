/// Finds hosts that have no provider address of the family in which a record's tunnel would be.
struct ProviderFamilyCheck {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  let participation: HostDomains
  let directory: HostDirectory

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let all = hosts.indices
    if all.allSatisfy({ host in IPFamily.allCases.allSatisfy { has($0, host) || !isUsed($0) } }) {
      return diagnostics
    }
    for group in groups {
      let firsts = firstRecords(of: group)
      for host in group.hosts {
        for family in IPFamily.allCases where !has(family, host) {
          let index = participation.served[host].compactMap { firsts[family]?[$0] }.min()
          guard let index else { continue }
          diagnostics.append(diagnostic(group.policy.lookupRecords[index], index, family, host))
        }
      }
    }
    return diagnostics
  }

  /// Whether any host can be reached by an address of a family.
  private func isUsed(_ family: IPFamily) -> Bool {
    directory.providers.hosts.keys.contains { $0.family == family }
  }

  private func has(_ family: IPFamily, _ host: Int) -> Bool {
    hosts[host].policy.providerAddresses.contains { $0.address.family == family }
  }

  /// The first record that leads to a host by an address of each family, by routing domain.
  private func firstRecords(of group: PolicyGroup) -> [IPFamily: [RoutingDomainID: Int]] {
    var firsts: [IPFamily: [RoutingDomainID: Int]] = [:]
    for (index, record) in group.records
    where record.isUnicast && !group.isGatewayAddress(record)
      && directory.providers.hosts[record.providerAddress] != nil
    {
      guard let domain = participation.domains[record.virtualSubnetID] else { continue }
      let family = record.providerAddress.family
      if firsts[family]?[domain] == nil { firsts[family, default: [:]][domain] = index }
    }
    return firsts
  }

  private func diagnostic(
    _ record: LookupRecord, _ index: Int, _ family: IPFamily, _ host: Int
  ) -> Diagnostic {
    let (name, provider) = (hosts[host].name, record.providerAddress)
    return Diagnostic(
      .providerFamily, in: .entry(.lookupRecord, index: index, host: name), value: "\(provider)",
      "\(name) has no \(family) provider address to send from, and the record of"
        + " \(record.customerAddress) leads to \(provider)",
      fix: "give \(name) an \(family) provider address, or the record one of the other family")
  }
}
