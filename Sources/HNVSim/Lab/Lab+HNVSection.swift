/// What only Hyper-V Network Virtualization has; all of it may be left out.
public struct HNVSection: Hashable, Sendable {
  /// The release of Windows Server; default: 2012R2.
  public var release: Written?
  /// Settings that differ from the release's, by name.
  public var settings: [Named]
  /// The GUIDs of networks, by name; default: derived.
  public var routingDomains: [Named]
  /// The VSIDs of subnets, by name; default: 5001 and up.
  public var virtualSubnets: [Named]
  /// The provider addresses of hosts; a host without one here has its underlay address.
  public var providerAddresses: [ProviderAddress]
  /// The provider routes of hosts; a host without one here has a default route to the first
  /// router of each of its underlay networks.
  public var providerRoutes: [ProviderRoute]
  /// How long a host waits for the policy that it requests after an NVGRE UNREACHABLE; default: no
  /// answer comes.
  public var policyRefresh: Written?
  /// How the records of single machines are written, where they differ.
  public var recordsOf: [RecordForm]
  /// Records that all hosts hold beside the derived ones, such as those of multicast groups.
  public var records: [Record]
  /// What decides whether hosts can lower the MTU of guests.
  public var guests: [Guest]
  /// How single hosts deviate from what all should hold.
  public var deviations: [Deviation]
  /// What the ports of single adapters have beside the rules of their interfaces.
  public var ports: [Port]

  /// What decides whether a host can lower a guest's MTU.
  public struct Guest: Hashable, Sendable {
    /// The machine.
    public var machine: Written
    /// `windows` or `linux`; default: windows.
    public var system: Written?
    /// `synthetic` or `legacy`; default: synthetic.
    public var adapter: Written?
    /// `beforeBoot` or `afterBoot`: when the port was given its virtual subnet; default:
    /// beforeBoot.
    public var virtualSubnetSet: Written?

    /// Describes a guest.
    public init(
      machine: Written, system: Written? = nil, adapter: Written? = nil,
      virtualSubnetSet: Written? = nil
    ) {
      self.machine = machine
      self.system = system
      self.adapter = adapter
      self.virtualSubnetSet = virtualSubnetSet
    }
  }

  /// A value for something that has a name.
  public typealias Named = Lab.Named

  /// How a machine's lookup records are written.
  public struct RecordForm: Hashable, Sendable {
    /// The machine.
    public var machine: Written
    /// `Static`, or `L2Only` for a machine whose addresses HNV has yet to learn.
    public var type: Written?
    /// `-Rule`: `Encap`, `Nat` or `None`.
    public var rule: Written?
    /// `-ProviderAddress`, where it is not the host's first; the host is given it.
    public var providerAddress: Written?
    /// `-UseVmMACAddress`.
    public var usesVMMACAddress: Bool

    /// Says how a machine's records are written.
    public init(
      machine: Written, type: Written? = nil, rule: Written? = nil,
      providerAddress: Written? = nil, usesVMMACAddress: Bool = false
    ) {
      self.machine = machine
      self.type = type
      self.rule = rule
      self.providerAddress = providerAddress
      self.usesVMMACAddress = usesVMMACAddress
    }
  }

  /// A provider address in the cmdlet's words.
  public struct ProviderAddress: Hashable, Sendable {
    /// The host that has it.
    public var host: Written
    /// `-ProviderAddress`.
    public var providerAddress: Written
    /// `-PrefixLength`; default: that of the underlay network with the address.
    public var prefixLength: UInt64?
    /// `-VlanID`, 0 for untagged; default: that of the underlay network with the address.
    public var vlanID: UInt64?
    /// `-MACAddress`; default: that of the host's adapter.
    public var macAddress: Written?

    /// Declares a provider address.
    public init(
      host: Written, providerAddress: Written, prefixLength: UInt64? = nil, vlanID: UInt64? = nil,
      macAddress: Written? = nil
    ) {
      self.host = host
      self.providerAddress = providerAddress
      self.prefixLength = prefixLength
      self.vlanID = vlanID
      self.macAddress = macAddress
    }
  }

  /// A provider route.
  public struct ProviderRoute: Hashable, Sendable {
    /// The host that has it.
    public var host: Written
    /// `-DestinationPrefix`.
    public var to: Written
    /// `-NextHop`; default: on-link.
    public var via: Written?
    /// `-Metric`; default: 0.
    public var metric: UInt64?

    /// Declares a provider route.
    public init(host: Written, to: Written, via: Written? = nil, metric: UInt64? = nil) {
      self.host = host
      self.to = to
      self.via = via
      self.metric = metric
    }
  }

  /// How one host deviates.
  public struct Deviation: Hashable, Sendable {
    /// The host.
    public var host: Written
    /// The customer addresses whose records it has not received.
    public var withholdRecords: [Written]
    /// The prefixes whose routes it has not received.
    public var withholdRoutes: [Written]
    /// Records that it holds beside the derived ones.
    public var addRecords: [Record]
    /// Routes that it holds beside the derived ones.
    public var addRoutes: [Route]

    /// Declares a deviation.
    public init(
      host: Written, withholdRecords: [Written] = [], withholdRoutes: [Written] = [],
      addRecords: [Record] = [], addRoutes: [Route] = []
    ) {
      self.host = host
      self.withholdRecords = withholdRecords
      self.withholdRoutes = withholdRoutes
      self.addRecords = addRecords
      self.addRoutes = addRoutes
    }
  }

  /// A lookup record in the cmdlet's words.
  public struct Record: Hashable, Sendable {
    /// `-CustomerAddress`.
    public var customerAddress: Written
    /// The subnet by name, for `-VirtualSubnetID`.
    public var subnet: Written
    /// `-MACAddress`.
    public var macAddress: Written
    /// `-ProviderAddress`.
    public var providerAddress: Written
    /// `-Rule`: `Encap`, `Nat` or `None`; default: Encap.
    public var rule: Written?
    /// `-Type`: `Static`, `Dynamic`, `GatewayWildcard` or `L2Only`; default: Static.
    public var type: Written?

    /// Declares a record.
    public init(
      customerAddress: Written, subnet: Written, macAddress: Written, providerAddress: Written,
      rule: Written? = nil, type: Written? = nil
    ) {
      self.customerAddress = customerAddress
      self.subnet = subnet
      self.macAddress = macAddress
      self.providerAddress = providerAddress
      self.rule = rule
      self.type = type
    }
  }

  /// A customer route in the cmdlet's words.
  public struct Route: Hashable, Sendable {
    /// The subnet by name, for `-VirtualSubnetID`: that of the next hop.
    public var subnet: Written
    /// `-DestinationPrefix`.
    public var destinationPrefix: Written
    /// `-NextHop`; default: on-link.
    public var nextHop: Written?
    /// `-Metric`; default: 0.
    public var metric: UInt64?

    /// Declares a route.
    public init(
      subnet: Written, destinationPrefix: Written, nextHop: Written? = nil,
      metric: UInt64? = nil
    ) {
      self.subnet = subnet
      self.destinationPrefix = destinationPrefix
      self.nextHop = nextHop
      self.metric = metric
    }
  }

  /// An empty section.
  public init() {
    settings = []
    routingDomains = []
    virtualSubnets = []
    providerAddresses = []
    providerRoutes = []
    recordsOf = []
    records = []
    guests = []
    deviations = []
    ports = []
  }
}
