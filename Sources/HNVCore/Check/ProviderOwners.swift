/// Which host owns which provider address: no change of a policy alters that.
struct ProviderOwners: Sendable {
  private(set) var hosts: [IPAddress: Int] = [:]
  /// The prefixes of the addresses, as their owners have them.
  private(set) var prefixes: [IPAddress: IPPrefix] = [:]
  /// Addresses that two hosts have.
  private(set) var diagnostics: [Diagnostic] = []

  init(_ hosts: [NetworkPolicy.Host]) {
    for (number, host) in hosts.enumerated() {
      for (index, provider) in host.policy.providerAddresses.enumerated() {
        guard let owner = self.hosts[provider.address] else {
          self.hosts[provider.address] = number
          prefixes[provider.address] = provider.prefix ?? IPPrefix(host: provider.address)
          continue
        }
        guard owner != number else { continue }
        diagnostics.append(
          Diagnostic(
            .duplicateProviderAddress,
            in: .entry(.providerAddress, index: index, host: host.name),
            value: "\(provider.address)",
            "\(provider.address) is assigned on \(hosts[owner].name) as well"))
      }
    }
  }
}
