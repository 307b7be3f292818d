/// Where a route leads: to the destination itself, or by way of another address.
public enum NextHop: Hashable, Sendable, CustomStringConvertible {
  /// The destination is itself the next hop; the cmdlets write 0.0.0.0 or ::.
  case onLink
  /// Packets go to this address, which forwards them.
  case via(IPAddress)

  /// `on-link`, or the address.
  public var description: String {
    switch self {
    case .onLink: "on-link"
    case .via(let address): "\(address)"
    }
  }
}

/// A NetVirtualizationCustomerRoute: a prefix route in the table of a routing domain.
public struct CustomerRoute: Hashable, Sendable {
  /// `-RoutingDomainID`: the table it stands in.
  public var routingDomainID: RoutingDomainID

  /// `-VirtualSubnetID`: the virtual subnet that holds the destination (on-link) or the next hop,
  /// not that of the sender (inferred from Microsoft's gateway samples, which list a default route
  /// only under the gateway's subnet).
  public var virtualSubnetID: VirtualSubnetID

  /// `-DestinationPrefix`.
  public var destinationPrefix: IPPrefix

  /// `-NextHop`.
  public var nextHop: NextHop

  /// `-Metric`: the lowest is used among routes of one prefix.
  public var metric: UInt32

  /// Creates a route.
  ///
  /// Samples give metric 255 or none at all; its default is undocumented.
  public init(
    routingDomainID: RoutingDomainID, virtualSubnetID: VirtualSubnetID,
    destinationPrefix: IPPrefix, nextHop: NextHop, metric: UInt32 = 0
  ) {
    self.routingDomainID = routingDomainID
    self.virtualSubnetID = virtualSubnetID
    self.destinationPrefix = destinationPrefix
    self.nextHop = nextHop
    self.metric = metric
  }

  /// What identifies a route: everything but its metric, which alone can be set afterwards.
  public struct Key: Hashable, Sendable {
    /// The route's routing domain.
    public let routingDomainID: RoutingDomainID
    /// The route's virtual subnet.
    public let virtualSubnetID: VirtualSubnetID
    /// The route's prefix.
    public let destinationPrefix: IPPrefix
    /// The route's next hop.
    public let nextHop: NextHop

    /// Names the route that has these four.
    public init(
      routingDomainID: RoutingDomainID, virtualSubnetID: VirtualSubnetID,
      destinationPrefix: IPPrefix, nextHop: NextHop
    ) {
      self.routingDomainID = routingDomainID
      self.virtualSubnetID = virtualSubnetID
      self.destinationPrefix = destinationPrefix
      self.nextHop = nextHop
    }
  }

  /// What identifies the route on its host.
  public var key: Key {
    Key(
      routingDomainID: routingDomainID, virtualSubnetID: virtualSubnetID,
      destinationPrefix: destinationPrefix, nextHop: nextHop)
  }
}

/// A virtual subnet, as a host knows it: NetWNV has no object for it, its on-link routes say all.
public struct VirtualSubnet: Hashable, Sendable {
  /// Its number.
  public let identifier: VirtualSubnetID

  /// The routing domain it belongs to.
  public let routingDomainID: RoutingDomainID

  /// Its prefixes, one a family, IPv4 first; empty when no on-link route names the subnet.
  public internal(set) var prefixes: [IPPrefix]

  /// The gateway's address in each prefix, reserved for HNV.
  package var gatewayAddresses: [IPAddress] { prefixes.gatewayAddresses }

  /// Whether the address is a gateway address of the subnet.
  func reserves(_ address: IPAddress) -> Bool {
    prefixes.contains { $0.gatewayAddress == address }
  }

  /// Whether one of its prefixes holds the address.
  public func contains(_ address: IPAddress) -> Bool {
    prefixes.contains { $0.contains(address) }
  }
}

extension VirtualSubnet {
  /// The virtual subnets that routes name, by number.
  static func named(by routes: some Sequence<CustomerRoute>) -> [VirtualSubnet] {
    var subnets: [VirtualSubnetID: VirtualSubnet] = [:]
    for route in routes {
      // Taken out of the dictionary, so that its prefixes grow in place.
      var subnet =
        subnets.removeValue(forKey: route.virtualSubnetID)
        ?? VirtualSubnet(
          identifier: route.virtualSubnetID, routingDomainID: route.routingDomainID, prefixes: [])
      if route.nextHop == .onLink, subnet.routingDomainID == route.routingDomainID {
        subnet.prefixes.append(route.destinationPrefix)
      }
      subnets[route.virtualSubnetID] = subnet
    }
    var sorted = subnets.values.sorted { $0.identifier < $1.identifier }
    for index in sorted.indices { sorted[index].prefixes = Set(sorted[index].prefixes).sorted() }
    return sorted
  }
}
