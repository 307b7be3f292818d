/// What a host does with a frame.
///
/// Small and flat: taking a decision allocates nothing.
public enum Decision: Hashable, Sendable {
  /// Hand the frame, rewritten, to a port of this host.
  case deliver(port: Int, Rewrite)
  /// Send the frame, rewritten, to another host.
  case encapsulate(Tunnel, Rewrite)
  /// Answer the ARP request or neighbour solicitation on the target's behalf.
  case answer(NeighborAnswer)
  /// The port has no virtual subnet: HNV leaves the frame to the switch.
  case bypass
  /// Drop the frame.
  case refuse(Refusal)
}

/// How a frame changes on its way.
public struct Rewrite: Hashable, Sendable {
  /// The destination MAC to deliver to.
  public var destinationMAC: MACAddress

  /// The source MAC to deliver from.
  public var sourceMAC: MACAddress

  /// What the packet's time to live loses: 1 between subnets, 0 within one.
  public var timeToLiveCost: UInt8

  /// The frame with the rewrite applied.
  public func applied(to frame: EthernetFrame) -> EthernetFrame {
    var frame = frame
    frame.destination = destinationMAC
    frame.source = sourceMAC
    if timeToLiveCost > 0, case .ip(var packet) = frame.payload {
      packet.timeToLive -= min(packet.timeToLive, timeToLiveCost)
      frame.payload = .ip(packet)
    }
    return frame
  }

  /// A rewrite that changes nothing of a frame.
  static func none(_ frame: EthernetFrame) -> Rewrite {
    Rewrite(
      destinationMAC: frame.destination, sourceMAC: frame.source, timeToLiveCost: 0)
  }
}

/// The way to another host.
public struct Tunnel: Hashable, Sendable {
  /// The destination's virtual subnet: what the packet bears on the wire.
  public var virtualSubnetID: VirtualSubnetID

  /// The sending host's provider address, from the sender's own record.
  public var source: IPAddress

  /// The receiving host's provider address, from the destination's record.
  public var destination: IPAddress

  /// How the frame is carried.
  public var encapsulation: Encapsulation
}

/// An answer to an ARP request or a neighbour solicitation, given by the host itself.
public struct NeighborAnswer: Hashable, Sendable {
  /// The address that was asked for.
  public var target: IPAddress

  /// The MAC address that the record gives for it: the target's own, never the host's.
  public var macAddress: MACAddress

  /// Answers for an address.
  public init(target: IPAddress, macAddress: MACAddress) {
    self.target = target
    self.macAddress = macAddress
  }
}

/// Why a host drops a frame.
public enum Refusal: Error, Hashable, Sendable {
  /// No customer route on this host names the port's virtual subnet.
  case unknownVirtualSubnet(VirtualSubnetID)
  /// The frame's source MAC is not the adapter's, and its port does not allow that.
  case spoofedMAC(MACAddress, port: Int)
  /// The sender's port drops what only a DHCP server or a router says.
  case guarded(PortGuard, port: Int)
  /// An access rule of the port denies the packet.
  case denied(AccessRule.Direction, port: Int, PortFilter.Ground)
  /// No record matches the sender's address and MAC address.
  case invalidSource(IPAddress, MACAddress, VirtualSubnetID)
  /// The frame carries neither IP nor ARP.
  case notIP(etherType: UInt16)
  /// The destination is a group, which this library does not yet carry.
  case groupDestination(IPAddress)
  /// No entry of the routing domain's table covers the destination.
  case noRoute(IPAddress, RoutingDomainID)
  /// No record resolves the address, which `route` led to.
  case noRecord(IPAddress, VirtualSubnetID, route: Int)
  /// The record asks for a translation that this library does not carry out.
  case unsupportedRule(record: Int)
  /// The destination is a gateway address, at which nothing listens.
  case gatewayAddress(IPAddress)
  /// Within a subnet the frame is addressed to a MAC that is not the record's.
  case foreignMAC(sent: MACAddress, record: Int)
  /// The packet's time to live does not suffice for a change of subnet.
  case timeToLiveExceeded(IPAddress)
  /// The record says "this host", and no port here has its MAC and virtual subnet.
  case noPort(MACAddress, VirtualSubnetID)
  /// The sender's record names a provider address that this host does not have.
  case foreignProviderAddress(IPAddress)
  /// A tunnel packet came to a provider address that this host does not have.
  case notOurProviderAddress(IPAddress)
  /// A tunnel packet came for a MAC that this host has no record of.
  case noRecordAtReceiver(MACAddress, VirtualSubnetID)
  /// Nothing answers for the address that ARP or ND asks for.
  case neighborUnknown(IPAddress, VirtualSubnetID)
}
