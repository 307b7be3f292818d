/// Checks what is a host's own on the underlay: provider addresses and routes.
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
            "it repeats provider address \(first + 1)"))
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
            "it repeats provider route \(first + 1)"))
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
