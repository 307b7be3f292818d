import HNVCore

/// Security groups and network ACLs.
extension VPCDerivation {
  /// The rules at each network interface: those of its machine's groups, or else those that its
  /// adapter's own rules make.
  mutating func securityGroups(_ directory: AdapterDirectory) -> [Cable: AccessList] {
    let members = groupMembers()
    let addresses = members.mapValues { machines in
      machines.flatMap { machine in
        intent.machines[machine].interfaces.flatMap { $0.addresses.map(\.address) }
      }
    }
    var declared: [Int: [AccessRule]] = [:]
    for group in section.securityGroups {
      let rules = rules(of: group, addresses)
      for machine in members[group.name.text] ?? [] { declared[machine, default: []] += rules }
    }
    var lists: [Cable: AccessList] = [:]
    for adapter in directory.all {
      let interface = intent.machines[adapter.machine].interfaces[adapter.index]
      let rules =
        declared[adapter.machine]
        ?? (interface.rules.isEmpty ? nil : rules(for: interface, of: adapter.machine))
      guard let rules else { continue }
      lists[adapter.cable] = AccessList(
        name: "security group of \(name(of: adapter))", rules: rules, otherwise: .deny,
        isStateful: true)
    }
    return lists
  }

  private func name(of adapter: Adapter) -> String {
    let machine = intent.machines[adapter.machine]
    guard machine.interfaces.count > 1 else { return machine.name }
    return "\(machine.name), interface \(adapter.index)"
  }

  private mutating func groupMembers() -> [String: [Int]] {
    var members: [String: [Int]] = [:]
    for group in section.securityGroups {
      members[group.name.text] = group.machines.compactMap { reader.machine($0) }
    }
    return members
  }

  private mutating func rules(
    of group: VPCSection.SecurityGroup, _ addresses: [String: [IPAddress]]
  ) -> [AccessRule] {
    var rules: [AccessRule] = []
    for rule in group.inbound { rules += read(rule, .inbound, of: group, addresses) }
    guard let outbound = group.outbound else {
      return rules + [Self.everything(.outbound, of: group.name.text)]
    }
    for rule in outbound { rules += read(rule, .outbound, of: group, addresses) }
    return rules
  }

  /// A rule, for each of the addresses of the group that it names.
  private mutating func read(
    _ rule: VPCSection.GroupRule, _ direction: AccessRule.Direction,
    of group: VPCSection.SecurityGroup, _ addresses: [String: [IPAddress]]
  ) -> [AccessRule] {
    var peers: [IPPrefix?] = [nil]
    if let peer = rule.peer {
      if let known = addresses[peer.text] {
        peers = known.map { IPPrefix(host: $0) }
      } else if peer.text.contains("/") {
        guard let prefix = reader.readPrefix(peer) else { return [] }
        peers = [prefix]
      } else {
        reader.diagnostics.append(
          .unknownName(
            peer, "\(peer.text) is neither a prefix nor a security group",
            among: addresses.keys.sorted()))
        return []
      }
    }
    return peers.compactMap {
      reader.rule(
        "rule of \(group.name.text)", .allow, direction, peer: $0, rule.ipProtocol, rule.ports)
    }
  }

  private static func everything(
    _ direction: AccessRule.Direction, of name: String
  ) -> AccessRule {
    AccessRule(name: "rule of \(name)", action: .allow, direction: direction, weight: 0)
  }

  /// What a group can say of an adapter's own rules: it allows, and denies the rest.
  ///
  /// Denials of something are left out, with a warning. Where nothing is allowed beside them, or
  /// nothing denied, everything passes, as it does past a lab's rules.
  private mutating func rules(
    for interface: Intent.Interface, of machine: Int
  ) -> [AccessRule] {
    let name = intent.machines[machine].name
    return AccessRule.Direction.allCases.flatMap { direction -> [AccessRule] in
      let own = interface.rules.filter { $0.direction == direction }
      let end = own.firstIndex { $0.deniesEverything(at: interface) }
      let asked = own[..<(end ?? own.endIndex)]
      let allowed = asked.filter { $0.action == .allow }
      let denied = asked.filter { $0.action == .deny }
      let isOpen = end == nil && (allowed.isEmpty || denied.isEmpty)
      for rule in denied {
        let consequence =
          isOpen
          ? "the packets that it denies pass"
          : "only packets that other rules allow pass"
        reader.lack(
          rule.name,
          "a security group has only allow rules: \(rule.name) is left out, so"
            + " \(consequence)",
          fix: "write allow rules, and end with a rule that denies everything",
          at: interface.place)
      }
      return isOpen ? [Self.everything(direction, of: name)] : allowed
    }
  }

  /// The network ACL of each subnet that has one.
  mutating func networkACLs() -> [Int: AccessList] {
    var lists: [Int: AccessList] = [:]
    var stated = DuplicateChecker<Int>()
    for acl in section.networkACLs {
      let rules = read(acl.inbound, .inbound) + read(acl.outbound, .outbound)
      for written in acl.subnets {
        guard let subnet = reader.subnet(written),
          reader.isFirst(
            of: subnet, among: &stated, written.text, "the network ACL of \(written.text)",
            at: written.place)
        else { continue }
        lists[subnet] = AccessList(
          name: "network ACL of \(written.text)", rules: rules, otherwise: .deny,
          namesRules: true)
      }
    }
    return lists
  }

  private mutating func read(
    _ rules: [VPCSection.ACLRule], _ direction: AccessRule.Direction
  ) -> [AccessRule] {
    var stated = DuplicateChecker<UInt64>()
    let single = rules.filter { rule in
      reader.isFirst(
        of: rule.number, among: &stated, "\(rule.number)",
        "the ACL's \(direction.rawValue) rule \(rule.number)", at: rule.action.place)
    }
    return single.sorted { $0.number < $1.number }.compactMap { rule in
      let peer = rule.peer.map { reader.readPrefix($0) }
      let action = reader.choose(rule.action, as: AccessRule.Action.self)
      guard let action, peer == nil || peer != .some(nil) else { return nil }
      return reader.rule(
        "rule \(rule.number)", action, direction, peer: peer ?? nil, rule.ipProtocol, rule.ports)
    }
  }
}

extension AccessRule {
  /// Whether nothing that an adapter sends or receives passes this rule.
  fileprivate func deniesEverything(at interface: Intent.Interface) -> Bool {
    guard action == .deny, ipProtocol == nil, localPrefix == nil, localPorts == nil,
      remotePorts == nil
    else { return false }
    guard let remotePrefix else { return true }
    return remotePrefix.length == 0
      && interface.addresses.allSatisfy { $0.address.family == remotePrefix.family }
  }
}
