/// Checks what is a host's own on the underlay: provider addresses and routes.
struct HostCheck {
  let host: NetworkPolicy.Host

  func faults() -> [Fault] {
    checkProviderAddresses() + checkProviderRoutes()
  }

  private func checkProviderAddresses() -> [Fault] {
    var faults: [Fault] = []
    var seen: [IPAddress: Int] = [:]
    for (index, provider) in host.policy.providerAddresses.enumerated() {
      let address = provider.address
      let subject = Subject.entry(.providerAddress, index: index, host: host.name)
      if let first = seen.updateValue(index, forKey: address) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(address)",
            "it repeats provider address \(first + 1)"))
      }
      if !(0...address.family.bitWidth).contains(provider.prefixLength) || !address.isOneMachine {
        faults.append(
          Fault(
            .providerAddressForm, in: subject, value: "\(address)/\(provider.prefixLength)",
            "\(address)/\(provider.prefixLength) cannot be a host's address on the underlay"))
      }
    }
    return faults
  }

  private func checkProviderRoutes() -> [Fault] {
    var faults: [Fault] = []
    var seen: [ProviderRoute.Key: Int] = [:]
    for (index, route) in host.policy.providerRoutes.enumerated() {
      let subject = Subject.entry(.providerRoute, index: index, host: host.name)
      if let first = seen.updateValue(index, forKey: route.key) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(route.destinationPrefix)",
            "it repeats provider route \(first + 1)"))
      }
      if let fault = route.nextHop.fault(for: route.destinationPrefix, in: subject) {
        faults.append(fault)
      }
    }
    return faults
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
