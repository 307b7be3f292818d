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

  mutating func diagnostics(of number: Int) -> [Diagnostic] {
    let host = view.hosts[number]
    var diagnostics: [Diagnostic] = []
    var seen: [AdapterKey: Int] = [:]
    for (index, port) in view.ports(of: number) {
      let subject = Subject.entry(.port, index: index, host: host.name)
      for diagnostic in ruleDiagnostics(of: port) + BasicRuleCheck(port: port).diagnostics() {
        diagnostics.append(diagnostic.attributed(to: subject))
      }
      guard let subnet = port.virtualSubnetID else { continue }
      let key = AdapterKey(subnet: subnet, address: port.macAddress)
      if let first = seen.updateValue(index, forKey: key) {
        diagnostics.append(
          Diagnostic(
            .duplicateEntry, in: subject, value: "\(port.macAddress)",
            "port \(first + 1) already has \(port.macAddress) in virtual subnet \(subnet)"))
      }
      if recorded[number]?.contains(key) != true {
        diagnostics.append(
          Diagnostic(
            .unrecordedPort, in: subject, value: "\(port.macAddress)",
            "no lookup record on \(host.name) has \(port.macAddress) of \(port.vmName) in virtual"
              + " subnet \(subnet)"))
      }
    }
    return diagnostics
  }

  private mutating func ruleDiagnostics(of port: VMPort) -> [Diagnostic] {
    if port.accessRules == sound { return [] }
    let diagnostics = AccessRuleCheck(port: port).diagnostics()
    if diagnostics.isEmpty, port.accessRules.allSatisfy({ $0.isolationID == nil }) {
      sound = port.accessRules
    }
    return diagnostics
  }
}
