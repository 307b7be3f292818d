/// A rule on a VM port, in the words of Add-VMNetworkAdapterExtendedAcl.
///
/// Rules see customer frames, once at the sender's port (outbound) and once at the receiver's
/// (inbound), whatever subnets the two are in. The highest weight comes first and the first match
/// ends the search; where none matches the packet passes, for Microsoft's examples always add an
/// explicit deny of low weight.
public struct AccessRule: Hashable, Sendable {
  /// A name to report; the cmdlets have none.
  public var name: String

  /// `-Action`.
  public var action: Action

  /// `-Direction`, from the VM's point of view.
  public var direction: Direction

  /// `-LocalIPAddress`: the VM's side; `nil` for ANY.
  public var localPrefix: IPPrefix?

  /// `-RemoteIPAddress`: the peer's side; `nil` for ANY.
  public var remotePrefix: IPPrefix?

  /// `-Protocol`; `nil` for ANY.
  public var ipProtocol: IPProtocol?

  /// `-LocalPort`; `nil` for ANY.
  public var localPorts: ClosedRange<UInt16>?

  /// `-RemotePort`; `nil` for ANY.
  public var remotePorts: ClosedRange<UInt16>?

  /// `-Weight`: the highest comes first; one rule a weight and direction on a port.
  public var weight: UInt16

  /// `-Stateful`: whether a match opens the way for the whole flow, in both directions.
  ///
  /// Stateful rules only ever allow ("Create Security Policies with Extended Port Access Control
  /// Lists").
  public var isStateful: Bool

  /// `-IdleSessionTimeout`: after so many seconds without a packet in either direction the state
  /// that a match made is gone; default: 255 (Msvm_EthernetSwitchPortExtendedAclSettingData).
  public var idleSessionTimeout: UInt16

  /// `-IsolationID`: the only virtual subnet whose ports the rule is for; `nil` for 0, any.
  public var isolationID: VirtualSubnetID?

  /// What a rule does with a packet that it matches.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// The packet passes.
    case allow
    /// The packet is dropped.
    case deny
  }

  /// Which packets of its VM a rule looks at.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// Those that the VM receives.
    case inbound
    /// Those that the VM sends.
    case outbound
  }

  /// Creates a rule; what is left out matches anything.
  public init(
    name: String, action: Action, direction: Direction, localPrefix: IPPrefix? = nil,
    remotePrefix: IPPrefix? = nil, ipProtocol: IPProtocol? = nil,
    localPorts: ClosedRange<UInt16>? = nil, remotePorts: ClosedRange<UInt16>? = nil,
    weight: UInt16, isStateful: Bool = false, idleSessionTimeout: UInt16 = 255,
    isolationID: VirtualSubnetID? = nil
  ) {
    self.name = name
    self.action = action
    self.direction = direction
    self.localPrefix = localPrefix
    self.remotePrefix = remotePrefix
    self.ipProtocol = ipProtocol
    self.localPorts = localPorts
    self.remotePorts = remotePorts
    self.weight = weight
    self.isStateful = isStateful
    self.idleSessionTimeout = idleSessionTimeout
    self.isolationID = isolationID
  }

  /// Whether the rule applies to a packet that travels in its direction.
  ///
  /// A rule that names ports does not match later fragments, which have none.
  public func matches(_ packet: IPPacket) -> Bool { matches(FlowKey(packet)) }

  /// Whether the rule applies to an IP packet of a table that travels in its direction.
  package func matches(_ packet: Packet) -> Bool { packet.isIP && matches(packet.key) }

  func matches(_ packet: FlowKey) -> Bool {
    let ports = packet.ports
    let isOutbound = direction == .outbound
    let (local, remote) =
      isOutbound ? (packet.source, packet.destination) : (packet.destination, packet.source)
    let localPort = isOutbound ? ports?.source : ports?.destination
    let remotePort = isOutbound ? ports?.destination : ports?.source
    return localPrefix.map { $0.contains(local) } ?? true
      && remotePrefix.map { $0.contains(remote) } ?? true
      && ipProtocol.map { $0.covers(packet.ipProtocol) } ?? true
      && Self.covers(localPorts, localPort) && Self.covers(remotePorts, remotePort)
  }

  /// Whether the rule is for a port with this virtual subnet.
  func concerns(_ port: VMPort) -> Bool {
    isolationID.map { $0 == port.virtualSubnetID } ?? true
  }

  private static func covers(_ range: ClosedRange<UInt16>?, _ port: UInt16?) -> Bool {
    guard let range else { return true }
    guard let port else { return false }
    return range.contains(port)
  }
}

extension IPProtocol {
  /// Whether a rule for this protocol means the other one: ICMP stands for that of both families,
  /// since the cmdlets' `-Protocol ICMP` names no family.
  func covers(_ other: IPProtocol) -> Bool {
    self == other || (self == .icmp && other == .icmpv6)
  }
}

/// An entry of a VM port's basic list, in the words of Add-VMNetworkAdapterAcl.
///
/// An entry looks at one address of a frame. Among the IP entries of a direction the longest prefix
/// decides; of MAC entries the one that names an address comes before the one that names them all.
/// The sources say no more. Here, of entries that are equally exact, one that denies comes first,
/// and a frame passes only where neither the MAC entries nor the IP entries deny it. Where none
/// matches the frame passes, for a new adapter has no entries.
public struct BasicAccessRule: Hashable, Sendable {
  /// `-Action`.
  public var action: Action

  /// `-Direction`, from the VM's point of view; the cmdlet's Both makes two entries.
  public var direction: AccessRule.Direction

  /// Whose address the entry looks at.
  public var side: Side

  /// The addresses that it matches.
  public var addresses: Addresses

  /// What an entry does with a frame that it matches.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// The frame passes.
    case allow
    /// The frame is dropped.
    case deny
    /// The frame is counted; others decide about it.
    case meter
  }

  /// The `Local…` and the `Remote…` parameters of the cmdlet.
  public enum Side: String, Hashable, Sendable, CaseIterable {
    /// The VM's own: the source of what it sends, the destination of what it receives.
    case local
    /// The peer's.
    case remote
  }

  /// The values of the cmdlet's `-…IPAddress` and `-…MacAddress`.
  public enum Addresses: Hashable, Sendable {
    /// A host or a prefix, 0.0.0.0/0 and ::/0 included.
    case ip(IPPrefix)
    /// ANY: all IP addresses of both families.
    case anyIP
    /// One MAC address.
    case mac(MACAddress)
    /// ANY: all MAC addresses.
    case anyMAC
  }

  /// Creates an entry of one direction.
  public init(
    _ action: Action, _ direction: AccessRule.Direction, _ side: Side, _ addresses: Addresses
  ) {
    self.action = action
    self.direction = direction
    self.side = side
    self.addresses = addresses
  }

  /// The two entries that `-Direction Both` makes: inbound, then outbound.
  public static func both(
    _ action: Action, _ side: Side, _ addresses: Addresses
  ) -> [BasicAccessRule] {
    [
      BasicAccessRule(action, .inbound, side, addresses),
      BasicAccessRule(action, .outbound, side, addresses),
    ]
  }

  /// Whether the entry applies to a frame that travels in its direction.
  ///
  /// IP entries see the addresses of IP packets, and the sender's and target's of ARP.
  public func matches(_ frame: EthernetFrame) -> Bool { matches(FlowKey(frame)) }

  func matches(_ key: FlowKey) -> Bool {
    let seesSource = (direction == .outbound) == (side == .local)
    switch addresses {
    case .anyMAC: return true
    case .mac(let address): return address == (seesSource ? key.sourceMAC : key.destinationMAC)
    case .anyIP: return key.hasAddresses
    case .ip(let prefix):
      guard key.hasAddresses else { return false }
      return prefix.contains(seesSource ? key.source : key.destination)
    }
  }
}

extension BasicAccessRule.Addresses {
  /// Whether these are MAC addresses.
  var areMAC: Bool {
    switch self {
    case .mac, .anyMAC: true
    case .ip, .anyIP: false
    }
  }

  /// How many bits they fix: of two that match, the one that fixes more is the more exact.
  var length: Int {
    switch self {
    case .ip(let prefix): prefix.length
    case .mac: 48
    case .anyIP, .anyMAC: 0
    }
  }
}
