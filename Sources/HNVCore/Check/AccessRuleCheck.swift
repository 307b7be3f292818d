/// Checks the access rules of one port; whoever asks blames the port.
struct AccessRuleCheck {
  let rules: [AccessRule]

  private struct Slot: Hashable {
    let direction: AccessRule.Direction
    let weight: UInt16
  }

  func faults() -> [Fault] {
    var faults: [Fault] = []
    var slots: Set<Slot> = []
    for rule in rules {
      if !slots.insert(Slot(direction: rule.direction, weight: rule.weight)).inserted {
        faults.append(
          fault(
            rule,
            "another \(rule.direction.rawValue) access rule has the weight \(rule.weight) of"
              + " \(rule.name)"))
      }
      if rule.localPorts != nil || rule.remotePorts != nil,
        rule.ipProtocol != .tcp, rule.ipProtocol != .udp
      {
        faults.append(
          fault(rule, "access rule \(rule.name) names ports without the protocol TCP or UDP"))
      }
      if let local = rule.localPrefix, let remote = rule.remotePrefix,
        local.family != remote.family
      {
        faults.append(
          fault(rule, "access rule \(rule.name) joins \(local) and \(remote), of two families"))
      }
    }
    return faults
  }

  private func fault(_ rule: AccessRule, _ explanation: String) -> Fault {
    Fault(.accessRuleForm, value: rule.name, explanation)
  }
}
