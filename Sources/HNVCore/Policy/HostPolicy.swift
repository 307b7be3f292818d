/// What one hypervisor has been told: NetWNV state belongs to a host, not to the network.
///
/// A management plane usually gives all hosts the same records and routes. That they may differ
/// all the same is what this library is for: undelivered policy is how real deployments fail.
public struct HostPolicy: Hashable, Sendable {
  /// Records and routes: what hosts have in common when all goes well.
  public var forwarding: ForwardingPolicy

  /// The host's own transport addresses.
  public var providerAddresses: [ProviderAddress]

  /// The host's routes on the underlay.
  public var providerRoutes: [ProviderRoute]

  /// The ports of the VMs that run here.
  public var ports: [VMPort]

  /// The largest packet that the host's physical adapter sends, in bytes.
  public var underlayMTU: Int

  /// Gathers a host's policy.
  public init(
    forwarding: ForwardingPolicy = ForwardingPolicy(), providerAddresses: [ProviderAddress] = [],
    providerRoutes: [ProviderRoute] = [], ports: [VMPort] = [], underlayMTU: Int = 1500
  ) {
    self.forwarding = forwarding
    self.providerAddresses = providerAddresses
    self.providerRoutes = providerRoutes
    self.ports = ports
    self.underlayMTU = underlayMTU
  }
}

/// The lookup records and customer routes of a host, in the order in which they were written.
///
/// Two hosts that were given one value share its storage, its check and its compiled table.
public struct ForwardingPolicy: Hashable, Sendable {
  /// The host's lookup records.
  public var lookupRecords: RecordList

  /// The host's customer routes.
  public var customerRoutes: [CustomerRoute]

  /// Gathers records and routes.
  public init(lookupRecords: RecordList = [], customerRoutes: [CustomerRoute] = []) {
    self.lookupRecords = lookupRecords
    self.customerRoutes = customerRoutes
  }

  /// The virtual subnets that the customer routes name, by number.
  ///
  /// A number that two routing domains claim belongs to the one whose route stands first; the
  /// check reports it.
  ///
  /// - Complexity: O(*r* log *r*) for *r* routes.
  public var virtualSubnets: [VirtualSubnet] { VirtualSubnet.named(by: customerRoutes) }
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
