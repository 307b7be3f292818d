/// Checks the extended access rules of one port; whoever asks blames the port.
struct AccessRuleCheck {
  let port: VMPort

  private var rules: [AccessRule] { port.accessRules }

  private struct Slot: Hashable {
    let direction: AccessRule.Direction
    let weight: UInt16
  }

  /// What is wrong with the rules; which of them decide is only asked of rules that are right.
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
          diagnostic(rule, "access rule \(rule.name) joins \(local) and \(remote), of two families")
        )
      }
      if rule.isStateful, rule.action == .deny {
        diagnostics.append(diagnostic(rule, "access rule \(rule.name) denies, and is stateful"))
      }
    }
    return diagnostics
  }

  private func diagnostic(_ rule: AccessRule, _ explanation: String) -> Diagnostic {
    Diagnostic(.accessRuleForm, value: rule.name, explanation)
  }
  /// Rules that no packet of the port comes to.
  private func unreachableRules() -> [Diagnostic] {
    let ordered = rules.sorted { $0.weight > $1.weight }
    var asked: [AccessRule] = []
    var diagnostics: [Diagnostic] = []
    for rule in ordered {
      guard rule.concerns(port) else {
        let own = port.virtualSubnetID.map { "\($0)" } ?? "none"
        diagnostics.append(
          unreachable(
            rule, "is for another virtual subnet than the port's, which is \(own)",
            fix: "correct its isolation ID, or leave it out"))
        continue
      }
      if let first = asked.first(where: { $0.covers(rule) }) {
        diagnostics.append(
          unreachable(
            rule, "never decides: \(first.name), of higher weight, matches all that it matches",
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
