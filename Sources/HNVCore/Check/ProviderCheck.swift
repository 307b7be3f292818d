/// Checks that each host has a route to the provider addresses in its records.
///
/// Whether the underlay delivers to them is not a matter of policy.
struct ProviderCheck {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  let directory: HostDirectory

  /// Provider addresses of one prefix, as their hosts have it.
  private struct Peers {
    let prefix: IPPrefix
    var addresses: [IPAddress]
  }

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for group in groups {
      let peers = peers(of: group)
      for host in group.hosts {
        diagnostics += checkNextHops(of: hosts[host])
        if let diagnostic = unreachedProvider(of: host, to: peers) {
          diagnostics.append(diagnostic)
        }
      }
    }
    return diagnostics
  }

  /// Whether every host reaches every provider address that there is and has one of each family
  /// that there is, so that no record can name one that it does not reach.
  static func everyHostReachesAll(
    _ hosts: [NetworkPolicy.Host], _ providers: ProviderOwners
  ) -> Bool {
    let families = Set(providers.hosts.keys.map { $0.family })
    let prefixes = Set(providers.prefixes.values)
    return hosts.allSatisfy { host in
      let own = host.policy.providerAddresses.compactMap { $0.prefix }
      let reached = own + host.policy.providerRoutes.map { $0.destinationPrefix }
      return Set(own.map { $0.family }) == families
        && prefixes.allSatisfy { prefix in reached.contains { $0.covers(prefix) } }
    }
  }

  private func checkNextHops(of host: NetworkPolicy.Host) -> [Diagnostic] {
    let connected = connectedPrefixes(of: host)
    var diagnostics: [Diagnostic] = []
    for (index, route) in host.policy.providerRoutes.enumerated() {
      guard case .via(let nextHop) = route.nextHop, nextHop.isOneMachine,
        nextHop.family == route.destinationPrefix.family,
        !connected.contains(where: { $0.contains(nextHop) })
      else { continue }
      diagnostics.append(
        Diagnostic(
          .providerNextHop, in: .entry(.providerRoute, index: index, host: host.name),
          value: "\(nextHop)",
          "\(nextHop), via which \(host.name) reaches \(route.destinationPrefix), is not in the"
            + " prefix of any of its provider addresses"))
    }
    return diagnostics
  }

  /// The hosts' addresses that a group's records name, by their prefixes, in the order of the
  /// records: most prefixes are settled by one comparison for all their addresses.
  private func peers(of group: PolicyGroup) -> [Peers] {
    var peers: [Peers] = []
    var positions: [IPPrefix: Int] = [:]
    var seen: Set<IPAddress> = []
    for (_, record) in group.records where seen.insert(record.providerAddress).inserted {
      let address = record.providerAddress
      guard let prefix = directory.providers.prefixes[address] else { continue }
      if let position = positions[prefix] {
        peers[position].addresses.append(address)
      } else {
        positions[prefix] = peers.count
        peers.append(Peers(prefix: prefix, addresses: [address]))
      }
    }
    return peers
  }

  /// Hosts without machines send nothing.
  private func unreachedProvider(of hostIndex: Int, to peers: [Peers]) -> Diagnostic? {
    let host = hosts[hostIndex]
    guard !host.policy.ports.isEmpty, !host.policy.providerAddresses.isEmpty else { return nil }
    var reached = connectedPrefixes(of: host)
    guard reached.count == host.policy.providerAddresses.count else { return nil }
    // `ProviderFamilyCheck` reports a host without an address of a family.
    let families = Set(reached.map { $0.family })
    for route in host.policy.providerRoutes { reached.append(route.destinationPrefix) }
    var first: IPAddress?
    var count = 0
    for peers in peers
    where families.contains(peers.prefix.family)
      && !reached.contains(where: { $0.covers(peers.prefix) })
    {
      for address in peers.addresses
      where directory.providers.hosts[address] != hostIndex
        && !reached.contains(where: { $0.contains(address) })
      {
        first = first ?? address
        count += 1
      }
    }
    guard let first else { return nil }
    let more = count > 1 ? " and \(count - 1) more" : ""
    return Diagnostic(
      .unroutedProviderAddress, in: .entry(.providerAddress, index: 0, host: host.name),
      value: "\(first)", "\(host.name) has no provider route to \(first)\(more)")
  }

  private func connectedPrefixes(of host: NetworkPolicy.Host) -> [IPPrefix] {
    host.policy.providerAddresses.compactMap { $0.prefix }
  }
}

extension IPPrefix {
  /// Whether every address of another prefix is one of this.
  fileprivate func covers(_ other: IPPrefix) -> Bool {
    length <= other.length && contains(other.address)
  }
}

/// Checks the provider addresses and provider routes of one host by themselves.
struct HostCheck {
  let host: NetworkPolicy.Host

  func diagnostics() -> [Diagnostic] {
    checkProviderAddresses() + checkProviderRoutes()
  }

  private func checkProviderAddresses() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var seen: [IPAddress: Int] = [:]
    for (index, provider) in host.policy.providerAddresses.enumerated() {
      let address = provider.address
      let subject = Subject.entry(.providerAddress, index: index, host: host.name)
      if let first = seen.updateValue(index, forKey: address) {
        diagnostics.append(
          Diagnostic(
            .duplicateEntry, in: subject, value: "\(address)",
            "duplicate of provider address \(first + 1)"))
      }
      if !(0...address.family.bitWidth).contains(provider.prefixLength) || !address.isOneMachine {
        diagnostics.append(
          Diagnostic(
            .providerAddressForm, in: subject, value: "\(address)/\(provider.prefixLength)",
            "\(address)/\(provider.prefixLength) cannot be a host's address on the underlay"))
      }
    }
    return diagnostics
  }

  private func checkProviderRoutes() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var seen: [ProviderRoute.Key: Int] = [:]
    for (index, route) in host.policy.providerRoutes.enumerated() {
      let subject = Subject.entry(.providerRoute, index: index, host: host.name)
      if let first = seen.updateValue(index, forKey: route.key) {
        diagnostics.append(
          Diagnostic(
            .duplicateEntry, in: subject, value: "\(route.destinationPrefix)",
            "duplicate of provider route \(first + 1)"))
      }
      if let diagnostic = route.nextHop.diagnostic(for: route.destinationPrefix, in: subject) {
        diagnostics.append(diagnostic)
      }
    }
    return diagnostics
  }
}

extension ProviderRoute {
  /// What identifies a provider route: everything but its metric.
  fileprivate struct Key: Hashable {
    let interfaceIndex: UInt32
    let destinationPrefix: IPPrefix
    let nextHop: NextHop
  }

  fileprivate var key: Key {
    Key(
      interfaceIndex: interfaceIndex, destinationPrefix: destinationPrefix, nextHop: nextHop)
  }
}

/// Finds hosts without a provider address of a family that their records' provider addresses have.
struct ProviderFamilyCheck {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  let directory: HostDirectory

  /// Whether some host has no address of a family by which others can be reached.
  var isNeeded: Bool {
    let families = IPFamily.allCases.filter { isUsed($0) }
    return hosts.indices.contains { host in families.contains { !has($0, host) } }
  }

  func diagnostics(_ hostDomains: HostDomains) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for group in groups {
      let firsts = firstRecords(of: group, hostDomains)
      for host in group.hosts {
        for family in IPFamily.allCases where !has(family, host) {
          let index = hostDomains.served[host].compactMap { firsts[family]?[$0] }.min()
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

  /// The first record that points to a host by an address of each family, by routing domain.
  private func firstRecords(
    of group: PolicyGroup, _ hostDomains: HostDomains
  ) -> [IPFamily: [RoutingDomainID: Int]] {
    var firsts: [IPFamily: [RoutingDomainID: Int]] = [:]
    for (index, record) in group.records
    where record.isUnicast && !group.isGatewayAddress(record)
      && directory.providers.hosts[record.providerAddress] != nil
    {
      guard let domain = hostDomains.domains[record.virtualSubnetID] else { continue }
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
        + " \(record.customerAddress) points to \(provider)",
      fix: "give \(name) an \(family) provider address, or the record one of the other family")
  }
}
