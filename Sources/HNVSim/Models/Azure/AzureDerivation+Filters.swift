import HNVCore

/// Network security groups (Azure, "Network security groups").
extension AzureDerivation {
  typealias Groups = (interfaces: [Cable: AccessList], subnets: [Int: AccessList])

  /// The group of each network interface and subnet that has one.
  mutating func securityGroups(
    _ directory: AdapterDirectory, _ spaces: [[IPPrefix]]
  ) -> Groups {
    var groups: Groups = ([:], [:])
    for adapter in directory.all {
      let rules = intent.machines[adapter.machine].interfaces[adapter.index].rules
      guard !rules.isEmpty else { continue }
      let network = intent.subnets[adapter.subnet].network
      let name = "network security group of \(name(of: adapter))"
      groups.interfaces[adapter.cable] = list(name, Self.numbered(rules), spaces[network])
    }
    for group in singleGroups() { add(group, directory, spaces, to: &groups) }
    return groups
  }

  /// The section's groups, one to a subnet, with one rule of each priority and direction.
  private mutating func singleGroups() -> [AzureSection.SecurityGroup] {
    var subnets = DuplicateChecker<String>()
    return section.securityGroups.map { group in
      var single = group
      var rules = DuplicateChecker<String>()
      single.subnets = group.subnets.filter {
        reader.isFirst(
          of: $0.text, among: &subnets, $0.text, "the group of subnet \($0.text)", at: $0.place)
      }
      single.rules = group.rules.filter { rule in
        let slot = "\(rule.direction.text) rule of priority \(rule.priority)"
        return reader.isFirst(
          of: slot, among: &rules, "\(rule.priority)", "the \(slot) of \(group.name.text)",
          at: rule.action.place)
      }
      return single
    }
  }

  private func name(of adapter: Adapter) -> String {
    let machine = intent.machines[adapter.machine]
    guard machine.interfaces.count > 1 else { return machine.name }
    return "\(machine.name), interface \(adapter.index)"
  }

  /// The rules of an adapter in their order, and behind them one that lets pass what none of them
  /// matches: a lab's rules say so, Azure's default rules would not.
  private static func numbered(_ rules: [AccessRule]) -> [AccessRule] {
    let own = rules.enumerated().map { index, rule in
      var rule = rule
      rule.name = "rule \(100 + index)"
      return rule
    }
    return own
      + AccessRule.Direction.allCases.map {
        AccessRule(name: "rule 4096", action: .allow, direction: $0, weight: 0)
      }
  }

  private func list(_ name: String, _ rules: [AccessRule], _ space: [IPPrefix]) -> AccessList {
    AccessList(
      name: name, rules: rules + Self.defaultRules(space), otherwise: .deny, isStateful: true,
      namesRules: true)
  }

  /// The default rules: within the virtual network, and out of it, but not into it.
  ///
  /// What the load balancer may do is left out: there is none.
  private static func defaultRules(_ space: [IPPrefix]) -> [AccessRule] {
    func rule(
      _ number: Int, _ action: AccessRule.Action, _ direction: AccessRule.Direction,
      _ peer: IPPrefix? = nil
    ) -> AccessRule {
      AccessRule(
        name: "rule \(number)", action: action, direction: direction, remotePrefix: peer, weight: 0)
    }
    return space.map { rule(65_000, .allow, .inbound, $0) }
      + space.map { rule(65_000, .allow, .outbound, $0) }
      + [
        rule(65_001, .allow, .outbound), rule(65_500, .deny, .inbound),
        rule(65_500, .deny, .outbound),
      ]
  }

  private mutating func add(
    _ group: AzureSection.SecurityGroup, _ directory: AdapterDirectory, _ spaces: [[IPPrefix]],
    to groups: inout Groups
  ) {
    let name = "network security group \(group.name.text)"
    for written in group.machines {
      guard let machine = reader.machine(written) else { continue }
      for adapter in directory.all where adapter.machine == machine {
        let space = spaces[intent.subnets[adapter.subnet].network]
        let own = list("\(name) of \(self.name(of: adapter))", rules(of: group, space), space)
        if groups.interfaces[adapter.cable] != nil {
          reader.lack(
            written.text,
            "an interface has one network security group: \(written.text) uses \(group.name.text)"
              + " instead of the adapter's own rules or another group",
            at: written.place)
        }
        groups.interfaces[adapter.cable] = own
      }
    }
    for written in group.subnets {
      guard let subnet = reader.subnet(written) else { continue }
      let space = spaces[intent.subnets[subnet].network]
      groups.subnets[subnet] = list(
        "\(name) of subnet \(written.text)", rules(of: group, space), space)
    }
  }

  private mutating func rules(
    of group: AzureSection.SecurityGroup, _ space: [IPPrefix]
  ) -> [AccessRule] {
    group.rules.sorted { $0.priority < $1.priority }.flatMap { rule -> [AccessRule] in
      guard
        reader.isWithin(100...4096, rule.priority, "the priority", at: rule.action.place),
        let action = reader.choose(rule.action, as: AccessRule.Action.self),
        let direction = reader.choose(rule.direction, as: AccessRule.Direction.self)
      else { return [] }
      return peers(rule.peer, space).compactMap {
        reader.rule(
          "rule \(rule.priority)", action, direction, peer: $0, rule.ipProtocol, rule.ports)
      }
    }
  }

  /// The prefixes that a peer stands for; `nil` among them for everybody.
  private mutating func peers(_ peer: Written?, _ space: [IPPrefix]) -> [IPPrefix?] {
    guard let peer else { return [nil] }
    switch peer.text {
    case "VirtualNetwork": return space
    case "Internet": return IPFamily.allCases.flatMap { Self.outside(space, $0) }
    default:
      guard peer.text.contains("/") else {
        reader.refuse(peer, noneOf: ["VirtualNetwork", "Internet"], orElse: "a prefix")
        return []
      }
      return reader.readPrefix(peer).map { [$0] } ?? []
    }
  }

  /// What is left of a family's addresses without a network's own.
  private static func outside(_ space: [IPPrefix], _ family: IPFamily) -> [IPPrefix] {
    var rest = [IPPrefix.everything(family)]
    for block in space where block.family == family {
      rest = rest.flatMap { $0.subtracting(block) }
    }
    return rest
  }
}

extension IPPrefix {
  /// What is left of the prefix without another, as the prefixes beside the way down to it.
  func subtracting(_ other: IPPrefix) -> [IPPrefix] {
    guard overlaps(other) else { return [self] }
    guard !other.contains(self) else { return [] }
    var rest: [IPPrefix] = []
    for length in (length + 1)...other.length {
      // The sibling of the prefix of this length on the way: its last bit is the other one.
      guard let parent = IPPrefix(containing: other.address, length: length - 1),
        let on = IPPrefix(containing: other.address, length: length)
      else { continue }
      let sibling = IPPrefix(
        containing: on.address == parent.first ? parent.last : parent.first, length: length)
      rest += [sibling].compactMap { $0 }
    }
    return rest
  }
}
