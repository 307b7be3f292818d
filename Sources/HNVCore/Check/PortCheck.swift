/// Checks the ports of hosts and their access rules.
struct PortCheck {
  private let view: PolicyView
  private let directory: HostDirectory
  /// The adapters that each host has a record of.
  private let recorded: [Int: AdapterMap]
  /// The last access list without an error on any port: the next port mostly has the same one.
  private var valid: [AccessRule] = []

  init(_ view: PolicyView, _ directory: HostDirectory, recorded: [Int: AdapterMap]) {
    self.view = view
    self.directory = directory
    self.recorded = recorded
  }

  mutating func diagnostics(of hostIndex: Int) -> [Diagnostic] {
    let host = view.hosts[hostIndex]
    let recorded = recorded[hostIndex]
    let hasTwins = directory.hostsWithTwins.contains(hostIndex)
    var diagnostics: [Diagnostic] = []
    var seen: [AdapterKey: Int] = [:]
    for (index, port) in view.ports(of: hostIndex) {
      let subject = Subject.entry(.port, index: index, host: host.name)
      for diagnostic in ruleDiagnostics(of: port) + BasicRuleCheck(port: port).diagnostics() {
        diagnostics.append(diagnostic.attributed(to: subject))
      }
      guard let subnet = port.virtualSubnetID else { continue }
      let key = AdapterKey(subnet: subnet, address: port.macAddress)
      if hasTwins, let first = seen.updateValue(index, forKey: key) {
        diagnostics.append(
          Diagnostic(
            .duplicateEntry, in: subject, value: "\(port.macAddress)",
            "port \(first + 1) already has \(port.macAddress) in VSID \(subnet)"))
      }
      if recorded?[key] == nil {
        diagnostics.append(
          Diagnostic(
            .unrecordedPort, in: subject, value: "\(port.macAddress)",
            "no lookup record on \(host.name) has \(port.macAddress) of \(port.vmName) in"
              + " VSID \(subnet)"))
      }
    }
    return diagnostics
  }

  private mutating func ruleDiagnostics(of port: VMPort) -> [Diagnostic] {
    if port.accessRules == valid { return [] }
    let diagnostics = AccessRuleCheck(port: port).diagnostics()
    if diagnostics.isEmpty, port.accessRules.allSatisfy({ $0.isolationID == nil }) {
      valid = port.accessRules
    }
    return diagnostics
  }
}

/// Checks that an adapter which serves several routing domains keeps them apart.
struct MappingCheck {
  let group: PolicyGroup
  let view: PolicyView

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for hostIndex in group.hosts {
      let host = view.hosts[hostIndex]
      for (index, port) in view.ports(of: hostIndex) {
        guard let mapped = port.routingDomainID, let identifier = port.virtualSubnetID,
          let subnet = group.virtualSubnets[identifier], subnet.routingDomainID != mapped
        else { continue }
        diagnostics.append(
          Diagnostic(
            .mappedDomain, in: .entry(.port, index: index, host: host.name), value: "\(mapped)",
            "the port of \(port.vmName) maps VSID \(identifier) to \(mapped), but its"
              + " customer routes belong to \(subnet.routingDomainID)"))
      }
    }
    return diagnostics
  }
}

/// Checks the extended access rules of one port; the caller names the port.
struct AccessRuleCheck {
  let port: VMPort

  private var rules: [AccessRule] { port.accessRules }

  private struct Slot: Hashable {
    let direction: AccessRule.Direction
    let weight: UInt16
  }

  /// Errors in the rules or, where there are none, the rules that never decide.
  ///
  /// - Complexity: O(*n*²) for *n* rules.
  func diagnostics() -> [Diagnostic] {
    let diagnostics = formDiagnostics()
    return diagnostics.isEmpty ? unreachableRules() : diagnostics
  }

  private func formDiagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var slots: Set<Slot> = []
    for rule in rules {
      if !slots.insert(Slot(direction: rule.direction, weight: rule.weight)).inserted {
        diagnostics.append(
          diagnostic(
            rule,
            "another \(rule.direction.rawValue) access rule has the weight \(rule.weight) of"
              + " \(rule.name)"))
      }
      if rule.localPorts != nil || rule.remotePorts != nil,
        rule.ipProtocol != .tcp, rule.ipProtocol != .udp
      {
        diagnostics.append(
          diagnostic(rule, "access rule \(rule.name) names ports without the protocol TCP or UDP"))
      }
      if let local = rule.localPrefix, let remote = rule.remotePrefix,
        local.family != remote.family
      {
        diagnostics.append(
          diagnostic(
            rule,
            "access rule \(rule.name) has \(local) and \(remote), which are of different families")
        )
      }
      if rule.isStateful, rule.action == .deny {
        diagnostics.append(diagnostic(rule, "access rule \(rule.name) denies, but is stateful"))
      }
    }
    return diagnostics
  }

  private func diagnostic(_ rule: AccessRule, _ explanation: String) -> Diagnostic {
    Diagnostic(.accessRuleForm, value: rule.name, explanation)
  }

  /// Rules that no packet of the port reaches.
  private func unreachableRules() -> [Diagnostic] {
    let ordered = rules.sorted { $0.weight > $1.weight }
    var asked: [AccessRule] = []
    var diagnostics: [Diagnostic] = []
    for rule in ordered {
      guard rule.concerns(port) else {
        let own = port.virtualSubnetID.map { "\($0)" } ?? "none"
        diagnostics.append(
          unreachable(
            rule, "is not for the port's VSID, which is \(own)",
            fix: "correct its isolation ID, or leave it out"))
        continue
      }
      if let first = asked.first(where: { $0.covers(rule) }) {
        diagnostics.append(
          unreachable(
            rule,
            "never decides: \(first.name), of higher weight, matches everything that it matches",
            fix: "give it a higher weight than \(first.name), or remove it"))
      }
      asked.append(rule)
    }
    return diagnostics
  }

  private func unreachable(_ rule: AccessRule, _ why: String, fix: String) -> Diagnostic {
    Diagnostic(.unreachableRule, value: rule.name, "access rule \(rule.name) \(why)", fix: fix)
  }
}

extension AccessRule {
  /// Whether the rule matches every packet that the other one matches.
  fileprivate func covers(_ other: AccessRule) -> Bool {
    direction == other.direction && Self.covers(localPrefix, other.localPrefix)
      && Self.covers(remotePrefix, other.remotePrefix)
      && Self.covers(localPorts, other.localPorts) && Self.covers(remotePorts, other.remotePorts)
      && coversProtocol(of: other)
  }

  private func coversProtocol(of other: AccessRule) -> Bool {
    guard let ipProtocol else { return true }
    return other.ipProtocol.map { ipProtocol.covers($0) } ?? false
  }

  private static func covers(_ outer: IPPrefix?, _ inner: IPPrefix?) -> Bool {
    guard let outer else { return true }
    return inner.map { outer.contains($0) } ?? false
  }

  private static func covers(
    _ outer: ClosedRange<UInt16>?, _ inner: ClosedRange<UInt16>?
  ) -> Bool {
    guard let outer else { return true }
    guard let inner else { return false }
    return outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
  }
}

/// Checks the basic access list of one port; the caller names the port.
struct BasicRuleCheck {
  let port: VMPort

  /// What an entry selects; allow and deny share a list, meters have one of their own.
  private struct Slot: Hashable {
    let direction: AccessRule.Direction
    let side: BasicAccessRule.Side
    let addresses: BasicAccessRule.Addresses
    let isMeter: Bool
  }

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var seen: [Slot: Int] = [:]
    for (index, entry) in port.basicRules.enumerated() {
      let slot = Slot(
        direction: entry.direction, side: entry.side, addresses: entry.addresses,
        isMeter: entry.action == .meter)
      if let first = seen.updateValue(index, forKey: slot) {
        diagnostics.append(
          diagnostic(
            index, "selects the same as basic rule \(first + 1)", fix: "remove one of the two")
        )
      }
      if entry.action == .meter, entry.addresses.areMAC {
        diagnostics.append(
          diagnostic(
            index, "meters a MAC address", fix: "meter an IP address or prefix"))
      }
    }
    return diagnostics
  }

  private func diagnostic(_ index: Int, _ what: String, fix: String) -> Diagnostic {
    Diagnostic(
      .basicRuleForm, value: "basic rule \(index + 1)",
      "basic rule \(index + 1) of \(port.vmName) \(what)", fix: fix)
  }
}
