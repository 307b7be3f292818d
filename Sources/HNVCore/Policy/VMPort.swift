/// The switch port of one VM network adapter: Set-VMNetworkAdapter and its access rules.
///
/// Spoofing and both guards are off by default, as they are on a new adapter.
///
/// A port has no customer address. Which addresses live behind it is said by the lookup records
/// with its virtual subnet and its MAC address.
///
/// An adapter that serves several routing domains (Add-VMNetworkAdapterRoutingDomainMapping) has
/// one port for each of its isolation IDs, with one MAC address: the virtual subnet that its
/// multitenant stack gives a frame chooses among them, and so do access rules (`-IsolationID`).
public struct VMPort: Hashable, Sendable {
  /// The name of the adapter's VM, for reports.
  public var vmName: String

  /// The adapter's MAC address.
  public var macAddress: MACAddress

  /// `-VirtualSubnetId`; `nil` for 0, with which HNV ignores the port.
  public var virtualSubnetID: VirtualSubnetID?

  /// `-RoutingDomainID` of the mapping that the port stands for; `nil` for an adapter that has the
  /// virtual subnet to itself.
  public var routingDomainID: RoutingDomainID?

  /// The port's access rules, in any order.
  public var accessRules: [AccessRule]

  /// `-DynamicIPAddressLimit`: how many addresses are learned from the port; `nil` for any number.
  public var dynamicIPAddressLimit: Int?

  /// The entries of the port's basic list, in any order; reports count them from 1.
  public var basicRules: [BasicAccessRule]

  /// `-MacAddressSpoofing`: whether the VM may send from a MAC address that is not the adapter's.
  public var allowsMACSpoofing: Bool

  /// `-DhcpGuard`: whether what only a DHCP server says is dropped when the VM sends it.
  public var dhcpGuard: Bool

  /// `-RouterGuard`: whether router advertisements and redirects that the VM sends are dropped.
  public var routerGuard: Bool

  /// Creates a port.
  public init(
    vmName: String, macAddress: MACAddress, virtualSubnetID: VirtualSubnetID?,
    routingDomainID: RoutingDomainID? = nil,
    accessRules: [AccessRule] = [], basicRules: [BasicAccessRule] = [],
    allowsMACSpoofing: Bool = false, dhcpGuard: Bool = false, routerGuard: Bool = false,
    dynamicIPAddressLimit: Int? = nil
  ) {
    self.vmName = vmName
    self.macAddress = macAddress
    self.virtualSubnetID = virtualSubnetID
    self.routingDomainID = routingDomainID
    self.accessRules = accessRules
    self.dynamicIPAddressLimit = dynamicIPAddressLimit
    self.basicRules = basicRules
    self.allowsMACSpoofing = allowsMACSpoofing
    self.dhcpGuard = dhcpGuard
    self.routerGuard = routerGuard
  }
}

/// A guard of a port, which drops server or router messages that its VM sends:
/// Set-VMNetworkAdapter with -DhcpGuard or -RouterGuard.
public enum PortGuard: String, Hashable, Sendable, CaseIterable {
  /// Messages that only a DHCP server sends.
  case dhcp
  /// Messages that only a router sends.
  case router

  /// Whether a port has the guard.
  package func isOn(_ port: VMPort) -> Bool {
    switch self {
    case .dhcp: port.dhcpGuard
    case .router: port.routerGuard
    }
  }

  /// Whether the guard stops a packet.
  ///
  /// A server answers from UDP port 67 (RFC 2131, section 4.1), or 547 for DHCPv6 (RFC 8415,
  /// section 7.2); what a client sends passes. Of routers, advertisements and redirects are
  /// stopped (RFC 1256 and RFC 792; RFC 4861).
  package func stops(_ packet: IPPacket) -> Bool { stops(FlowKey(packet)) }

  func stops(_ key: FlowKey) -> Bool {
    switch self {
    case .dhcp:
      guard key.ipProtocol == .udp else { return false }
      switch key.source.family {
      case .v4: return key.ports?.source == 67
      case .v6: return key.ports?.source == 547
      }
    case .router: return key.has(.routersWord)
    }
  }
}
