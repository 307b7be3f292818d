import HNVCore

extension IntentReader {
  /// Reads access rules; since the first match decides, weights fall in the order of the list.
  mutating func readRules(_ rules: [Lab.PortRule], of machine: String) -> [AccessRule] {
    var typed: [AccessRule] = []
    for (index, rule) in rules.enumerated() {
      guard index < Int(UInt16.max) else { break }
      let action = choose(rule.action, as: AccessRule.Action.self)
      let direction = choose(rule.direction, as: AccessRule.Direction.self)
      let remote = rule.remote.flatMap { readPrefix($0) }
      let local = rule.local.flatMap { readPrefix($0) }
      let ipProtocol = rule.ipProtocol.flatMap { readProtocol($0) }
      let remotePorts = rule.remotePorts.flatMap { readPorts($0) }
      let localPorts = rule.localPorts.flatMap { readPorts($0) }
      let ports = remotePorts != nil ? rule.remotePorts : localPorts != nil ? rule.localPorts : nil
      let idle = readIdleTimeout(rule)
      guard let action, let direction, isConsistent(rule, local, remote, ipProtocol, ports),
        isAllowing(rule, action)
      else { continue }
      typed.append(
        AccessRule(
          name: "rule \(index + 1) of \(machine)", action: action, direction: direction,
          localPrefix: local, remotePrefix: remote, ipProtocol: ipProtocol,
          localPorts: localPorts, remotePorts: remotePorts,
          weight: UInt16.max - UInt16(index), isStateful: rule.isStateful,
          idleSessionTimeout: idle ?? 255))
    }
    return typed
  }

  /// Ports need a protocol that has them, and both prefixes are of one family.
  private mutating func isConsistent(
    _ rule: Lab.PortRule, _ local: IPPrefix?, _ remote: IPPrefix?, _ ipProtocol: IPProtocol?,
    _ ports: Written?
  ) -> Bool {
    if rule.ipProtocol != nil && ipProtocol == nil { return false }
    if let ports, ipProtocol != .tcp, ipProtocol != .udp {
      diagnostics.append(
        Diagnostic(
          .accessRuleForm, value: ports.text,
          "the rule names ports \(ipProtocol.map { "of \($0)" } ?? "and no protocol"),"
            + " and only tcp and udp have ports",
          fix: "write the protocol tcp or udp, or leave the ports out", at: ports.place))
      return false
    }
    if let local, let remote, local.family != remote.family, let written = rule.remote {
      diagnostics.append(
        Diagnostic(
          .accessRuleForm, value: written.text,
          "the rule has \(local) and \(remote), of two address families",
          fix: "write prefixes of one family", at: written.place))
      return false
    }
    return true
  }

  /// What opens a way for both directions allows.
  private mutating func isAllowing(_ rule: Lab.PortRule, _ action: AccessRule.Action) -> Bool {
    guard rule.isStateful, action == .deny else { return true }
    diagnostics.append(
      Diagnostic(
        .accessRuleForm, value: rule.action.text, "the rule denies, and is stateful",
        fix: "leave stateful out, or allow", at: rule.action.place))
    return false
  }

  /// A stateful rule's idle timeout in whole seconds.
  private mutating func readIdleTimeout(_ rule: Lab.PortRule) -> UInt16? {
    guard let written = rule.idleTimeout, let time = readTime(written) else { return nil }
    let (seconds, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest == 0, let count = UInt16(exactly: seconds), rule.isStateful else {
      diagnostics.append(
        Diagnostic(
          .accessRuleForm, value: written.text,
          rule.isStateful
            ? "an idle timeout is whole seconds, at most \(UInt16.max)"
            : "only a stateful rule has an idle timeout",
          fix: rule.isStateful ? "write it like 255s" : "write stateful: true, or leave it out",
          at: written.place))
      return nil
    }
    return count
  }
}
