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
    guard route.nextHop == .onLink, let address = route.destinationPrefix.lowestUsable
    else { return nil }
    self.init(address, in: route.virtualSubnetID)
  }

  /// The next hop of a route; `nil` for one that is on-link.
  init?(nextHopOf route: CustomerRoute) {
    guard case .via(let address) = route.nextHop else { return nil }
    self.init(address, in: route.virtualSubnetID)
  }
}
