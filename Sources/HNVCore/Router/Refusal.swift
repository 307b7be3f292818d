/// Why a host drops a frame.
public enum Refusal: Error, Hashable, Sendable {
  /// No customer route on this host names the port's virtual subnet.
  case unknownVirtualSubnet(VirtualSubnetID)
  /// The frame's source MAC is not the adapter's, and its port does not allow that.
  case spoofedMAC(MACAddress, port: Int)
  /// The sender's port drops what only a DHCP server or a router says.
  case guarded(PortGuard, port: Int)
  /// An access rule of the port denies the packet.
  case denied(AccessRule.Direction, port: Int, PortFilter.Entry)
  /// No record matches the sender's address and MAC address.
  case invalidSource(IPAddress, MACAddress, VirtualSubnetID)
  /// The frame carries neither IP nor ARP.
  case notIP(etherType: UInt16)
  /// The frame bears an 802.1Q tag inside its tunnel.
  case taggedInside(VLANTag)
  /// A machine presents itself as a router, which HNV lets nobody do.
  case routerAdvertisement
  /// The frame is for a group that has no other member within reach.
  case noReceivers(MACAddress, VirtualSubnetID)
  /// No entry of the routing domain's table covers the destination.
  case noRoute(IPAddress, RoutingDomainID)
  /// No record resolves the address, which `route` led to.
  case noRecord(IPAddress, VirtualSubnetID, route: Int)
  /// The record says that packets are not translated, and the setting carries none such.
  case untranslated(record: Int)
  /// The record asks for a translation between two address families.
  case familiesDiffer(record: Int)
  /// The destination is a gateway address, at which nothing listens.
  case gatewayAddress(IPAddress)
  /// Within a subnet the frame is addressed to a MAC that is not the record's.
  case foreignMAC(sent: MACAddress, record: Int)
  /// The packet's TTL does not suffice for a change of subnet.
  case timeToLiveExceeded(IPAddress)
  /// The packet and its tunnel do not fit the host's physical adapter, and the setting has the host
  /// say so.
  case packetTooBig(byteCount: Int, room: Int)
  /// The record says "this host", and no port here has its MAC and virtual subnet.
  case noPort(MACAddress, VirtualSubnetID)
  /// The machine has left this host, whose record says where it is now.
  case moved(MACAddress, VirtualSubnetID, to: IPAddress)
  /// A tunnel packet's customer source is unknown to the receiver.
  case unknownSource(IPAddress, VirtualSubnetID, from: IPAddress)
  /// A packet came to a provider address without a tunnel, and no record translates it.
  case untranslatable(IPAddress)
  /// The sender's record names a provider address that this host does not have.
  case foreignProviderAddress(IPAddress)
  /// A tunnel packet came to a provider address that this host does not have.
  case notOurProviderAddress(IPAddress)
  /// A tunnel packet came for a MAC that this host has no record of.
  case noRecordAtReceiver(MACAddress, VirtualSubnetID)
  /// Nothing answers for the address that ARP or ND asks for.
  case neighborUnknown(IPAddress, VirtualSubnetID)
}
