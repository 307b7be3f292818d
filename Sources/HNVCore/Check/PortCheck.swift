/// Checks the ports of hosts and their access rules.
struct PortCheck {
  private let view: PolicyView
  /// The adapters of which each host's records tell.
  private let recorded: [Int: Set<AdapterKey>]
  /// The access list that was found right last, if it is so for any port: mostly the next port was
  /// given the same.
  private var sound: [AccessRule] = []

  init(_ view: PolicyView, recorded: [Int: Set<AdapterKey>]) {
    self.view = view
    self.recorded = recorded
  }

  mutating func faults(of number: Int) -> [Fault] {
    let host = view.hosts[number]
    var faults: [Fault] = []
    var seen: [AdapterKey: Int] = [:]
    for (index, port) in view.ports(of: number) {
      let subject = Subject.entry(.port, index: index, host: host.name)
      for fault in ruleFaults(of: port) + BasicRuleCheck(port: port).faults() {
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
      if recorded[number]?.contains(key) != true {
        faults.append(
          Fault(
            .unrecordedPort, in: subject, value: "\(port.macAddress)",
            "no lookup record on \(host.name) has \(port.macAddress) of \(port.vmName) in virtual"
              + " subnet \(subnet)"))
      }
    }
    return faults
  }

  private mutating func ruleFaults(of port: VMPort) -> [Fault] {
    if port.accessRules == sound { return [] }
    let faults = AccessRuleCheck(port: port).faults()
    if faults.isEmpty, port.accessRules.allSatisfy({ $0.isolationID == nil }) {
      sound = port.accessRules
    }
    return faults
  }
}
