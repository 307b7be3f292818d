/// A NetVirtualizationLookupRecord: where a customer address lives, in effect a host route.
///
/// The parameters are those of New-NetVirtualizationLookupRecord.
public struct LookupRecord: Hashable, Sendable {
  /// `-CustomerAddress`; 0.0.0.0 or :: for the types `l2Only` and `gatewayWildcard`.
  public var customerAddress: IPAddress

  /// `-VirtualSubnetID`.
  public var virtualSubnetID: VirtualSubnetID

  /// `-MACAddress`.
  public var macAddress: MACAddress

  /// `-ProviderAddress`: the transport address of the host where the customer address lives.
  public var providerAddress: IPAddress

  /// `-Rule`.
  public var rule: TranslationMethod

  /// `-Type`; no source documents the default, and scripts of 2012, which knew no types, imply
  /// `static`.
  public var type: RecordType

  /// `-CustomerID`, free text.
  public var customerID: String

  /// `-Context`, free text.
  public var context: String

  /// `-VMName`, free text.
  public var vmName: String

  /// `-UseVmMACAddress`; valid only with the rule `nat`.
  public var usesVMMACAddress: Bool

  /// `Unusable`, a read-only diagnostic: "not usable for data communication".
  public var isUnusable: Bool

  /// `Unsynchronized`, a read-only diagnostic: not in step with the central controller.
  public var isUnsynchronized: Bool

  /// How a packet for the record's address crosses the underlay (`-Rule`).
  public enum TranslationMethod: UInt8, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// TranslationMethodNat: the header's addresses are rewritten.
    case nat = 0
    /// TranslationMethodEncap: NVGRE.
    case encap = 1
    /// TranslationMethodNone.
    case none = 2

    /// The cmdlet's word behind `TranslationMethod`.
    public var description: String {
      switch self {
      case .nat: "Nat"
      case .encap: "Encap"
      case .none: "None"
      }
    }
  }

  /// What is known of the record's address (`-Type`).
  public enum RecordType: UInt8, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Known, and written by an administrator or by VMM.
    case `static` = 0
    /// Learned by HNV itself.
    case dynamic = 1
    /// The MAC address is that of a gateway, behind which any address may live.
    case gatewayWildcard = 2
    /// The MAC address is known, the customer address has yet to be learned.
    case l2Only = 3

    /// The cmdlet's word.
    public var description: String {
      switch self {
      case .static: "Static"
      case .dynamic: "Dynamic"
      case .gatewayWildcard: "GatewayWildcard"
      case .l2Only: "L2Only"
      }
    }
  }

  /// Creates a record.
  public init(
    customerAddress: IPAddress, virtualSubnetID: VirtualSubnetID, macAddress: MACAddress,
    providerAddress: IPAddress, rule: TranslationMethod = .encap, type: RecordType = .static,
    customerID: String = "", context: String = "", vmName: String = "",
    usesVMMACAddress: Bool = false, isUnusable: Bool = false, isUnsynchronized: Bool = false
  ) {
    self.customerAddress = customerAddress
    self.virtualSubnetID = virtualSubnetID
    self.macAddress = macAddress
    self.providerAddress = providerAddress
    self.rule = rule
    self.type = type
    self.customerID = customerID
    self.context = context
    self.vmName = vmName
    self.usesVMMACAddress = usesVMMACAddress
    self.isUnusable = isUnusable
    self.isUnsynchronized = isUnsynchronized
  }

  /// What identifies a record on a host: Set-NetVirtualizationLookupRecord selects on these three.
  public struct Key: Hashable, Sendable {
    /// The record's virtual subnet.
    public let virtualSubnetID: VirtualSubnetID
    /// The record's customer address.
    public let customerAddress: IPAddress
    /// The record's MAC address.
    public let macAddress: MACAddress

    /// Names the record that has these three.
    public init(
      virtualSubnetID: VirtualSubnetID, customerAddress: IPAddress, macAddress: MACAddress
    ) {
      self.virtualSubnetID = virtualSubnetID
      self.customerAddress = customerAddress
      self.macAddress = macAddress
    }
  }

  /// What identifies the record on its host.
  public var key: Key {
    Key(
      virtualSubnetID: virtualSubnetID, customerAddress: customerAddress, macAddress: macAddress)
  }

  /// Whether the record names one machine's address; wildcard, L2Only and multicast records do not.
  package var isUnicast: Bool {
    (type == .static || type == .dynamic) && customerAddress.isOneMachine
  }

  /// Whether the record maps a multicast or broadcast address.
  var isGroup: Bool { customerAddress.isMulticast || customerAddress.isLimitedBroadcast }
}

/// A customer address in a virtual subnet: what a lookup record is found by.
public struct SubnetAddress: Hashable, Sendable {
  /// The virtual subnet.
  public let subnet: VirtualSubnetID

  /// The address.
  public let address: IPAddress

  /// Names an address in a virtual subnet.
  public init(_ address: IPAddress, in subnet: VirtualSubnetID) {
    self.subnet = subnet
    self.address = address
  }

  /// What a record resolves.
  public init(_ record: LookupRecord) {
    self.init(record.customerAddress, in: record.virtualSubnetID)
  }

  /// The address that an on-link route reserves for the gateway; `nil` for any other.
  init?(gatewayOf route: CustomerRoute) {
    guard route.nextHop == .onLink, let address = route.destinationPrefix.gatewayAddress
    else { return nil }
    self.init(address, in: route.virtualSubnetID)
  }

  /// The next hop of a route; `nil` for one that is on-link.
  init?(nextHopOf route: CustomerRoute) {
    guard case .via(let address) = route.nextHop else { return nil }
    self.init(address, in: route.virtualSubnetID)
  }
}

/// The key of an adapter: its MAC address in its virtual subnet.
struct AdapterKey: Hashable {
  let subnet: VirtualSubnetID
  let address: MACAddress

  init(subnet: VirtualSubnetID, address: MACAddress) {
    self.subnet = subnet
    self.address = address
  }

  /// The adapter of a record's machine.
  init(_ record: LookupRecord) {
    self.init(subnet: record.virtualSubnetID, address: record.macAddress)
  }
}
