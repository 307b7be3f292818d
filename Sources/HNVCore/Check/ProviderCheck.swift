/// Checks that hosts lead their packets to the provider addresses that their records name.
///
/// Whether the underlay then carries them is not a matter of policy.
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
        if let diagnostic = checkWays(of: host, to: peers) { diagnostics.append(diagnostic) }
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
          "\(nextHop), by which \(host.name) would reach \(route.destinationPrefix), is in the prefix"
            + " of none of its provider addresses"))
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
  private func checkWays(of number: Int, to peers: [Peers]) -> Diagnostic? {
    let host = hosts[number]
    guard !host.policy.ports.isEmpty, !host.policy.providerAddresses.isEmpty else { return nil }
    var reached = connectedPrefixes(of: host)
    guard reached.count == host.policy.providerAddresses.count else { return nil }
    // That a host has no address of a family is a diagnostic of its own.
    let families = Set(reached.map { $0.family })
    for route in host.policy.providerRoutes { reached.append(route.destinationPrefix) }
    var first: IPAddress?
    var count = 0
    for peers in peers
    where families.contains(peers.prefix.family)
      && !reached.contains(where: { $0.covers(peers.prefix) })
    {
      for address in peers.addresses
      where directory.providers.hosts[address] != number
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
