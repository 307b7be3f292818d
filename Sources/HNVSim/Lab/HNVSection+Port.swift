extension HNVSection {
  /// The port of an adapter, in the cmdlets' words.
  public struct Port: Hashable, Sendable {
    /// The machine.
    public var machine: Written
    /// Its adapter, counted from 0; default: the first.
    public var interface: UInt64?
    /// Entries of Add-VMNetworkAdapterAcl.
    public var basicRules: [BasicRule]
    /// Rules of Add-VMNetworkAdapterExtendedAcl.
    public var extendedRules: [ExtendedRule]
    /// `-MacAddressSpoofing`: `On` or `Off`; default: Off.
    public var macAddressSpoofing: Written?
    /// `-DhcpGuard`, likewise.
    public var dhcpGuard: Written?
    /// `-RouterGuard`, likewise.
    public var routerGuard: Written?

    /// Declares what a port has.
    public init(
      machine: Written, interface: UInt64? = nil, basicRules: [BasicRule] = [],
      extendedRules: [ExtendedRule] = [], macAddressSpoofing: Written? = nil,
      dhcpGuard: Written? = nil, routerGuard: Written? = nil
    ) {
      self.machine = machine
      self.interface = interface
      self.basicRules = basicRules
      self.extendedRules = extendedRules
      self.macAddressSpoofing = macAddressSpoofing
      self.dhcpGuard = dhcpGuard
      self.routerGuard = routerGuard
    }
  }

  /// An entry of a basic access list; it has one of the four addresses.
  public struct BasicRule: Hashable, Sendable {
    /// `-Action`: `Allow`, `Deny` or `Meter`.
    public var action: Written
    /// `-Direction`: `Inbound`, `Outbound` or `Both`.
    public var direction: Written
    /// `-LocalIPAddress`: an address, a prefix or `ANY`.
    public var localIPAddress: Written?
    /// `-RemoteIPAddress`, likewise.
    public var remoteIPAddress: Written?
    /// `-LocalMacAddress`: a MAC address or `ANY`.
    public var localMacAddress: Written?
    /// `-RemoteMacAddress`, likewise.
    public var remoteMacAddress: Written?

    /// Declares an entry.
    public init(
      action: Written, direction: Written, localIPAddress: Written? = nil,
      remoteIPAddress: Written? = nil, localMacAddress: Written? = nil,
      remoteMacAddress: Written? = nil
    ) {
      self.action = action
      self.direction = direction
      self.localIPAddress = localIPAddress
      self.remoteIPAddress = remoteIPAddress
      self.localMacAddress = localMacAddress
      self.remoteMacAddress = remoteMacAddress
    }
  }

  /// A rule of an extended access list; what is left out, or `ANY`, matches anything.
  public struct ExtendedRule: Hashable, Sendable {
    /// `-Action`: `Allow` or `Deny`.
    public var action: Written
    /// `-Direction`: `Inbound` or `Outbound`.
    public var direction: Written
    /// `-LocalIPAddress`: an address or a prefix.
    public var localIPAddress: Written?
    /// `-RemoteIPAddress`, likewise.
    public var remoteIPAddress: Written?
    /// `-LocalPort`: `80` or `1024-65535`.
    public var localPort: Written?
    /// `-RemotePort`, likewise.
    public var remotePort: Written?
    /// `-Protocol`: `TCP`, `UDP`, `ICMP` or a number.
    public var ipProtocol: Written?
    /// `-Weight`: the highest comes first.
    public var weight: UInt64
    /// `-Stateful`.
    public var isStateful: Bool
    /// `-IdleSessionTimeout`, in seconds; default: 255.
    public var idleSessionTimeout: UInt64?
    /// `-IsolationID`: the only VSID whose ports the rule is for; 0, or left out, for any.
    public var isolationID: Written?

    /// Declares a rule.
    public init(
      action: Written, direction: Written, localIPAddress: Written? = nil,
      remoteIPAddress: Written? = nil, localPort: Written? = nil, remotePort: Written? = nil,
      ipProtocol: Written? = nil, weight: UInt64, isStateful: Bool = false,
      idleSessionTimeout: UInt64? = nil, isolationID: Written? = nil
    ) {
      self.action = action
      self.direction = direction
      self.localIPAddress = localIPAddress
      self.remoteIPAddress = remoteIPAddress
      self.localPort = localPort
      self.remotePort = remotePort
      self.ipProtocol = ipProtocol
      self.weight = weight
      self.isStateful = isStateful
      self.idleSessionTimeout = idleSessionTimeout
      self.isolationID = isolationID
    }
  }
}
