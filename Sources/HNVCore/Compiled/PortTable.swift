/// The ports of a host with what packets need of them side by side.
///
/// It never changes, so that sharing it is all that a copy could be.
final class PortTable: Sendable {
  let ports: [VMPort]
  let settings: Settings
  private let entries: [Entry]
  private let rules: RulePool

  /// A port, flat.
  private struct Entry: Sendable {
    let macAddress: MACAddress
    let list: UInt32
    /// The virtual subnet, by its index in the router; -1 where no route names it, and for none.
    let subnet: Int32
    let allowsMACSpoofing: Bool
    let isGuarded: Bool
    let hasBasicRules: Bool

    var isOrdinary: Bool { !isGuarded && !hasBasicRules }
  }

  /// Takes in ports, whose virtual subnets have places in a router.
  init(
    _ ports: [VMPort], settings: Settings, placing place: (VirtualSubnetID) -> Int? = { _ in nil }
  ) {
    self.ports = ports
    self.settings = settings
    var rules = RulePool()
    entries = ports.map { port in
      Entry(
        macAddress: port.macAddress, list: UInt32(truncatingIfNeeded: rules.list(of: port)),
        subnet: Int32(truncatingIfNeeded: port.virtualSubnetID.flatMap(place) ?? -1),
        allowsMACSpoofing: port.allowsMACSpoofing, isGuarded: port.dhcpGuard || port.routerGuard,
        hasBasicRules: !port.basicRules.isEmpty)
    }
    self.rules = rules
  }

  /// The virtual subnet of a port, by its place in the router; negative for none.
  @inline(__always)
  func subnet(of port: Int) -> Int { Int(entries[port].subnet) }

  /// Whether the adapter of a port may send from a MAC address.
  @inline(__always)
  func maySend(from mac: MACAddress, by port: Int) -> Bool {
    entries[port].macAddress == mac || entries[port].allowsMACSpoofing
  }

  /// Whether a port has a guard.
  @inline(__always)
  func isGuarded(_ port: Int) -> Bool { entries[port].isGuarded }

  /// Whether a port has a basic list.
  @inline(__always)
  func hasBasicRules(_ port: Int) -> Bool { entries[port].hasBasicRules }

  /// The extended rules of a port in a direction, in the order of evaluation.
  func rules(_ direction: AccessRule.Direction, of port: Int) -> ArraySlice<AccessRule> {
    rules.rules[rules.places(Int(entries[port].list), direction)]
  }

  /// The extended rule of a port that decides, by its place among `rules(_:of:)`; -1 when none
  /// matches.
  @inline(__always)
  func decidingRule(
    _ header: PacketHeader, _ direction: AccessRule.Direction, of port: Int
  ) -> Int {
    rules.decidingRule(header, direction, in: Int(entries[port].list))
  }

  /// What an extended rule of a port says.
  @inline(__always)
  func verdict(
    of rule: Int, _ direction: AccessRule.Direction, at port: Int
  ) -> FilterGate {
    rules.verdict(of: rule, direction, in: Int(entries[port].list))
  }

  /// Whether a port asks nobody but its extended rules: it has no guards and no basic list.
  @inline(__always)
  func isOrdinary(_ port: Int) -> Bool { entries[port].isOrdinary }

  /// What the extended rules of a port have left to ask of a packet whose peer may be any, with no
  /// flow open; the last is for all.
  func remainders(
    _ packet: PacketHeader, _ direction: AccessRule.Direction, at port: Int
  ) -> [FilterRule.Remainder] {
    rules.remainders(packet, direction, in: Int(entries[port].list))
  }

  /// The list of a port's extended rules.
  @inline(__always)
  func list(of port: Int) -> UInt32 { entries[port].list }

  /// The extended rule of a list by which an ordinary packet passes with no flow open, or -1 for
  /// none; `nil` where the rule denies the packet or keeps state of it.
  @inline(__always)
  func ordinaryRule(
    _ packet: PacketHeader, _ direction: AccessRule.Direction, in list: UInt32
  ) -> Int? {
    let rule = rules.decidingRule(packet, direction, in: Int(list))
    guard rule >= 0 else { return rule }
    let verdict = rules.verdict(of: rule, direction, in: Int(list))
    return verdict.allows && !verdict.isStateful ? rule : nil
  }
}
