/// The ports of a host with what packets need of them side by side.
struct PortTable: Sendable {
  let ports: [VMPort]
  let settings: Settings
  private var entries: [Entry] = []
  private var rules = RulePool()

  /// A port, flat.
  private struct Entry {
    let macAddress: MACAddress
    let list: UInt32
    /// The virtual subnet, by its place in the router; -1 for one that no route names, and for none.
    let subnet: Int32
    let allowsMACSpoofing: Bool
    let isGuarded: Bool
    let hasBasicRules: Bool
  }

  /// Takes in ports, whose virtual subnets have places in a router.
  init(
    _ ports: [VMPort], settings: Settings, placing place: (VirtualSubnetID) -> Int? = { _ in nil }
  ) {
    self.ports = ports
    self.settings = settings
    entries.reserveCapacity(ports.count)
    for port in ports {
      entries.append(
        Entry(
          macAddress: port.macAddress, list: UInt32(truncatingIfNeeded: rules.list(of: port)),
          subnet: Int32(truncatingIfNeeded: port.virtualSubnetID.flatMap(place) ?? -1),
          allowsMACSpoofing: port.allowsMACSpoofing, isGuarded: port.dhcpGuard || port.routerGuard,
          hasBasicRules: !port.basicRules.isEmpty))
    }
  }

  /// Reads a port's entry; the answer says nothing.
  @inline(__always)
  func read(_ port: Int) -> UInt32 { entries[port].list }

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

  /// The extended rules of a port in a direction, the first asked first.
  func rules(_ direction: AccessRule.Direction, of port: Int) -> ArraySlice<AccessRule> {
    rules.rules[rules.places(Int(entries[port].list), direction)]
  }

  /// The extended rule of a port that decides, by its place among `rules(_:of:)`, and what it says;
  /// `nil` when none matches.
  @inline(__always)
  func decidingRule(
    _ header: PacketHeader, _ direction: AccessRule.Direction, of port: Int
  ) -> (index: Int, rule: FilterRule)? {
    rules.decidingRule(header, direction, in: Int(entries[port].list))
  }
}
