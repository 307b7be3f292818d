/// Checks what is a host's own: provider addresses and routes, ports and their access rules.
struct HostCheck {
  let host: NetworkPolicy.Host
  /// The adapters of which the host's records tell.
  let recorded: Set<HostDirectory.PortKey>

  func faults() -> [Fault] {
    checkProviderAddresses() + checkProviderRoutes() + checkPorts()
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

  private func checkPorts() -> [Fault] {
    var faults: [Fault] = []
    var seen: [HostDirectory.PortKey: Int] = [:]
    for (index, port) in host.policy.ports.enumerated() {
      let subject = Subject.entry(.port, index: index, host: host.name)
      let rules = AccessRuleCheck(port: port).faults() + BasicRuleCheck(port: port).faults()
      for fault in rules {
        faults.append(fault.blaming(subject))
      }
      guard let subnet = port.virtualSubnetID else { continue }
      let key = HostDirectory.PortKey(subnet: subnet, address: port.macAddress)
      if let first = seen.updateValue(index, forKey: key) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(port.macAddress)",
            "port \(first + 1) already has \(port.macAddress) in virtual subnet \(subnet)"))
      }
      if !recorded.contains(key) {
        faults.append(
          Fault(
            .unrecordedPort, in: subject, value: "\(port.macAddress)",
            "no lookup record on \(host.name) has \(port.macAddress) of \(port.vmName) in virtual"
              + " subnet \(subnet)"))
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
