/// What only Hyper-V Network Virtualization has; all of it may be left out.
package struct HNVSection: Equatable, Sendable {
  /// The release of Windows Server; default: 2012R2.
  package var release: Written?
  /// Settings that differ from the release's, by name.
  package var settings: [Named]
  /// The GUIDs of networks, by name; default: derived.
  package var routingDomains: [Named]
  /// The VSIDs of subnets, by name; default: 5001 and up.
  package var virtualSubnets: [Named]
  /// The provider addresses of hosts; a host without one here has its underlay address.
  package var providerAddresses: [ProviderAddress]
  /// The provider routes of hosts; a host without one here has a default route to the first
  /// router of each of its underlay networks.
  package var providerRoutes: [ProviderRoute]
  /// How long a host waits for the policy that it requests after an NVGRE UNREACHABLE; default: no
  /// answer comes.
  package var policyRefresh: Written?
  /// How the records of single machines are written, where they differ.
  package var recordsOf: [RecordForm]
  /// Records that all hosts hold beside the derived ones, such as those of multicast groups.
  package var records: [Record]
  /// What decides whether hosts can lower the MTU of guests.
  package var guests: [Guest]
  /// How single hosts deviate from what all should hold.
  package var deviations: [Deviation]
  /// What the ports of single adapters have beside the rules of their interfaces.
  package var ports: [Port]

  /// What decides whether a host can lower a guest's MTU.
  package struct Guest: Equatable, Sendable {
    /// The machine.
    package var machine: Written
    /// `windows` or `linux`; default: windows.
    package var system: Written?
    /// `synthetic` or `legacy`; default: synthetic.
    package var adapter: Written?
    /// `beforeBoot` or `afterBoot`: when the port was given its virtual subnet; default:
    /// beforeBoot.
    package var virtualSubnetSet: Written?

    /// Describes a guest.
    package init(
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
  package typealias Named = Lab.Named

  /// How a machine's lookup records are written.
  package struct RecordForm: Equatable, Sendable {
    /// The machine.
    package var machine: Written
    /// `Static`, or `L2Only` for a machine whose addresses HNV has yet to learn.
    package var type: Written?
    /// `-Rule`: `Encap`, `Nat` or `None`.
    package var rule: Written?
    /// `-ProviderAddress`, where it is not the host's first; the host is given it.
    package var providerAddress: Written?
    /// `-UseVmMACAddress`.
    package var usesVMMACAddress: Bool

    /// Says how a machine's records are written.
    package init(
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
  package struct ProviderAddress: Equatable, Sendable {
    /// The host that has it.
    package var host: Written
    /// `-ProviderAddress`.
    package var providerAddress: Written
    /// `-PrefixLength`; default: that of the underlay network with the address.
    package var prefixLength: UInt64?
    /// `-VlanID`, 0 for untagged; default: that of the underlay network with the address.
    package var vlanID: UInt64?
    /// `-MACAddress`; default: that of the host's adapter.
    package var macAddress: Written?

    /// Declares a provider address.
    package init(
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
  package struct ProviderRoute: Equatable, Sendable {
    /// The host that has it.
    package var host: Written
    /// `-DestinationPrefix`.
    package var to: Written
    /// `-NextHop`; default: on-link.
    package var via: Written?
    /// `-Metric`; default: 0.
    package var metric: UInt64?

    /// Declares a provider route.
    package init(host: Written, to: Written, via: Written? = nil, metric: UInt64? = nil) {
      self.host = host
      self.to = to
      self.via = via
      self.metric = metric
    }
  }

  /// How one host deviates.
  package struct Deviation: Equatable, Sendable {
    /// The host.
    package var host: Written
    /// The customer addresses whose records it has not received.
    package var withholdRecords: [Written]
    /// The prefixes whose routes it has not received.
    package var withholdRoutes: [Written]
    /// Records that it holds beside the derived ones.
    package var addRecords: [Record]
    /// Routes that it holds beside the derived ones.
    package var addRoutes: [Route]

    /// Declares a deviation.
    package init(
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
  package struct Record: Equatable, Sendable {
    /// `-CustomerAddress`.
    package var customerAddress: Written
    /// The subnet by name, for `-VirtualSubnetID`.
    package var subnet: Written
    /// `-MACAddress`.
    package var macAddress: Written
    /// `-ProviderAddress`.
    package var providerAddress: Written
    /// `-Rule`: `Encap`, `Nat` or `None`; default: Encap.
    package var rule: Written?
    /// `-Type`: `Static`, `Dynamic`, `GatewayWildcard` or `L2Only`; default: Static.
    package var type: Written?

    /// Declares a record.
    package init(
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
  package struct Route: Equatable, Sendable {
    /// The subnet by name, for `-VirtualSubnetID`: that of the next hop.
    package var subnet: Written
    /// `-DestinationPrefix`.
    package var destinationPrefix: Written
    /// `-NextHop`; default: on-link.
    package var nextHop: Written?
    /// `-Metric`; default: 0.
    package var metric: UInt64?

    /// Declares a route.
    package init(
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
  package init() {
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
