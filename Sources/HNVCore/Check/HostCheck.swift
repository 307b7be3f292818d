/// Checks what is a host's own: provider addresses, ports and their access rules.
struct HostCheck {
  let host: NetworkPolicy.Host

  func faults() -> [Fault] {
    checkProviderAddresses() + checkPorts()
  }

  private func checkProviderAddresses() -> [Fault] {
    var faults: [Fault] = []
    for (index, provider) in host.policy.providerAddresses.enumerated() {
      let address = provider.address
      let width = address.family.bitWidth
      guard
        !(0...width).contains(provider.prefixLength) || address.isMulticast
          || address.isUnspecified || address.isLimitedBroadcast
      else { continue }
      faults.append(
        Fault(
          .providerAddressForm, in: .entry(.providerAddress, index: index, host: host.name),
          value: "\(address)/\(provider.prefixLength)",
          "\(address)/\(provider.prefixLength) cannot be a host's address on the underlay"))
    }
    return faults
  }

  private func checkPorts() -> [Fault] {
    var faults: [Fault] = []
    var seen: [HostDirectory.PortKey: Int] = [:]
    var recorded: Set<HostDirectory.PortKey> = []
    for record in host.policy.forwarding.lookupRecords {
      recorded.insert(
        HostDirectory.PortKey(subnet: record.virtualSubnetID, address: record.macAddress))
    }
    for (index, port) in host.policy.ports.enumerated() {
      let subject = Subject.entry(.port, index: index, host: host.name)
      for fault in checkRules(port.accessRules) { faults.append(fault.blaming(subject)) }
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

  private func checkRules(_ rules: [AccessRule]) -> [Fault] {
    struct Slot: Hashable {
      let direction: AccessRule.Direction
      let weight: UInt16
    }
    var faults: [Fault] = []
    var slots: Set<Slot> = []
    for rule in rules {
      if !slots.insert(Slot(direction: rule.direction, weight: rule.weight)).inserted {
        faults.append(
          Fault(
            .accessRuleForm, value: rule.name,
            "another \(rule.direction.rawValue) access rule has the weight \(rule.weight) of"
              + " \(rule.name)"))
      }
      if rule.localPorts != nil || rule.remotePorts != nil,
        rule.ipProtocol != .tcp, rule.ipProtocol != .udp
      {
        faults.append(
          Fault(
            .accessRuleForm, value: rule.name,
            "access rule \(rule.name) names ports without the protocol TCP or UDP"))
      }
      if let local = rule.localPrefix, let remote = rule.remotePrefix,
        local.family != remote.family
      {
        faults.append(
          Fault(
            .accessRuleForm, value: rule.name,
            "access rule \(rule.name) joins \(local) and \(remote), of two families"))
      }
    }
    return faults
  }
}
