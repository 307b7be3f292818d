/// Checks the ports of a host and their access rules.
struct PortCheck {
  let host: NetworkPolicy.Host
  let ports: Numbered<[VMPort]>
  /// The adapters of which the host's records tell.
  let recorded: Set<AdapterKey>

  func faults() -> [Fault] {
    var faults: [Fault] = []
    var seen: [AdapterKey: Int] = [:]
    for (index, port) in ports {
      let subject = Subject.entry(.port, index: index, host: host.name)
      let rules = AccessRuleCheck(port: port).faults() + BasicRuleCheck(port: port).faults()
      for fault in rules {
        faults.append(fault.blaming(subject))
      }
      guard let subnet = port.virtualSubnetID else { continue }
      let key = AdapterKey(subnet: subnet, address: port.macAddress)
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
