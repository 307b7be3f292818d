/// The ports of a host with what packets need of them side by side.
///
/// It never changes, so that sharing it is all that a copy could be.
final class PortTable: Sendable {
  let ports: [VMPort]
  let settings: Settings
  private let lines: [PortLine]
  private let rules: RuleLists

  /// Takes in ports, whose virtual subnets have places in a router.
  init(
    _ ports: [VMPort], settings: Settings, placing place: (VirtualSubnetID) -> Int? = { _ in nil }
  ) {
    self.ports = ports
    self.settings = settings
    var rules = RuleLists()
    lines = ports.map { port in
      PortLine(
        macAddress: port.macAddress, list: UInt32(truncatingIfNeeded: rules.list(of: port)),
        subnet: Int32(truncatingIfNeeded: port.virtualSubnetID.flatMap(place) ?? -1),
        allowsMACSpoofing: port.allowsMACSpoofing, isGuarded: port.dhcpGuard || port.routerGuard,
        hasBasicRules: !port.basicRules.isEmpty)
    }
    self.rules = rules
  }

  /// What packets need of a port.
  @inline(__always)
  func line(_ port: Int) -> PortLine { lines[port] }

  /// The virtual subnet of a port, by its place in the router; negative for none.
  @inline(__always)
  func subnet(of port: Int) -> Int { Int(lines[port].subnet) }

  /// Whether the adapter of a port may send from a MAC address.
  @inline(__always)
  func maySend(from mac: MACAddress, by port: Int) -> Bool {
    lines[port].macAddress == mac || lines[port].allowsMACSpoofing
  }

  /// Whether a port has a guard.
  @inline(__always)
  func isGuarded(_ port: Int) -> Bool { lines[port].isGuarded }

  /// Whether a port has a basic list.
  @inline(__always)
  func hasBasicRules(_ port: Int) -> Bool { lines[port].hasBasicRules }

  /// The extended rules of a port in a direction, in the order of evaluation.
  func rules(_ direction: AccessRule.Direction, of port: Int) -> ArraySlice<AccessRule> {
    rules.rules(direction, in: Int(lines[port].list))
  }

  /// What the extended rules of a port say of a packet, with no flow open.
  @inline(__always)
  func verdict(
    _ key: FlowKey, _ direction: AccessRule.Direction, of port: Int
  ) -> RuleVerdict {
    rules.verdict(key, direction, in: Int(lines[port].list))
  }

  /// What the extended rules of a port have left to ask of a packet whose peer may be any, with no
  /// flow open; the last is for all.
  func remainders(
    _ key: FlowKey, _ direction: AccessRule.Direction, at port: Int
  ) -> [FilterRule.Remainder] {
    rules.remainders(key, direction, in: Int(lines[port].list))
  }

  /// The list of a port's extended rules.
  @inline(__always)
  func list(of port: Int) -> UInt32 { lines[port].list }

  /// What the extended rules of a list say of a packet, with no flow open.
  @inline(__always)
  func verdict(
    _ key: FlowKey, _ direction: AccessRule.Direction, in list: UInt32
  ) -> RuleVerdict {
    rules.verdict(key, direction, in: Int(list))
  }
}

/// A port as packets need it, flat.
struct PortLine: Sendable {
  let macAddress: MACAddress
  /// The list of its extended rules.
  let list: UInt32
  /// The virtual subnet, by its index in the router; -1 where no route names it, and for none.
  let subnet: Int32
  let allowsMACSpoofing: Bool
  let isGuarded: Bool
  let hasBasicRules: Bool

  /// Whether the port asks nobody but its extended rules.
  var allowsFastPath: Bool { !isGuarded && !hasBasicRules }
}
