/// The switch port of one VM network adapter: Set-VMNetworkAdapter and its access rules.
///
/// A port has no customer address. Which addresses live behind it is said by the lookup records
/// with its virtual subnet and its MAC address.
public struct VMPort: Hashable, Sendable {
  /// The name of the adapter's VM, for reports.
  public var vmName: String

  /// The adapter's MAC address.
  public var macAddress: MACAddress

  /// `-VirtualSubnetId`; `nil` for 0, with which HNV ignores the port.
  public var virtualSubnetID: VirtualSubnetID?

  /// The port's access rules, in any order.
  public var accessRules: [AccessRule]

  /// `-DynamicIPAddressLimit`: how many addresses are learned from the port; `nil` for any number.
  public var dynamicIPAddressLimit: Int?

  /// Creates a port.
  public init(
    vmName: String, macAddress: MACAddress, virtualSubnetID: VirtualSubnetID?,
    accessRules: [AccessRule] = [], dynamicIPAddressLimit: Int? = nil
  ) {
    self.vmName = vmName
    self.macAddress = macAddress
    self.virtualSubnetID = virtualSubnetID
    self.accessRules = accessRules
    self.dynamicIPAddressLimit = dynamicIPAddressLimit
  }
}
