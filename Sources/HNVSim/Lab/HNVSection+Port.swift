extension HNVSection {
  /// The port of an adapter, in the cmdlets' words.
  package struct Port: Equatable, Sendable {
    /// The machine.
    package var machine: Written
    /// Its adapter, counted from 0; default: the first.
    package var interface: UInt64?
    /// Entries of Add-VMNetworkAdapterAcl.
    package var basicRules: [BasicRule]
    /// Rules of Add-VMNetworkAdapterExtendedAcl.
    package var extendedRules: [ExtendedRule]
    /// `-MacAddressSpoofing`: `On` or `Off`; default: Off.
    package var macAddressSpoofing: Written?
    /// `-DhcpGuard`, likewise.
    package var dhcpGuard: Written?
    /// `-RouterGuard`, likewise.
    package var routerGuard: Written?

    /// Declares what a port has.
    package init(
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
  package struct BasicRule: Equatable, Sendable {
    /// `-Action`: `Allow`, `Deny` or `Meter`.
    package var action: Written
    /// `-Direction`: `Inbound`, `Outbound` or `Both`.
    package var direction: Written
    /// `-LocalIPAddress`: an address, a prefix or `ANY`.
    package var localIPAddress: Written?
    /// `-RemoteIPAddress`, likewise.
    package var remoteIPAddress: Written?
    /// `-LocalMacAddress`: a MAC address or `ANY`.
    package var localMacAddress: Written?
    /// `-RemoteMacAddress`, likewise.
    package var remoteMacAddress: Written?

    /// Declares an entry.
    package init(
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
  package struct ExtendedRule: Equatable, Sendable {
    /// `-Action`: `Allow` or `Deny`.
    package var action: Written
    /// `-Direction`: `Inbound` or `Outbound`.
    package var direction: Written
    /// `-LocalIPAddress`: an address or a prefix.
    package var localIPAddress: Written?
    /// `-RemoteIPAddress`, likewise.
    package var remoteIPAddress: Written?
    /// `-LocalPort`: `80` or `1024-65535`.
    package var localPort: Written?
    /// `-RemotePort`, likewise.
    package var remotePort: Written?
    /// `-Protocol`: `TCP`, `UDP`, `ICMP` or a number.
    package var ipProtocol: Written?
    /// `-Weight`: the highest comes first.
    package var weight: UInt64
    /// `-Stateful`.
    package var isStateful: Bool
    /// `-IdleSessionTimeout`, in seconds; default: 255.
    package var idleSessionTimeout: UInt64?
    /// `-IsolationID`: the only VSID whose ports the rule is for; 0, or left out, for any.
    package var isolationID: Written?

    /// Declares a rule.
    package init(
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
