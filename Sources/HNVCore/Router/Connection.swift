/// What identifies a flow at one port: the 5-tuple, as seen from the VM.
///
/// Both directions of a flow have one key. The port is named by what a host finds it by, not by
/// its place among the host's ports, which changes when a machine moves.
public struct ConnectionKey: Hashable, Sendable {
  /// The MAC address of the port's adapter.
  public let macAddress: MACAddress

  /// The port's virtual subnet.
  public let virtualSubnetID: VirtualSubnetID?

  /// The protocol of the flow.
  public let ipProtocol: IPProtocol

  /// The VM's address.
  public let local: IPAddress

  /// The peer's address.
  public let remote: IPAddress

  /// The VM's port; the identifier of an ICMP echo; 0 for a protocol without either.
  public let localPort: UInt16

  /// The peer's port; the identifier of an ICMP echo; 0 for a protocol without either.
  public let remotePort: UInt16

  /// The flow of a packet that passes a port.
  ///
  /// `nil` for what belongs to no flow: a later fragment, and ICMP messages other than echo. An
  /// ICMP error is thus no answer that a stateful rule lets through: the sources speak of the
  /// 5-tuple alone.
  public init?(_ packet: IPPacket, _ direction: AccessRule.Direction, at port: VMPort) {
    self.init(FlowKey(packet), direction, at: port)
  }

  init?(_ key: FlowKey, _ direction: AccessRule.Direction, at port: VMPort) {
    guard let ports = key.flowPorts else { return nil }
    let isOutbound = direction == .outbound
    macAddress = port.macAddress
    virtualSubnetID = port.virtualSubnetID
    ipProtocol = key.ipProtocol
    local = isOutbound ? key.source : key.destination
    remote = isOutbound ? key.destination : key.source
    localPort = isOutbound ? ports.source : ports.destination
    remotePort = isOutbound ? ports.destination : ports.source
  }
}

/// The state that a stateful access rule makes of a flow, or that a packet of the flow renews.
public struct Connection: Hashable, Sendable {
  /// The flow.
  public let key: ConnectionKey

  /// The seconds after which the state is gone if no packet passes in either direction.
  public let idleSessionTimeout: UInt16

  /// Describes the state of a flow.
  public init(_ key: ConnectionKey, idleSessionTimeout: UInt16) {
    self.key = key
    self.idleSessionTimeout = idleSessionTimeout
  }
}
