import HNVCore

/// Reads what the section says of single ports.
extension HNVDerivation {
  mutating func readPorts() {
    for port in section.ports {
      guard let site = readSite(port) else { continue }
      if let first = portPolicies[site] {
        diagnostics.append(
          Diagnostic(
            .duplicateEntry, value: port.machine.text,
            "the port of \(port.machine.text) is already described at \(first.place)",
            fix: "describe it once", at: port.machine.place))
        continue
      }
      var policy = PortPolicy(place: port.machine.place)
      policy.basicRules = port.basicRules.flatMap { read($0) }
      for (index, rule) in port.extendedRules.enumerated() {
        let name = "extended rule \(index + 1) of \(port.machine.text)"
        if let rule = read(rule, named: name) { policy.accessRules.append(rule) }
      }
      policy.allowsMACSpoofing = isOn(port.macAddressSpoofing)
      policy.dhcpGuard = isOn(port.dhcpGuard)
      policy.routerGuard = isOn(port.routerGuard)
      portPolicies[site] = policy
    }
  }

  private mutating func readSite(_ port: HNVSection.Port) -> Intent.Owner? {
    let name = port.machine.text
    if intent.damaged.contains(name) { return nil }
    guard case .machine(let machine) = intent.elements[name] else {
      refuse(port.machine, "not a machine", among: intent.machines.map(\.name))
      return nil
    }
    let interfaces = intent.machines[machine].interfaces
    let number = port.interface ?? 0
    guard let index = Int(exactly: number), interfaces.indices.contains(index),
      intent.subnet(of: interfaces[index]) != nil
    else {
      diagnostics.append(
        Diagnostic(
          .numberOutOfRange, value: "\(number)", "\(name) has no adapter \(number) in a subnet",
          fix: "name one of its adapters in subnets, counted from 0", at: port.machine.place))
      return nil
    }
    return Intent.Owner(machine: machine, interface: index)
  }

  private mutating func isOn(_ written: Written?) -> Bool {
    choose(written, ["On": true, "Off": false], default: false) ?? false
  }

  /// The entries that one basic rule makes: two for both directions.
  private mutating func read(_ rule: HNVSection.BasicRule) -> [BasicAccessRule] {
    let action = choose(
      rule.action, ["Allow": BasicAccessRule.Action.allow, "Deny": .deny, "Meter": .meter],
      default: .allow)
    let directions = choose(
      rule.direction,
      [
        "Inbound": [AccessRule.Direction.inbound], "Outbound": [.outbound],
        "Both": [.inbound, .outbound],
      ], default: [])
    let (named, addresses) = readAddresses(of: rule)
    guard named == 1 else {
      diagnostics.append(
        Diagnostic(
          .basicRuleForm, value: rule.action.text, "the rule has \(named) addresses",
          fix: "name one of localIPAddress, remoteIPAddress, localMacAddress, remoteMacAddress",
          at: rule.action.place))
      return []
    }
    guard let action, let directions, let (side, addresses) = addresses.first else { return [] }
    return directions.map { BasicAccessRule(action, $0, side, addresses) }
  }

  /// How many addresses a rule names, and those that can be read.
  private mutating func readAddresses(
    of rule: HNVSection.BasicRule
  ) -> (named: Int, [(BasicAccessRule.Side, BasicAccessRule.Addresses)]) {
    let ip = [(BasicAccessRule.Side.local, rule.localIPAddress), (.remote, rule.remoteIPAddress)]
    let mac = [
      (BasicAccessRule.Side.local, rule.localMacAddress), (.remote, rule.remoteMacAddress),
    ]
    var addresses: [(BasicAccessRule.Side, BasicAccessRule.Addresses)] = []
    for case (let side, let written?) in ip {
      if written.isAny {
        addresses.append((side, .anyIP))
      } else if let prefix = readHostOrPrefix(written) {
        addresses.append((side, .ip(prefix)))
      }
    }
    for case (let side, let written?) in mac {
      if written.isAny {
        addresses.append((side, .anyMAC))
      } else if let address = readMAC(written) {
        addresses.append((side, .mac(address)))
      }
    }
    return ((ip + mac).count { $0.1 != nil }, addresses)
  }

  private mutating func read(
    _ rule: HNVSection.ExtendedRule, named name: String
  ) -> AccessRule? {
    let count = diagnostics.count
    let action = choose(
      rule.action, ["Allow": AccessRule.Action.allow, "Deny": .deny], default: .allow)
    let direction = choose(
      rule.direction, ["Inbound": AccessRule.Direction.inbound, "Outbound": .outbound],
      default: .inbound)
    let local = rule.localIPAddress.unlessAny.flatMap { readHostOrPrefix($0) }
    let remote = rule.remoteIPAddress.unlessAny.flatMap { readHostOrPrefix($0) }
    let localPorts = rule.localPort.unlessAny.flatMap { readPorts($0) }
    let remotePorts = rule.remotePort.unlessAny.flatMap { readPorts($0) }
    let ipProtocol = rule.ipProtocol.unlessAny.flatMap { readProtocol($0) }
    let weight = readNumber(rule.weight, "weight", rule.action.place)
    let timeout = readNumber(
      rule.idleSessionTimeout ?? 255, "idle session timeout", rule.action.place)
    let isolationID = readIsolationID(rule.isolationID)
    guard diagnostics.count == count, let action, let direction, let weight, let timeout
    else { return nil }
    return AccessRule(
      name: name, action: action, direction: direction, localPrefix: local, remotePrefix: remote,
      ipProtocol: ipProtocol, localPorts: localPorts, remotePorts: remotePorts, weight: weight,
      isStateful: rule.isStateful, idleSessionTimeout: timeout, isolationID: isolationID)
  }

  /// The virtual subnet that a rule is limited to; 0 limits to none.
  private mutating func readIsolationID(_ written: Written?) -> VirtualSubnetID? {
    guard let written, written.text != "0" else { return nil }
    return read(written) { text throws(Diagnostic) in
      try VirtualSubnetID(Digits.decimal(text, upTo: .max) ?? 0)
    }
  }

  private mutating func readNumber(_ number: UInt64, _ what: String, _ place: Place) -> UInt16? {
    if let number = UInt16(exactly: number) { return number }
    diagnostics.append(
      Diagnostic(
        .numberOutOfRange, value: "\(number)", "the \(what) \(number) is above \(UInt16.max)",
        at: place))
    return nil
  }

  /// The cmdlets take a host's address where they take a prefix.
  private mutating func readHostOrPrefix(_ written: Written) -> IPPrefix? {
    written.text.contains("/")
      ? readPrefix(written) : readAddress(written).map { IPPrefix(host: $0) }
  }
}

extension Written {
  /// The cmdlets' wildcard, in any case, as PowerShell has it.
  fileprivate var isAny: Bool { text.uppercased() == "ANY" }
}

extension Written? {
  /// `nil` for the wildcard as well.
  fileprivate var unlessAny: Written? { flatMap { $0.isAny ? nil : $0 } }
}
