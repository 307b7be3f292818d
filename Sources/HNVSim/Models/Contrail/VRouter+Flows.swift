import HNVCore

/// What a flow is asked before it is bridged or routed: whether its source belongs where it comes
/// from, and what the policies of both interfaces say (tf-vrouter, `vr_flow.c`).
extension VRouter {
  /// Asks about what a machine sends; drops what may not go on.
  mutating func passesFlow(
    _ packet: PacketID, from adapter: Adapter, in world: inout World
  ) -> Bool {
    comesFromItsSource(packet, from: adapter, in: &world)
      && passesPolicy(packet, .outbound, of: adapter, in: &world)
  }

  /// Asks the policy of one interface.
  mutating func passesPolicy(
    _ packet: PacketID, _ direction: AccessRule.Direction, of adapter: Adapter,
    in world: inout World
  ) -> Bool {
    contrail.policies[adapter.cable]?.passes(packet, direction, &flows, in: &world) ?? true
  }

  /// The reverse path check: a packet comes by the interface that its source address is routed to.
  ///
  /// The machine that a static route leads to may therefore send from every address behind that
  /// route. A machine that only guests have for their gateway may not: the host routes of those
  /// addresses point to another place, or there is no route. For a bridged frame only host routes
  /// count, and for the rest its source MAC address (tf-controller, `FlowEntry::RpfInit`).
  private func comesFromItsSource(
    _ packet: PacketID, from adapter: Adapter, in world: inout World
  ) -> Bool {
    let network = network(of: adapter)
    let row = world.packets[packet]
    guard settings.networks[network].rpf == .on, row.isIP, !row.isNeighborDiscovery,
      !row.source.isUnspecified
    else { return true }
    let isBridged = !isRouted(row, from: adapter)
    let passes =
      switch contrail.routing.tables[network].entry(for: row.source)?.target {
      case .machine(let owner): owner == adapter
      case .gateway, nil: false
      case .staticRoute(let target):
        isBridged ? row.sourceMAC == adapter.macAddress : target == adapter
      case .unassigned: isBridged && row.sourceMAC == adapter.macAddress
      }
    guard passes else {
      world.drop(
        .invalidSource,
        VRouterRoutingFact.invalidSource(contrail, machine: adapter.machine, network: network),
        packet)
      return false
    }
    world.note(
      VRouterRoutingFact.checked(contrail, machine: adapter.machine, network: network), packet)
    return true
  }
}

extension AccessList {
  /// The policy of an interface; `nil` where it has no rules, and there is nothing to ask.
  static func policy(of adapter: Adapter, in intent: Intent) -> AccessList? {
    let machine = intent.machines[adapter.machine]
    let rules = machine.interfaces[adapter.index].rules
    guard !rules.isEmpty else { return nil }
    let suffix = adapter.index == 0 ? "" : ", adapter \(adapter.index)"
    return AccessList(
      name: "policy of \(machine.name)\(suffix)", rules: rules, isStateful: true)
  }
}
