/// The distributed router as one hypervisor runs it: the shared tables, and what is the host's own.
///
/// It is a pure function of the policy, the host's state, the time and the frame: called twice it
/// answers the same, and it changes nothing. Whoever forwards applies the answer. To copy one, or
/// to give a host other shared tables, costs two references.
public struct HostRouter: Sendable {
  /// The compiled records and routes.
  public let router: DistributedRouter

  let local: HostTables

  /// Joins a host's own policy to the router compiled from its records and routes.
  public init(name: String, policy: HostPolicy, router: DistributedRouter) {
    self.router = router
    local = HostTables(name, policy, router)
  }

  /// The same host with the router of other records, whose virtual subnets are the same.
  init(_ other: HostRouter, router: DistributedRouter) {
    self.router = router
    local = other.local
  }

  /// The host's name.
  public var name: String { local.name }

  /// The ports of the host, in declared order; a decision names them by index.
  public var ports: [VMPort] { local.ports.ports }

  /// The host's provider addresses.
  public var providerAddresses: [ProviderAddress] { local.providerAddresses }

  /// The largest packet that the host's physical adapter sends, in bytes.
  package var underlayMTU: Int { local.underlayMTU }

  /// The access lists of a port.
  public func filter(at port: Int) -> PortFilter { PortFilter(local.ports, port) }

  /// The virtual subnet of a port, where routes name it.
  @inline(__always)
  func subnet(ofPort port: Int) -> SubnetEntry? {
    let place = local.ports.subnet(of: port)
    return place < 0 ? nil : router.subnetEntries[place]
  }

  /// The index of the port with a MAC address in a virtual subnet; `nil` when it is not here.
  @inline(__always)
  public func port(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    let slot = local.directory.slot(for: mac, in: subnet)
    return slot.isNone ? nil : slot.port
  }

  /// The ports of a virtual subnet on this host, in declared order.
  ///
  /// - Complexity: O(log *n*) for *n* ports of the host, and linear in those of the virtual subnet.
  public func ports(in subnet: VirtualSubnetID) -> [Int] { local.ports(in: subnet) }

  /// Whether a provider address is assigned to this host.
  @inline(__always)
  package func owns(_ provider: IPAddress) -> Bool {
    providerAddresses.contains { $0.address == provider }
  }
}
