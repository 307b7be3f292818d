extension LabReader {
  func port(_ value: JSON5Value) -> HNVSection.Port {
    HNVSection.Port(
      machine: written(value, "machine"), interface: value["interface"]?.integer,
      basicRules: items(value, "basicRules").map(basicRule),
      extendedRules: items(value, "extendedRules").map(extendedRule),
      macAddressSpoofing: optional(value, "macAddressSpoofing"),
      dhcpGuard: optional(value, "dhcpGuard"), routerGuard: optional(value, "routerGuard"))
  }

  private func basicRule(_ value: JSON5Value) -> HNVSection.BasicRule {
    HNVSection.BasicRule(
      action: written(value, "action"), direction: written(value, "direction"),
      localIPAddress: optional(value, "localIPAddress"),
      remoteIPAddress: optional(value, "remoteIPAddress"),
      localMacAddress: optional(value, "localMacAddress"),
      remoteMacAddress: optional(value, "remoteMacAddress"))
  }

  private func extendedRule(_ value: JSON5Value) -> HNVSection.ExtendedRule {
    HNVSection.ExtendedRule(
      action: written(value, "action"), direction: written(value, "direction"),
      localIPAddress: optional(value, "localIPAddress"),
      remoteIPAddress: optional(value, "remoteIPAddress"),
      localPort: optional(value, "localPort"), remotePort: optional(value, "remotePort"),
      ipProtocol: optional(value, "protocol"), weight: value["weight"]?.integer ?? 0,
      isStateful: value["stateful"]?.boolean ?? false,
      idleSessionTimeout: value["idleSessionTimeout"]?.integer,
      isolationID: value["isolationID"].flatMap { number in
        if case .number(let text) = number.kind { Written(text, at: number.place) } else { nil }
      })
  }
}
